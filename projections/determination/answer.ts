/** What does a license determination answer? The shapes of http-api.md, without `at`. */
import { z } from 'zod';
import { ReviewPolicyName } from '../../events/provision.ts';

/** From the most to the least permissive; never "allowed". */
export const outcomes = [
  'no-requirement-found',
  'exception-available',
  'license-required',
  'prohibited',
] as const;
/** An outcome that is decided. */
export const DecidedOutcome = z.enum(outcomes);
export type DecidedOutcome = z.infer<typeof DecidedOutcome>;
/** `undetermined`: the answer lies between two outcomes. */
export const Outcome = z.enum([...outcomes, 'undetermined']);
export type Outcome = z.infer<typeof Outcome>;

const Applies = z.union([z.boolean(), z.literal('unknown')]);
const Seen = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** A named input on which something still depends. */
export const OpenCondition = z.strictObject({ input: z.string(), text: z.string() });
export type OpenCondition = z.infer<typeof OpenCondition>;

/** `policy: null` with `undetermined: true`: which policy applies depends on something unknown. */
export const ReviewPolicyAnswer = z.strictObject({
  policy: ReviewPolicyName.nullable(),
  undetermined: z.boolean(),
  conditions: z.array(OpenCondition),
  otherwise: ReviewPolicyName.nullable(),
});
export type ReviewPolicyAnswer = z.infer<typeof ReviewPolicyAnswer>;

/** `notice: null`: none is due. Days before the shipment. */
export const ExceptionAnswer = z.strictObject({
  code: z.string(),
  notice: z.strictObject({ days: z.number() }).nullable(),
  conditions: z.array(OpenCondition),
});
export type ExceptionAnswer = z.infer<typeof ExceptionAnswer>;

/** What comes out under other suppositions. */
export const Alternative = z.strictObject({
  outcome: Outcome,
  between: z.tuple([DecidedOutcome, DecidedOutcome]).nullable(),
  reviewPolicy: ReviewPolicyAnswer.nullable(),
  exceptions: z.array(ExceptionAnswer),
  instruments: z.array(z.string()),
  because: z.string(),
});
export type Alternative = z.infer<typeof Alternative>;

/** One condition that was read: in words, what was found, and whether it held. `input: null`: nothing is known. */
export const Condition = z.strictObject({ text: z.string(), input: Seen, holds: Applies });
export type Condition = z.infer<typeof Condition>;

/** A provision that was considered. `reaches`: whether it speaks of the activity; null: it names no activities. */
export const ConsideredRule = z.strictObject({
  instrument: z.string(),
  provision: z.string(),
  kind: z.string(),
  text: z.string(),
  cfr: z.array(z.string()),
  applies: Applies,
  reaches: z.boolean().nullable(),
  events: z.array(z.string()),
  conditions: z.array(Condition),
});
export type ConsideredRule = z.infer<typeof ConsideredRule>;

/** What would settle an open answer: which fact, and where the question takes it (null: nobody can settle it). */
export const Settling = z.strictObject({
  kind: z.enum(['figure', 'exporter', 'party', 'listing', 'input', 'gap']),
  input: z.string().nullable(),
  text: z.string(),
});
export type Settling = z.infer<typeof Settling>;

/** How a provision stands on the date. `uncertain`: the record does not say whether it is in force. */
export const ForceStatus = z.enum([
  'in-force',
  'uncertain',
  'scheduled',
  'proposed',
  'assumed',
  'not-enforced',
  'suspended',
  'ended',
]);
export type ForceStatus = z.infer<typeof ForceStatus>;

/** A duty, cap, levy or text that is shown and decides nothing. */
export const Notice = z.strictObject({
  kind: z.enum(['duty', 'cap', 'levy', 'text']),
  instrument: z.string(),
  provision: z.string(),
  text: z.string(),
  status: ForceStatus,
  /** Whether it speaks of the activity; unknown: it names no activities. */
  reaches: Applies,
  /** Of a duty: whom it binds, what they must do, and toward whom. */
  binds: z.strictObject({ who: z.string(), must: z.string(), to: z.string().nullable() }).nullable(),
  /** Of a cap. */
  cap: z.strictObject({ measure: z.string(), limit: z.number(), per: z.string() }).nullable(),
  /** Of a levy: a share of the value, and whether the item falls under it. */
  levy: z.strictObject({ rate: z.number(), on: z.string(), applies: Applies }).nullable(),
  doubts: z.array(z.string()),
});
export type Notice = z.infer<typeof Notice>;

/** A license decision in the record that touches the item or a party; it changes no outcome. */
export const HeldLicense = z.strictObject({
  event: z.string(),
  decision: z.string(),
  licensees: z.array(z.string()),
  recipients: z.array(z.string()),
  chips: z.array(z.string()),
  from: z.string().nullable(),
  conditions: z.array(z.string()),
});
export type HeldLicense = z.infer<typeof HeldLicense>;

/** The first later day on which the answer differs. */
export const NextChange = z.strictObject({
  on: z.string(),
  /** The subject that has the date, and all that have it. */
  because: z.string(),
  subjects: z.array(z.string()),
});
export type NextChange = z.infer<typeof NextChange>;

/** The answer. Lists are empty where there is nothing to say. */
export const DeterminationAnswer = z.strictObject({
  outcome: Outcome,
  between: z.tuple([DecidedOutcome, DecidedOutcome]).nullable(),
  reviewPolicy: ReviewPolicyAnswer.nullable(),
  exceptions: z.array(ExceptionAnswer),
  headline: z.string().meta({
    description:
      'One sentence. Of a date after the last recorded day, or after publishedBy, it says what would hold as far as was scheduled, and claims no fact.',
  }),
  instruments: z.array(z.string()),
  events: z.array(z.string()),
  rules: z.array(ConsideredRule),
  assumptions: z.array(z.string()),
  settledBy: z.array(Settling),
  beforeSale: z.boolean(),
  ifEnforced: Alternative.nullable(),
  alternatives: z.array(Alternative),
  doubts: z.array(z.string()),
  notices: z.array(Notice),
  licenses: z.array(HeldLicense),
  nextChange: NextChange.nullable(),
  notice: z.string(),
});
export type DeterminationAnswer = z.infer<typeof DeterminationAnswer>;

/** The fields, described as those of the first day of a period: on a later day they may be others. */
function onFirstDay<Shape extends z.ZodRawShape>(shape: Shape): Shape {
  const description = 'On the first day of the period; ask for a determination to have it for another day.';
  const described = Object.entries(shape).map(([name, schema]) => [
    name,
    (schema as z.ZodType).meta({ description }),
  ]);
  return Object.fromEntries(described) as Shape;
}

/** One period of a status history; `to` is exclusive, null: open. */
export const StatusPeriod = z.strictObject({
  from: z.string(),
  to: z.string().nullable(),
  outcome: Outcome,
  between: z.tuple([DecidedOutcome, DecidedOutcome]).nullable(),
  reviewPolicy: ReviewPolicyAnswer.nullable(),
  exceptions: z.array(ExceptionAnswer),
  instruments: z.array(z.string()),
  /** The subject that has the first day as a date; null for the first period. */
  because: z.string().nullable(),
  ...onFirstDay(
    DeterminationAnswer.pick({
      assumptions: true,
      settledBy: true,
      beforeSale: true,
      ifEnforced: true,
      doubts: true,
    }).shape,
  ),
});
export type StatusPeriod = z.infer<typeof StatusPeriod>;
