/** What does one operative sentence of a rule say? The provisions and tests of determination.md, as data. */
import { z } from 'zod';
import { ImpreciseDate } from './dates.ts';
import { ChipId, PartyId } from './identity.ts';
import { CountryCode, Text } from './values.ts';

export const metrics = [
  'tpp',
  'performanceDensity',
  'interconnectGBps',
  'memoryBandwidthGBps',
  'memoryPlusInterconnectGBps',
  'memoryBandwidthDensity',
  'marketedForDatacenter',
  'madeForMarket',
  'form',
  'isMemoryStack',
  'isAcceleratorDie',
  'containsHbm',
  'processNodeNm',
  'transistorsBillion',
  'onCommerceControlList',
  'shipmentTpp',
] as const;
export const Metric = z.enum(metrics);
export type Metric = z.infer<typeof Metric>;

export const activities = ['export', 'reexport', 'transfer-in-country', 'remote-access'] as const;
export const Activity = z.enum(activities);
export type Activity = z.infer<typeof Activity>;

export const partyRoles = [
  'exporter',
  'purchaser',
  'intermediate-consignee',
  'ultimate-consignee',
  'end-user',
] as const;
export const PartyRole = z.enum(partyRoles);
export type PartyRole = z.infer<typeof PartyRole>;

export const reviewPolicies = [
  'presumption-of-approval',
  'case-by-case',
  'presumption-of-denial',
  'policy-of-denial',
] as const;
export const ReviewPolicyName = z.enum(reviewPolicies);
export type ReviewPolicyName = z.infer<typeof ReviewPolicyName>;

/** A set of countries, by code, by Country Group, or everywhere, less some. `maybe`: it is not known whether. */
export interface PlaceSet {
  everywhere?: boolean | undefined;
  countries?: string[] | undefined;
  groups?: string[] | undefined;
  notGroups?: string[] | undefined;
  maybe?: string[] | undefined;
  except?: PlaceSet | undefined;
}
export const PlaceSet: z.ZodType<PlaceSet> = z.lazy(() =>
  z.strictObject({
    everywhere: z.boolean().optional(),
    countries: z.array(CountryCode).optional(),
    groups: z.array(Text).optional(),
    notGroups: z.array(Text).optional(),
    maybe: z.array(CountryCode).optional(),
    except: PlaceSet.optional(),
  }),
);

export type Operator = '>=' | '>' | '<' | '<=' | '==';

/** A condition tree in three-valued (Kleene) logic; the forms and their truth are those of determination.md. */
export type Test =
  | { all: Test[] }
  | { any: Test[] }
  | { not: Test }
  | { maybe: Test }
  | { metric: Metric; op: Operator; value: number | string | boolean }
  | { chip: ChipId[] }
  | { eccn: string }
  | { test: string }
  | { destination: PlaceSet }
  | { party: { roles: PartyRole[]; headquarters: PlaceSet } }
  | { activity: Activity[] }
  | { from: string[] }
  | { input: string };
export const Test: z.ZodType<Test> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(Test).min(1) }),
    z.strictObject({ any: z.array(Test).min(1) }),
    z.strictObject({ not: Test }),
    z.strictObject({ maybe: Test }),
    z.strictObject({
      metric: Metric,
      op: z.enum(['>=', '>', '<', '<=', '==']),
      value: z.union([z.number(), z.string(), z.boolean()]),
    }),
    z.strictObject({ chip: z.array(ChipId).min(1) }),
    z.strictObject({ eccn: Text }),
    z.strictObject({ test: Text }),
    z.strictObject({ destination: PlaceSet }),
    z.strictObject({ party: z.strictObject({ roles: z.array(PartyRole).min(1), headquarters: PlaceSet }) }),
    z.strictObject({ activity: z.array(Activity).min(1) }),
    z.strictObject({ from: z.array(CountryCode).min(1) }),
    z.strictObject({ input: Text }),
  ]),
);

/** A day, an imprecise date, or two days between which it lies. */
export const ProvisionDate = z.union([
  ImpreciseDate,
  z.strictObject({ earliest: ImpreciseDate, latest: ImpreciseDate }),
]);
export type ProvisionDate = z.infer<typeof ProvisionDate>;

/** CFR paragraphs; one text with several parted by semicolons is read as a list. */
const Cfr = z
  .union([z.null(), Text, z.array(Text)])
  .transform((cfr) => (cfr === null ? [] : Array.isArray(cfr) ? cfr : cfr.split('; ')))
  .pipe(z.array(Text));

