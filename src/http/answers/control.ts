/** How is a control test in force shown? */
import { z } from 'zod';
import { EventId } from '../../../events/identity.ts';
import { EnforcementAssumed } from './instrument.ts';

const Shown = z.strictObject({
  key: z.string(),
  instrument: z.string(),
  event: EventId,
  since: z.string().nullable(),
  cfr: z.array(z.string()),
  text: z.string(),
  condition: z.string().meta({ description: 'The condition in words.' }),
  when: z.looseObject({}).meta({
    description: 'The condition as a tree; its forms are those of the provisions in RestrictionIssued.',
  }),
  doubts: z.array(z.looseObject({ why: z.string() })),
  enforced: z.union([z.literal(true), z.literal('unknown')]).meta({
    description:
      'unknown: the day lies inside an imprecise date, or the record does not say whether the rule binds.',
  }),
  enforcementAssumed: EnforcementAssumed,
});

export const ControlItem = z
  .strictObject({
    eccn: z.string().nullable(),
    name: z.string().nullable().meta({ description: 'Of a test that a letter sets; then there is no ECCN.' }),
    tests: z.array(Shown),
    exclusions: z.array(Shown),
  })
  .meta({ id: 'Control' });
