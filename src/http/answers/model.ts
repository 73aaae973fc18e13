/** How is a model shown? */
import { z } from 'zod';
import { ImpreciseDate } from '../../../events/dates.ts';
import { TrainingClaimed } from '../../../events/models.ts';
import { Standing } from '../../../events/values.ts';
import { Alternatives, Begun, ClaimStatus, Claims, Since, Slugs } from './claims.ts';

const training = { ...TrainingClaimed.data.shape, standing: Standing, status: ClaimStatus, since: Since };
const Training = z.strictObject({ ...training, claims: Claims }).meta({ id: 'Training' });

const fields = {
  name: z.string().nullable(),
  developer: z.string().nullable(),
  releasedOn: ImpreciseDate.nullable(),
  openWeights: z.boolean().nullable(),
  parametersTotal: z.number().nullable(),
  parametersActive: z.number().nullable(),
  comparedWith: Slugs.nullable(),
  statements: z.array(z.string()).nullable(),
};
const whole = { ...fields, training: z.array(Training), claims: Claims, alternatives: Alternatives };

export const ModelItem = z
  .strictObject({ id: z.string(), state: Begun, ...fields, training: z.array(z.strictObject(training)) })
  .meta({ id: 'ModelItem' });
export const ModelAnswer = z.strictObject({ id: z.string(), state: Begun, ...whole }).meta({ id: 'Model' });
/** A model among those of a company. */
export const CompanyModel = z.strictObject({ model: z.string(), ...whole }).meta({ id: 'CompanyModel' });
