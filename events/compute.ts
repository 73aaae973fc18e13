/** Which developments of chips, deals and clusters can be recorded? */
import { z } from 'zod';
import { ImpreciseDate } from './dates.ts';
import { eventType } from './eventType.ts';
import { ChipId, EventId, PartyId } from './identity.ts';
import { Amount, ChipQuantity, CountryCode, Place, Quantity, Text, oneOrMany } from './values.ts';

/** One figure of a chip. `derived`: computed from vendor figures; `unverified`: recalled, not read. */
export const Figure = z.strictObject({
  value: z.number().nonnegative(),
  basis: z.enum(['vendor', 'derived', 'third-party', 'estimated', 'unverified']),
  note: Text.nullable().default(null),
});
export type Figure = z.infer<typeof Figure>;

export const figureFields = [
  'tpp',
  'performanceDensity',
  'dieAreaMm2',
  'interconnectGBps',
  'memoryGB',
  'memoryBandwidthGBps',
] as const;
export type FigureField = (typeof figureFields)[number];

/** Figures of one chip; null: not part of this report. Units stand in the names; TPP and density as in 3A090. */
export const ChipFigures = z.strictObject({
  tpp: Figure.nullable(),
  tppBasis: Text.nullable(),
  performanceDensity: Figure.nullable(),
  dieAreaMm2: Figure.nullable(),
  interconnectGBps: Figure.nullable(),
  memoryGB: Figure.nullable(),
  memoryBandwidthGBps: Figure.nullable(),
  marketedForDatacenter: z.boolean().nullable(),
  /** Dense rates by precision: `fp16Tflops`, `int8Tops`, … */
  rates: z.record(z.string(), z.number().nonnegative()).nullable(),
  /** Other published values of a field, and why they are not taken. */
  alternatives: z.array(z.strictObject({ field: Text, value: z.number(), why: Text })).default([]),
  /** How its vendor classified it: by ECCN, whether the chip is in it. */
  reportedClassification: z
    .strictObject({ eccn: z.record(z.string(), z.boolean()), basis: Text })
    .nullable()
    .default(null),
});
export type ChipFigures = z.infer<typeof ChipFigures>;

const Parties = z.array(PartyId);
const Chips = z.array(ChipQuantity).default([]);
const Period = z.strictObject({ from: ImpreciseDate.nullable(), to: ImpreciseDate.nullable() });
const onChip = ['chip'] as const;

export const ChipAnnounced = eventType(
  'ChipAnnounced',
  1,
  onChip,
  'A chip is announced, launched or available.',
  z.strictObject({
    name: Text,
    vendor: PartyId,
    madeForMarket: CountryCode.nullable(),
    released: ImpreciseDate.nullable(),
    figures: ChipFigures.nullable(),
  }),
);
export const ChipFiguresReported = eventType(
  'ChipFiguresReported',
  1,
  onChip,
  'Figures of a chip become known.',
  z.strictObject({ figures: ChipFigures }),
);
export const ChipSalesChanged = eventType(
  'ChipSalesChanged',
  1,
  onChip,
  'Sales of a chip to a market halt, resume, start, end or are delayed.',
  z.strictObject({
    chips: z.array(ChipId),
    market: CountryCode,
    change: z.enum(['halted', 'resumed', 'delayed', 'redesigned', 'started', 'ended']),
    by: Text.nullable(),
  }),
);
export const RentalDealReported = eventType(
  'RentalDealReported',
  1,
  ['deal', 'cluster'],
  'Who computes on whose chips.',
  z.strictObject({
    lessees: Parties,
    lessors: Parties,
    sellers: Parties.default([]),
    chips: Chips,
    /** Where the chips run, not where a company is registered. */
    place: Place.nullable(),
    amount: Amount.nullable(),
    stage: z.enum(['talks', 'planned', 'signed', 'running']),
  }),
);
export const PurchaseReported = eventType(
  'PurchaseReported',
  1,
  ['deal'],
  'Who buys whose chips.',
  z.strictObject({
    buyers: Parties,
    sellers: Parties.default([]),
    chips: Chips,
    place: Place.nullable(),
    amount: Amount.nullable(),
    stage: z.enum(['talks', 'planned', 'ordered', 'delivered', 'stockpiled']),
  }),
);
export const SpendingPlanReported = eventType(
  'SpendingPlanReported',
  1,
  ['party', 'cluster', 'deal'],
  'What a company plans to spend.',
  z.strictObject({
    party: PartyId,
    amount: Amount.nullable(),
    /** Capital expenditure, AI, chips, overseas, or what the report says. */
    of: Text,
    comparedWith: Parties.default([]),
    claim: Text.nullable(),
  }),
);
export const DealUpdated = eventType(
  'DealUpdated',
  1,
  ['deal', 'cluster'],
  'A deal is confirmed, amended, cancelled, completed or paused.',
  z.strictObject({
    stage: z.enum(['confirmed', 'amended', 'cancelled', 'completed', 'paused']),
    what: Text,
    chips: Chips,
    amount: Amount.nullable(),
    place: Place.nullable(),
  }),
);
export const ClaimDenied = eventType(
  'ClaimDenied',
  1,
  ['deal', 'party', 'chip', 'cluster', 'model', 'instrument'],
  'Someone denies what an event says: all of it, a figure, or a detail.',
  z.strictObject({
    denies: z.array(EventId).min(1),
    by: PartyId,
    scope: z.enum(['whole', 'figure', 'detail']),
    says: Text,
  }),
);
export const ClusterDisclosed = eventType(
  'ClusterDisclosed',
  1,
  ['cluster'],
  'A cluster is announced, built, running or closed. Operator, owner and users may name several parties, or none.',
  z.strictObject({
    operator: oneOrMany(PartyId),
    owner: oneOrMany(PartyId),
    users: Parties.default([]),
    chips: Chips,
    place: Place.nullable(),
    powerMW: Quantity.nullable(),
    stage: z.enum(['announced', 'under-construction', 'running', 'closed']),
  }),
);
export const StockReported = eventType(
  'StockReported',
  1,
  ['party'],
  'What somebody is said to have.',
  z.strictObject({ holder: PartyId, chips: Chips, asOf: ImpreciseDate.nullable() }),
);
export const SupplyReported = eventType(
  'SupplyReported',
  1,
  ['chip', 'party'],
  'How many chips somebody makes or ships.',
  z.strictObject({
    maker: PartyId,
    chips: Chips,
    period: Period.nullable(),
    measure: z.enum(['produced', 'shipped', 'planned', 'capacity']),
  }),
);
export const DeploymentChanged = eventType(
  'DeploymentChanged',
  1,
  ['party', 'model', 'cluster', 'deal'],
  'Somebody slows, moves, stops or expands the use of compute.',
  z.strictObject({
    who: oneOrMany(PartyId),
    what: Text,
    place: Place.nullable(),
    change: z.enum(['slowed', 'moved', 'stopped', 'expanded']),
  }),
);

export const compute = [
  ChipAnnounced,
  ChipFiguresReported,
  ChipSalesChanged,
  RentalDealReported,
  PurchaseReported,
  SpendingPlanReported,
  DealUpdated,
  ClaimDenied,
  ClusterDisclosed,
  StockReported,
  SupplyReported,
  DeploymentChanged,
] as const;
