/** What may be asked of the license determination? The item, the activity, the places, the parties, the what-ifs. */
import { z } from 'zod';
import { DayOrInstant } from '../../events/dates.ts';
import { ChipId, InstrumentId, PartyId } from '../../events/identity.ts';
import { ListName } from '../../events/parties.ts';
import { Activity, PartyRole } from '../../events/provision.ts';
import { CountryCode, Text } from '../../events/values.ts';

const Amount = z.number().nonnegative('must not be negative; leave the figure out where it is not known');

/** Figures of an item, each as in ECCN 3A090; one that is left out is unknown. Units stand in the names. */
export const ItemFigures = z.strictObject({
  tpp: Amount.optional(),
  performanceDensity: Amount.optional(),
  interconnectGBps: Amount.optional(),
  /** Total bandwidth of the DRAM. */
  memoryBandwidthGBps: Amount.optional(),
  /** Derived from the two where it is left out. */
  memoryPlusInterconnectGBps: Amount.optional(),
  /** GB/s per mm² of a memory stack. */
  memoryBandwidthDensity: Amount.optional(),
  marketedForDatacenter: z.boolean().optional(),
  /** The country it was made for, or `none`. */
  madeForMarket: z.union([CountryCode, z.literal('none')]).optional(),
  /** `system`: a computer, assembly or component that contains the chip. */
  form: z.enum(['chip', 'system']).optional(),
  isMemoryStack: z.boolean().optional(),
  isAcceleratorDie: z.boolean().optional(),
  containsHbm: z.boolean().optional(),
  processNodeNm: Amount.optional(),
  transistorsBillion: Amount.optional(),
  onCommerceControlList: z.boolean().optional(),
  /** TPP of the whole shipment. */
  shipmentTpp: Amount.optional(),
});
export type ItemFigures = z.infer<typeof ItemFigures>;

/** A chip of the record, an item by its figures, or both: then a given figure wins over the recorded one. */
export const Item = z
  .strictObject({
    chip: ChipId.optional(),
    figures: ItemFigures.optional(),
    /** Who sells an item that is given by figures. */
    vendor: PartyId.optional(),
  })
  .refine((item) => item.chip !== undefined || item.figures !== undefined, {
    message: 'must name a chip, give figures, or both',
  });
export type Item = z.infer<typeof Item>;

/** An entry of a list, as the asker knows it. */
const Listing = z.strictObject({
  list: ListName,
  footnotes: z.array(Text).default([]),
  reviewPolicy: Text.nullable().default(null),
});

/** An owner of a party and its share, direct or indirect, in percent. Listed owners are added up. */
const Owner = z.strictObject({
  party: PartyId.optional(),
  name: Text.optional(),
  percent: z.number().min(0).max(100),
  /** What the asker knows beside the record. */
  listings: z.array(Listing).default([]),
});

/** Who takes part. Headquarters left out or null: the recorded ones, else unknown. */
export const AskedParty = z.strictObject({
  role: PartyRole,
  party: PartyId.optional(),
  name: Text.optional(),
  headquarters: CountryCode.nullable().optional(),
  /** Of the top owner; `self`: the party is its own. */
  ultimateParentHeadquarters: z
    .union([CountryCode, z.literal('self')])
    .nullable()
    .optional(),
  listings: z.array(Listing).default([]),
  owners: z.array(Owner).default([]),
});
export type AskedParty = z.infer<typeof AskedParty>;

/** A determination as it is asked: POST /v1/determinations, one or several. */
export const DeterminationQuestion = z.strictObject({
  item: Item,
  activity: Activity,
  /** The country the activity starts from; left out: unknown. */
  from: CountryCode.optional(),
  destination: CountryCode,
  parties: z.array(AskedParty).max(50).default([]),
  /** Answers to the named inputs of the provisions; one left out is assumed or unknown, as the record says. */
  inputs: z.record(z.string(), z.boolean()).default({}),
  assume: z
    .strictObject({
      /** Proposals, reports and bills that are counted as in force. */
      proposed: z.array(InstrumentId).max(50).default([]),
    })
    .default({ proposed: [] }),
  asOf: DayOrInstant.optional(),
  publishedBy: DayOrInstant.optional(),
  recordedBy: z.union([DayOrInstant, z.int().nonnegative()]).optional(),
});
/** A question whose defaults are filled in. */
export type DeterminationQuestion = z.infer<typeof DeterminationQuestion>;

/** What of a question the engine reads; the clocks are resolved by the caller. */
export type Asked = Omit<DeterminationQuestion, 'asOf' | 'publishedBy' | 'recordedBy'>;
