/** What does an event assert? Claims, their attributes, and how each kind of attribute is resolved. */
import type { Span, Zone } from '../events/dates.ts';
import type { Slug, Subject } from '../events/identity.ts';
import type { Provision } from '../events/provision.ts';
import type { DataOf, Recorded } from '../events/registry.ts';
import type {
  Amount,
  Basis,
  ChipQuantity,
  Citation,
  Effectivity,
  Place,
  Quantity,
  Standing,
  Unit,
} from '../events/values.ts';

/** An event as it is to be read at some clocks: its content after the corrections that are visible there. */
export interface Reading {
  readonly event: Recorded;
  /** Log position, from 1. */
  readonly position: number;
  readonly publication: Span;
  /** Whether a correction changed it. */
  readonly corrected: boolean;
}

export type LegalStatus =
  | 'reported'
  | 'proposed'
  | 'issued'
  | 'in-force'
  | 'suspended'
  | 'unknown'
  | 'rescinded'
  | 'superseded'
  | 'expired'
  | 'withdrawn'
  | 'vacated';
export type Channel = 'rented' | 'purchased' | 'held';
export type Role = 'lessee' | 'lessor' | 'buyer' | 'seller' | 'holder' | 'owner' | 'operator' | 'user';
export type DealStage =
  DataOf<'RentalDealReported'>['stage'] | DataOf<'PurchaseReported'>['stage'] | 'completed' | 'cancelled';
/** One line of what is counted: a chip, or a unit of equivalents, and so many of it. */
export interface CountOf {
  readonly count: Quantity;
  readonly basis: Basis;
}
/** A figure of a chip with the ground it stands on. */
export interface FigureValue {
  readonly value: number;
  readonly basis: string;
  readonly note: string | null;
}

/** Every attribute and the shape of its value. A new attribute begins here; `resolution` says how it is resolved. */
export interface Attributes {
  title: string;
  jurisdiction: string;
  authority: string;
  form: string;
  citation: Citation;
  legalStatus: LegalStatus;
  enforcement: DataOf<'EnforcementChanged'>['enforcement'];
  effectivity: Effectivity & { readonly by: Slug | null };
  provision: Provision;
  removal: { readonly keys: readonly string[]; readonly by: Slug | null; readonly why: string | null };
  suspension: DataOf<'RestrictionSuspended'>;
  amends: Slug;
  amendedBy: Slug;
  supersedes: Slug;
  supersededBy: Slug;
  implements: Slug;
  implementedBy: Slug;
  interprets: Slug;
  interpretedBy: Slug;
  concerns: Slug;
  concernedBy: Slug;
  recipient: Slug;
  addressee: Slug;
  billStep: DataOf<'BillAdvanced'>;
  decision: DataOf<'DecisionIssued'>;

  name: string;
  aliases: readonly string[];
  partyKind: string;
  headquarters: string;
  parent: Slug | null;
  ultimateParentHeadquarters: string;
  identifiers: DataOf<'PartyRegistered'>['identifiers'];
  listing: DataOf<'PartyListed'>;
  delisting: DataOf<'PartyDelisted'>;
  license: DataOf<'LicenseDecided'>;
  enforcementAction: DataOf<'EnforcementActionTaken'>;
  diversion: DataOf<'DiversionAlleged'>;
  financial: DataOf<'FinancialDisclosed'>;
  investment: DataOf<'InvestmentReported'>;
  spending: DataOf<'SpendingPlanReported'>;
  deployment: DataOf<'DeploymentChanged'>;
  involvement: { readonly in: Subject; readonly role: Role };
  madeModel: Slug;

  countryGroup: DataOf<'CountryGroupsChanged'>;

  vendor: Slug;
  madeForMarket: string;
  released: string;
  tpp: FigureValue;
  performanceDensity: FigureValue;
  dieAreaMm2: FigureValue;
  interconnectGBps: FigureValue;
  memoryGB: FigureValue;
  memoryBandwidthGBps: FigureValue;
  marketedForDatacenter: boolean;
  rate: number;
  reportedClassification: { readonly inEccn: boolean; readonly basis: string };
  sales: DataOf<'ChipSalesChanged'>;
  supply: DataOf<'SupplyReported'>;

