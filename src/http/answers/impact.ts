/** What does the answer about the impact of a proposal look like? */
import { z } from 'zod';
import { Activity } from '../../../events/provision.ts';
import { DeterminationAnswer } from '../../../projections/determination/answer.ts';

const Short = DeterminationAnswer.pick({
  outcome: true,
  between: true,
  reviewPolicy: true,
  instruments: true,
});
const Channel = z.enum(['rented', 'purchased', 'held']);

const Touched = z.strictObject({
  deal: z.string(),
  channel: Channel,
  stage: z.string(),
  status: z.enum(['asserted', 'denied', 'corrected', 'retracted', 'disputed']),
  party: z.string(),
  chip: z.string(),
  activity: Activity,
  destination: z.string(),
  provisions: z.array(
    z.strictObject({
      key: z.string(),
      applies: z.union([z.literal(true), z.literal('unknown')]),
      text: z.string(),
    }),
  ),
  duties: z.array(
    z.strictObject({
      key: z.string(),
      reaches: z.union([z.literal(true), z.literal('unknown')]),
      text: z.string(),
    }),
  ),
  before: Short,
  after: Short,
  events: z.array(z.string()),
});

export const ImpactAnswer = z.strictObject({
  instrument: z.string(),
  touched: z.array(Touched),
  companies: z.array(z.string()),
  notAsked: z
    .array(
      z.strictObject({
        deal: z.string(),
        channel: Channel,
        reason: z.enum(['place-not-reported', 'chips-not-named', 'chip-not-recorded', 'sold-at-home']),
      }),
    )
    .meta({ description: 'Deals of which the record does not say enough to ask; nothing is guessed.' }),
});
