/** How is a chip shown? */
import { z } from 'zod';
import { figureFields } from '../../../events/compute.ts';
import { EventId } from '../../../events/identity.ts';
import { SupplyReported, ChipSalesChanged } from '../../../events/compute.ts';
import { Standing } from '../../../events/values.ts';
import { Alternatives, Begun, ClaimAnswer, ClaimStatus, Claims, Since } from './claims.ts';

const figure = (value: z.ZodType) =>
  z.union([
    z.strictObject({
      value,
      standing: Standing,
      status: ClaimStatus,
      event: EventId,
      alternatives: Alternatives,
    }),
    z.strictObject({ value: z.null(), reason: z.literal('not-reported') }),
  ]);
const FigureValue = z.strictObject({ value: z.number(), basis: z.string(), note: z.string().nullable() });
const fields = Object.fromEntries(figureFields.map((field) => [field, figure(FigureValue)]));

const Figures = z.strictObject({ ...fields, marketedForDatacenter: figure(z.boolean()) }).meta({
  id: 'ChipFigures',
  description: 'The winning figure of each kind, its ground, and what others published.',
});

const head = {
  id: z.string(),
  name: z.string().nullable(),
  vendor: z.string().nullable(),
  madeForMarket: z.string().nullable(),
  released: z.string().nullable(),
  figures: Figures,
};
export const ChipItem = z.strictObject(head).meta({ id: 'ChipItem' });

const Keyed = z.record(z.string(), figure(z.unknown()).nullable());
export const ChipAnswer = z
  .strictObject({
    ...head,
    state: Begun,
    rates: Keyed.meta({ description: 'Dense rates by precision.' }),
    reportedClassification: Keyed.meta({ description: 'By ECCN, as its vendor classified it.' }),
    otherPublishedValues: z.array(
      z.strictObject({ field: z.string(), value: z.number(), why: z.string(), event: EventId }),
    ),
    sales: z.array(
      z.strictObject({
        market: z.string(),
        change: ChipSalesChanged.data.shape.change,
        by: z.string().nullable(),
        since: Since,
        claim: ClaimAnswer,
      }),
    ),
    supply: z.array(z.strictObject({ ...SupplyReported.data.shape, claim: ClaimAnswer })),
    claims: Claims,
  })
  .meta({ id: 'Chip' });
