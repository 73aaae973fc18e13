/** Which developments about companies and destinations can be recorded? */
import { z } from 'zod';
import { ImpreciseDate } from './dates.ts';
import { eventType } from './eventType.ts';
import { InstrumentId, PartyId } from './identity.ts';
import { Amount, ChipQuantity, CountryCode, Place, Quantity, Text } from './values.ts';

export const listNames = [
  'entity-list',
  'meu-list',
  'uvl',
  'sdn',
  'denied-persons',
  'cn-unreliable-entity',
  'cn-export-control',
  'tw-shtc',
] as const;
export const ListName = z.enum(listNames);
export type ListName = z.infer<typeof ListName>;

const onParty = ['party'] as const;

/** An identifier of a company, and how sure the recorder is of it; null: nothing is said. A bare text is a value. */
export const Identifier = z.union([
  z.strictObject({ value: Text, certainty: Text.nullable().default(null) }),
  Text.transform((value): { value: string; certainty: string | null } => ({ value, certainty: null })),
]);
export type Identifier = z.infer<typeof Identifier>;

export const PartyRegistered = eventType(
  'PartyRegistered',
  1,
  onParty,
  'Who a company is; again when its name or parent changes.',
  z.strictObject({
    name: Text,
    aliases: z.array(Text).default([]),
    kind: Text,
    headquarters: CountryCode.nullable(),
    parent: PartyId.nullable(),
    /** Where the top owning company has its headquarters; `self`: it is its own; null: unknown. */
    ultimateParentHeadquarters: z.union([CountryCode, z.literal('self')]).nullable(),
    /** By scheme: `lei`, `cik`, `ticker`, `wikidata`. */
    identifiers: z.record(z.string(), Identifier).default({}),
  }),
);
const listing = z.strictObject({
  list: ListName,
  by: InstrumentId.nullable(),
  from: ImpreciseDate.nullable(),
  footnotes: z.array(Text).default([]),
  reviewPolicy: Text.nullable().default(null),
  /** As the notice prints them. */
  names: z.array(Text),
});
export const PartyListed = eventType(
  'PartyListed',
  1,
  onParty,
  'A notice puts the party on a list; listings add up.',
  listing,
);
export const PartyDelisted = eventType(
  'PartyDelisted',
  1,
  onParty,
  'A notice takes the party off a list.',
  listing,
);
export const LicenseDecided = eventType(
  'LicenseDecided',
  1,
  ['party', 'instrument', 'deal'],
  'An authority grants, promises, denies, conditions or revokes a license.',
  z.strictObject({
    authority: Text,
    decision: z.enum(['granted', 'promised', 'denied', 'conditional', 'revoked']),
    licensee: z.array(PartyId),
    recipients: z.array(PartyId),
    items: z.array(ChipQuantity),
    quantity: Quantity.nullable(),
    conditions: z.array(Text),
    from: ImpreciseDate.nullable(),
  }),
);
export const EnforcementActionTaken = eventType(
  'EnforcementActionTaken',
  1,
  ['party', 'instrument'],
  'An authority acts against someone.',
  z.strictObject({
    authority: Text,
    target: PartyId.nullable(),
    step: z.enum(['opened', 'summoned', 'charged', 'convicted', 'settled', 'penalized', 'warned', 'closed']),
    amount: Amount.nullable(),
    conduct: Text,
  }),
);
export const DiversionAlleged = eventType(
  'DiversionAlleged',
  1,
  onParty,
  'Someone alleges that controlled chips were diverted.',
  z.strictObject({
    by: Text,
    who: z.array(PartyId),
    items: z.array(ChipQuantity),
    route: z.array(Place),
    conduct: Text,
  }),
);
export const FinancialDisclosed = eventType(
  'FinancialDisclosed',
  1,
  onParty,
  'A company discloses a financial figure that bears on compute.',
  z.strictObject({
    party: PartyId,
    measure: z.enum(['revenue', 'guidance', 'charge', 'capital-expenditure', 'purchase-commitments']),
    amount: Amount.nullable(),
    about: Text,
  }),
);
export const InvestmentReported = eventType(
  'InvestmentReported',
  1,
  onParty,
  'One party invests in another.',
  z.strictObject({ investor: PartyId, investee: PartyId, amount: Amount.nullable(), terms: Text.nullable() }),
);
export const CountryGroupsChanged = eventType(
  'CountryGroupsChanged',
  1,
  ['destination'],
  'A destination joins or leaves a Country Group, or a source shows the membership on a day.',
  z.strictObject({
    group: Text,
    change: z.enum(['added', 'removed', 'observed']),
    from: ImpreciseDate,
    by: InstrumentId.nullable(),
  }),
);

export const parties = [
  PartyRegistered,
  PartyListed,
  PartyDelisted,
  LicenseDecided,
  EnforcementActionTaken,
  DiversionAlleged,
  FinancialDisclosed,
  InvestmentReported,
  CountryGroupsChanged,
] as const;