const common = {
  /** Unique for ever where evaluable; of `kind: text`, unique within its instrument. */
  key: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens'),
  cfr: Cfr.default([]),
  /** One operative sentence of ours. */
  text: Text,
  /** The day on which it binds; null: the event gives none. */
  from: ProvisionDate.nullable().default(null),
  /** The exclusive end that the event itself announces; null: open. */
  until: ProvisionDate.nullable().default(null),
  doubts: z.array(z.strictObject({ why: Text, when: Test.optional() })).default([]),
};
const Keys = z.array(Text).min(1);
const Conditions = z.array(z.strictObject({ input: Text, text: Text })).default([]);

export const ControlTest = z
  .strictObject({
    ...common,
    kind: z.literal('control-test'),
    eccn: Text.optional(),
    name: Text.optional(),
    when: Test,
  })
  .refine((p) => (p.eccn === undefined) !== (p.name === undefined), {
    message: 'must have either eccn or name',
  });
export const Exclusion = z.strictObject({ ...common, kind: z.literal('exclusion'), of: Keys, when: Test });
export const LicenseRequirement = z.strictObject({
  ...common,
  kind: z.literal('license-requirement'),
  item: Test.optional(),
  destination: PlaceSet.optional(),
  parties: z.strictObject({ roles: z.array(PartyRole).min(1), headquarters: PlaceSet }).optional(),
  activities: z.array(Activity).min(1),
  binds: z.strictObject({ recipient: PartyId }).optional(),
  unless: Test.optional(),
});
export const EndUse = z.strictObject({
  ...common,
  kind: z.literal('end-use'),
  when: Test,
  activities: z.array(Activity).min(1),
  policy: ReviewPolicyName.nullable(),
});
export const ListingPolicy = z.strictObject({
  ...common,
  kind: z.literal('listing-policy'),
  lists: z.array(Text).min(1),
  activities: z.array(Activity).min(1),
  policy: z.enum(['of-the-entry', 'of-the-owner']).nullable(),
  otherwisePolicy: ReviewPolicyName.optional(),
  ownedAtLeastPercent: z.number().positive().max(100).optional(),
  outcome: z.literal('prohibited').optional(),
});
export const Prohibition = z.strictObject({
  ...common,
  kind: z.literal('prohibition'),
  when: Test,
  activities: z.array(Activity).min(1),
});
export const LicenseException = z.strictObject({
  ...common,
  kind: z.literal('license-exception'),
  code: Text,
  for: Keys,
  when: Test,
  notice: z.strictObject({ days: z.int().positive(), when: Test.optional() }).nullable(),
  conditions: Conditions,
});
export const ReviewPolicy = z.strictObject({
  ...common,
  kind: z.literal('review-policy'),
  for: Keys,
  order: z.int(),
  when: Test.optional(),
  policy: ReviewPolicyName,
  conditions: Conditions,
  otherwise: ReviewPolicyName.optional(),
});
export const Interpretation = z.strictObject({
  ...common,
  kind: z.literal('interpretation'),
  of: Keys,
  item: Test.optional(),
  reading: z.enum(['in-force', 'contested']),
  retroactiveTo: ImpreciseDate.optional(),
});
export const Cap = z.strictObject({
  ...common,
  kind: z.literal('cap'),
  measure: Text,
  limit: z.number(),
  per: Text,
});
export const Duty = z.strictObject({
  ...common,
  kind: z.literal('duty'),
  who: Text,
  must: Text,
  to: Text.nullable(),
  activities: z.array(Activity).min(1).optional(),
});
export const Levy = z.strictObject({
  ...common,
  kind: z.literal('levy'),
  rate: z.number(),
  on: Text,
  when: Test,
});
/** Not evaluable; shown. */
export const TextProvision = z.strictObject({ ...common, kind: z.literal('text') });

/** One operative sentence of a rule. */
export const Provision = z.discriminatedUnion('kind', [
  ControlTest,
  Exclusion,
  LicenseRequirement,
  EndUse,
  ListingPolicy,
  Prohibition,
  LicenseException,
  ReviewPolicy,
  Interpretation,
  Cap,
  Duty,
  Levy,
  TextProvision,
]);
export type Provision = z.infer<typeof Provision>;
export type ProvisionKind = Provision['kind'];
export type ProvisionOf<K extends ProvisionKind> = Extract<Provision, { kind: K }>;

/** A yes/no question that provisions ask (`input`), and the value taken when nobody answers it; null: unknown. */
export const NamedInput = z.strictObject({ question: Text, assumed: z.boolean().nullable() });
export type NamedInput = z.infer<typeof NamedInput>;
/** By name: `events/chronicle/inputs.yaml`. */
export const NamedInputs = z.record(z.string(), NamedInput);
export type NamedInputs = z.infer<typeof NamedInputs>;
