/** Which developments of regulation can be recorded? Events on subjects of kind `instrument`. */
import { z } from 'zod';
import { ImpreciseDate } from './dates.ts';
import { eventType } from './eventType.ts';
import { InstrumentId, PartyId } from './identity.ts';
import { Provision } from './provision.ts';
import { Citation, Effectivity, Text } from './values.ts';

/** Country code of the jurisdiction; `EU` and other unions as their reserved code. */
const Jurisdiction = z.string().regex(/^[A-Z]{2}$/, 'must be a two-letter code such as "US"');
export const Form = z.enum([
  'statute',
  'executive-order',
  'interim-final-rule',
  'final-rule',
  'foreign-rule',
  'listing-rule',
  'advance-notice',
  'proposed-rule',
  'guidance',
]);
const Provisions = z.array(Provision).default([]);
const Effectivities = z.array(Effectivity).default([]);
const Instruments = z.array(InstrumentId).default([]);
const head = { title: Text, jurisdiction: Jurisdiction, authority: Text };
const on = ['instrument'] as const;

export const RestrictionReported = eventType(
  'RestrictionReported',
  1,
  on,
  'The press says that a restriction is being prepared.',
  z.strictObject({ ...head, form: Form.nullable(), provisions: Provisions }),
);
export const RestrictionProposed = eventType(
  'RestrictionProposed',
  1,
  on,
  'An authority proposes a restriction.',
  z.strictObject({
    ...head,
    form: Form.nullable(),
    citation: Citation.nullable(),
    effectivity: Effectivities,
    provisions: Provisions,
    implements: Instruments,
  }),
);
const issued = z.strictObject({
  ...head,
  form: Form.nullable(),
  citation: Citation.nullable(),
  effectivity: Effectivities,
  provisions: Provisions,
  amends: Instruments,
  supersedes: Instruments,
  implements: Instruments,
});
export const RestrictionIssued = eventType(
  'RestrictionIssued',
  1,
  on,
  'An authority issues a restriction; its effect stands in its effectivity.',
  issued,
);
export const LetterIssued = eventType(
  'LetterIssued',
  1,
  on,
  'An authority informs one company by letter; the letter binds its recipient only.',
  z.strictObject({
    ...head,
    recipient: PartyId.nullable(),
    citation: Citation.nullable(),
    effectivity: Effectivities,
    provisions: Provisions,
  }),
);
export const GuidanceIssued = eventType(
  'GuidanceIssued',
  1,
  on,
  'An authority says how it reads its own rules.',
  z.strictObject({ ...issued.shape, interprets: Instruments }),
);
export const DirectionGiven = eventType(
  'DirectionGiven',
  1,
  on,
  'An authority tells named firms or officials what to do, without a published rule.',
  z.strictObject({
    ...head,
    addressees: z.array(PartyId),
    effectivity: Effectivities,
    provisions: Provisions,
  }),
);
const amendment = z.strictObject({
  /** The instrument that amends; null: not named. */
  by: InstrumentId.nullable(),
  citation: Citation.nullable(),
  effectivity: Effectivities,
  provisions: Provisions,
  /** Keys of the provisions that end. */
  removes: z.array(Text).default([]),
  /** The day from which the removed ones no longer bind; null: that of the effectivity. */
  removesFrom: ImpreciseDate.nullable().default(null),
  /** Why a removal is taken to be one, where the act does not say so itself. */
  why: Text.nullable().default(null),
});
export const RestrictionAmended = eventType(
  'RestrictionAmended',
  1,
  on,
  'A later act of the authority changes the instrument.',
  amendment,
);
export const RestrictionCorrected = eventType(
  'RestrictionCorrected',
  1,
  on,
  'A later act of the authority corrects the text of the instrument.',
  amendment,
);
export const RestrictionSuspended = eventType(
  'RestrictionSuspended',
  1,
  on,
  'The instrument, or only the provisions named, stops for a time.',
  z.strictObject({
    by: InstrumentId.nullable(),
    from: ImpreciseDate,
    until: ImpreciseDate.nullable(),
    provisions: z.array(Text).optional(),
  }),
);
export const EnforcementChanged = eventType(
  'EnforcementChanged',
  1,
  on,
  'The authority says, or leaves open, whether it enforces the instrument.',
  z.strictObject({
    enforcement: z.enum(['enforced', 'not-enforced', 'unknown']),
    from: ImpreciseDate,
    by: InstrumentId.nullable(),
    why: Text.nullable().default(null),
  }),
);
export const RestrictionEnded = eventType(
  'RestrictionEnded',
  1,
  on,
  'The instrument ends in the world.',
  z.strictObject({
    how: z.enum(['rescinded', 'superseded', 'expired', 'withdrawn', 'vacated']),
    from: ImpreciseDate,
    by: InstrumentId.nullable(),
  }),
);
export const BillAdvanced = eventType(
  'BillAdvanced',
  1,
  on,
  'A bill takes a step in a legislature.',
  z.strictObject({
    bill: Text,
    title: Text,
    congress: z.int().positive().nullable(),
    chamber: z.enum(['house', 'senate', 'both']).nullable(),
    step: z.enum(['introduced', 'committee', 'passed-chamber', 'passed-both', 'enacted', 'dropped']),
    vote: Text.nullable(),
    provisions: Provisions,
  }),
);
export const DecisionIssued = eventType(
  'DecisionIssued',
  1,
  on,
  'A court, an auditor or a foreign authority decides something about the instrument.',
  z.strictObject({ by: Text, holding: Text }),
);
export const PolicyStated = eventType(
  'PolicyStated',
  1,
  on,
  'An authority or a head of government announces what it will do.',
  z.strictObject({ ...head, provisions: Provisions, concerns: Instruments }),
);
export const TariffImposed = eventType(
  'TariffImposed',
  1,
  on,
  'A tariff is imposed.',
  z.strictObject({
    ...head,
    citation: Citation.nullable(),
    effectivity: Effectivities,
    /** A share: 0.25 is 25 percent. */
    rate: z.number().nonnegative(),
    provisions: Provisions,
  }),
);

export const regulation = [
  RestrictionReported,
  RestrictionProposed,
  RestrictionIssued,
  LetterIssued,
  GuidanceIssued,
  DirectionGiven,
  RestrictionAmended,
  RestrictionCorrected,
  RestrictionSuspended,
  EnforcementChanged,
  RestrictionEnded,
  BillAdvanced,
  DecisionIssued,
  PolicyStated,
  TariffImposed,
] as const;
