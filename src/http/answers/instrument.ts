/** How is an instrument shown? Legal status, enforcement and dates, each on its own. */
import { z } from 'zod';
import { EventId } from '../../../events/identity.ts';
import { ProvisionDate } from '../../../events/provision.ts';
import { Effectivity } from '../../../events/values.ts';
import { Alternatives, Claims, NextChange, Slugs } from './claims.ts';

export const statuses = [
  'reported',
  'proposed',
  'issued',
  'in-force',
  'suspended',
  'unknown',
  'rescinded',
  'superseded',
  'expired',
  'withdrawn',
  'vacated',
  'not-yet',
] as const;
/** The filter of the list; `none` finds what has no legal status. */
export const LegalStatus = z.enum([...statuses, 'none']).meta({
  description: 'none finds the instruments that have no legal status (legalStatus null).',
});
export const Enforcement = z.enum(['enforced', 'not-enforced', 'unknown']).nullable();

export const EnforcementAssumed = z.boolean().meta({
  description: 'No event speaks of enforcement: what is in force is taken to be enforced.',
});

const Phase = z.enum(['upcoming', 'running', 'past']);
const CitationAnswer = z.strictObject({
  fr: z.string().nullable(),
  frDoc: z.string().nullable(),
  rin: z.string().nullable(),
  docket: z.string().nullable(),
  cfr: z.array(z.string()),
  publicLaw: z.string().nullable(),
  other: z.string().nullable(),
});
const Suspension = z.strictObject({
  from: z.string().nullable(),
  until: z.string().nullable(),
  by: z.string().nullable(),
  provisions: z.array(z.string()).nullable().meta({ description: 'null: the whole instrument stops.' }),
  phase: Phase,
  counts: z.union([z.boolean(), z.literal('unknown')]),
  event: EventId,
});
const billStep = {
  bill: z.string(),
  congress: z.unknown(),
  chamber: z.string().nullable(),
  step: z.string(),
  vote: z.string().nullable(),
  on: z.string(),
  event: EventId,
};

const head = {
  id: z.string(),
  title: z.string().nullable(),
  form: z.string().nullable().meta({
    description:
      'As in RestrictionIssued, or what kind of act it is: letter, bill, direction, policy, tariff.',
  }),
  jurisdiction: z.string().nullable(),
  authority: z.string().nullable(),
  citation: CitationAnswer.nullable(),
  legalStatus: z.enum(statuses).nullable().meta({
    description:
      'null: no event gives it one, such as a policy that was only announced; legalStatusReason says why. The filter none of the list finds them.',
  }),
  begins: z.string().nullable().meta({ description: 'Where it has not begun: the day on which it does.' }),
  legalStatusReason: z.string().nullable().meta({
    description: 'Why legalStatus is unknown, or why there is none; null where it is neither.',
  }),
  legalStatusAssumed: z.boolean(),
  dateUncertain: z.boolean(),
  since: z.strictObject({ on: z.string(), assumed: z.boolean() }).nullable(),
  legalStatusBy: z.string().nullable(),
  enforcement: Enforcement,
  enforcementAssumed: EnforcementAssumed,
  effectivity: z.array(Effectivity.extend({ by: z.string().nullable(), phase: Phase })),
  suspensions: z.array(Suspension),
  decisions: z.array(
    z.strictObject({ by: z.string().nullable(), holding: z.string(), on: z.string(), event: EventId }),
  ),
  bill: z.strictObject({ ...billStep, steps: z.array(z.strictObject(billStep)) }).nullable(),
  recipient: z.string().nullable(),
  recipients: Slugs,
  addressees: Slugs,
  amends: Slugs,
  amendedBy: Slugs,
  supersedes: Slugs,
  supersededBy: Slugs,
  implements: Slugs,
  implementedBy: Slugs,
  interprets: Slugs,
  interpretedBy: Slugs,
  concerns: Slugs,
  concernedBy: Slugs,
  alternatives: Alternatives,
  nextChange: NextChange,
};
const ProvisionAnswer = z
  .looseObject({
    key: z.string(),
    kind: z.string(),
    cfr: z.array(z.string()),
    text: z.string(),
    from: ProvisionDate.nullable(),
    until: ProvisionDate.nullable(),
    event: EventId,
    phase: z.enum(['not-yet', 'binding', 'suspended', 'ended', 'non-binding', 'unknown']),
    begins: z.string().nullable(),
    endedOn: z.string().nullable(),
    endedBy: z.string().nullable(),
    endedWhy: z.string().nullable(),
  })
  .meta({
    id: 'Provision',
    description:
      'One operative sentence and how it stands; its further fields are those of its kind, as in the event that carries it.',
  });

export const InstrumentItem = z.strictObject(head).meta({ id: 'InstrumentItem' });
export const InstrumentAnswer = z
  .strictObject({ ...head, provisions: z.array(ProvisionAnswer), claims: Claims })
  .meta({ id: 'Instrument' });
