/** How is a deal shown? Channel by channel: what is rented, and what is bought. */
import { z } from 'zod';
import { Amount, Standing } from '../../../events/values.ts';
import {
  Alternatives,
  Begun,
  ClaimStatus,
  Claims,
  LineAnswer,
  Parties,
  PlaceAnswer,
  Since,
} from './claims.ts';

export const Channel = z.enum(['rented', 'purchased', 'held']);
const stages = [
  'talks',
  'planned',
  'signed',
  'running',
  'ordered',
  'delivered',
  'stockpiled',
  'completed',
  'cancelled',
] as const;
export const DealStage = z.enum([...stages, 'announced', 'under-construction', 'closed']);

/** What the deals of a company share with those of the list of deals. */
export const dealFields = {
  deal: z.string().nullable(),
  cluster: z.string().nullable(),
  channel: Channel,
  status: ClaimStatus,
  standing: Standing,
  chips: z.array(LineAnswer),
  place: PlaceAnswer,
  amount: Amount.nullable(),
  paused: z.array(z.string()).meta({ description: 'What is said of each pause.' }),
  since: Since,
};
const DealChannel = z
  .strictObject({ ...dealFields, stage: DealStage, parties: Parties })
  .meta({ id: 'DealChannel' });

export const DealItem = z
  .strictObject({ id: z.string(), channels: z.array(DealChannel) })
  .meta({ id: 'DealItem' });
export const DealAnswer = z
  .strictObject({
    id: z.string(),
    state: Begun,
    channels: z.array(DealChannel.extend({ claims: Claims, alternatives: Alternatives })),
    claims: Claims,
  })
  .meta({ id: 'Deal' });