  party: { readonly party: Slug; readonly role: Role };
  stage: DealStage | DataOf<'ClusterDisclosed'>['stage'];
  paused: string;
  chips: readonly ChipQuantity[];
  count: CountOf;
  place: Place;
  amount: Amount;
  update: DataOf<'DealUpdated'>;
  powerMW: Quantity;
  operator: readonly Slug[];
  owner: readonly Slug[];
  users: readonly Slug[];

  developer: Slug;
  openWeights: boolean;
  parametersTotal: number;
  parametersActive: number;
  comparedWith: readonly Slug[];
  statement: readonly string[];
  release: string;
  training: DataOf<'TrainingClaimed'>;

  coverage: DataOf<'CoverageDeclared'>;
  mergedInto: Subject;
  absorbs: Subject;
}
export type Attribute = keyof Attributes;

/** How the visible claims of one attribute are resolved (domain.md, "Who wins"). */
export const resolution = {
  title: 'description',
  jurisdiction: 'description',
  authority: 'description',
  form: 'description',
  citation: 'description',
  legalStatus: 'state',
  enforcement: 'state',
  effectivity: 'set',
  provision: 'set',
  removal: 'set',
  suspension: 'set',
  amends: 'set',
  amendedBy: 'set',
  supersedes: 'set',
  supersededBy: 'set',
  implements: 'set',
  implementedBy: 'set',
  interprets: 'set',
  interpretedBy: 'set',
  concerns: 'set',
  concernedBy: 'set',
  recipient: 'description',
  addressee: 'set',
  billStep: 'state',
  decision: 'set',
  name: 'state',
  aliases: 'state',
  partyKind: 'state',
  headquarters: 'state',
  parent: 'state',
  ultimateParentHeadquarters: 'state',
  identifiers: 'state',
  listing: 'set',
  delisting: 'set',
  license: 'set',
  enforcementAction: 'set',
  diversion: 'set',
  financial: 'set',
  investment: 'set',
  spending: 'set',
  deployment: 'set',
  involvement: 'set',
  madeModel: 'set',
  countryGroup: 'set',
  vendor: 'description',
  madeForMarket: 'description',
  released: 'description',
  tpp: 'description',
  performanceDensity: 'description',
  dieAreaMm2: 'description',
  interconnectGBps: 'description',
  memoryGB: 'description',
  memoryBandwidthGBps: 'description',
  marketedForDatacenter: 'description',
  rate: 'description',
  reportedClassification: 'description',
  sales: 'state',
  supply: 'set',
  party: 'set',
  stage: 'state',
  paused: 'set',
  chips: 'description',
  count: 'description',
  place: 'description',
  amount: 'description',
  update: 'set',
  powerMW: 'description',
  operator: 'description',
  owner: 'description',
  users: 'description',
  developer: 'description',
  openWeights: 'description',
  parametersTotal: 'description',
  parametersActive: 'description',
  comparedWith: 'description',
  statement: 'description',
  release: 'description',
  training: 'set',
  coverage: 'set',
  mergedInto: 'set',
  absorbs: 'set',
} as const satisfies Record<Attribute, 'state' | 'description' | 'set'>;

/**
 * One thing that one event says of one subject. `key` parts an attribute that a subject has several of (a channel, a
 * precision, a market); the empty text where there is one. `until` is exclusive; null: until something supersedes it.
 * `assumed`: nobody says when it began, so it counts from publication.
 */
export interface Claim<A extends Attribute = Attribute> {
  readonly subject: Subject;
  readonly attribute: A;
  readonly key: string;
  readonly value: Attributes[A];
  readonly from: Span;
  readonly until: Span | null;
  readonly assumed: boolean;
  readonly zone: Zone;
  readonly standing: Standing;
  readonly reading: Reading;
}

/** The name of a counted line: the chip's slug, or the unit of equivalents. */
export function lineKey(chip: Slug | null, unit: Unit): string {
  return chip ?? unit;
}
