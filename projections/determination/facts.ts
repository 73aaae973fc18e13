/** What does one question ask about, on one date, against one record? The facts that provisions read. */
import type { Day, Zone } from '../../events/dates.ts';
import { spanIn, zoneOf } from '../../events/dates.ts';
import type { Activity, Metric, Provision, ProvisionKind, ProvisionOf } from '../../events/provision.ts';
import type { Recorded } from '../../events/registry.ts';
import type { Moment } from '../clocks.ts';
import { dayAt } from '../clocks.ts';
import type { Chip, KnownFigure } from './chips.ts';
import type { CountryGroups } from './countryGroups.ts';
import type { Dated, Force, Instrument, Instruments, Supposing } from './force.ts';
import { isProposal } from './force.ts';
import type { Judged, Leaf, RuleRef } from './judged.ts';
import type { Entry, Parties } from './parties.ts';
import { registrationOn } from './parties.ts';
import type { Asked, AskedParty, Item, ItemFigures } from './question.ts';
import type { Step } from './timeline.ts';
import { boundsOf } from './timeline.ts';

/** Judges a test against facts. */
export type Judge = (facts: Facts) => Judged;

/** How a provision stands, the leaf that says so, and all that is judged where it is not in force. */
export interface JudgedForce {
  readonly force: Force;
  readonly leaf: Leaf;
  readonly stopped: Judged;
}
/** How a provision stands over time. */
export type ForceSteps = readonly Step<JudgedForce>[];

/** A provision in the rule book. */
export interface Rule<P extends Provision = Provision> extends RuleRef {
  readonly provision: P;
  readonly dated: Dated;
  readonly force: Readonly<Record<Supposing, ForceSteps>>;
  /** Everything it asks for, its force first. */
  readonly judge: Judge;
  readonly doubts: readonly { readonly why: string; readonly when: Judge | null }[];
  /** Of an exception: when its notice is due; null: always, or it has none. */
  readonly noticeWhen: Judge | null;
}
export type RuleOf<Kind extends ProvisionKind> = Rule<ProvisionOf<Kind>>;

/** The kinds of provisions that can require a license or prohibit. */
export const requiringKinds = ['license-requirement', 'end-use', 'listing-policy', 'prohibition'] as const;
export type RequiringRule = RuleOf<(typeof requiringKinds)[number]>;

/** A named input: its question, and what is assumed where it is left open (null: nothing). */
export interface NamedInput {
  readonly name: string;
  readonly question: string;
  readonly assumed: boolean | null;
}

/** A day on which something changes, and the subjects that have that day. */
export interface ChangeDay {
  readonly day: Day;
  readonly subjects: readonly string[];
}

/** The whole record at a log position and a limit of publication, ordered for determinations. */
export interface RuleBook {
  readonly instruments: Instruments;
  /** Those that can change an outcome, by key. */
  readonly rules: ReadonlyMap<string, Rule>;
  /** Those that are not enforced on some day. */
  readonly unenforced: readonly Rule[];
  readonly requirements: readonly RequiringRule[];
  readonly testsByEccn: ReadonlyMap<string, readonly RuleOf<'control-test'>[]>;
  readonly testsByKey: ReadonlyMap<string, RuleOf<'control-test'>>;
  readonly exclusionsByEccn: ReadonlyMap<string, readonly RuleOf<'exclusion'>[]>;
  readonly exceptionsFor: ReadonlyMap<string, readonly RuleOf<'license-exception'>[]>;
  /** By rising order. */
  readonly policiesFor: ReadonlyMap<string, readonly RuleOf<'review-policy'>[]>;
  readonly interpretationsOf: ReadonlyMap<string, readonly RuleOf<'interpretation'>[]>;
  readonly shown: readonly RuleOf<'duty' | 'cap' | 'levy' | 'text'>[];
  readonly chips: ReadonlyMap<string, Chip>;
  readonly parties: Parties;
  readonly groups: CountryGroups;
  /** Every country of which the record has an event. */
  readonly countries: ReadonlySet<string>;
  readonly inputs: ReadonlyMap<string, NamedInput>;
  /** Instruments of which provisions that can be evaluated are visible that were only proposed. */
  readonly proposed: ReadonlySet<string>;
  readonly licenses: readonly Recorded<'LicenseDecided'>[];
  /** Days on which provisions change, sorted. */
  readonly changeDays: readonly ChangeDay[];
}

/** The zone in which the legal dates of the EAR, and of Country Groups, are read. */
export const legalZone: Zone = zoneOf('US');

/** The item of a question. `leaves`: what was judged of it, which no date changes. */
export interface ItemFacts {
  readonly chipId: string | null;
  readonly chip: Chip | null;
  readonly given: ItemFigures;
  /** Who sells it; null: neither the question nor the record says. */
  readonly vendor: string | null;
  readonly leaves: Map<object, Leaf>;
}

/** A party of a question on the date. Headquarters null: unknown. */
export interface PartyFacts {
  readonly role: AskedParty['role'];
  readonly label: string;
  readonly id: string | null;
  /** JSON pointer of the party in the question. */
  readonly pointer: string;
  readonly headquarters: string | null;
  readonly parentHeadquarters: string | null;
  readonly entries: readonly Entry[];
  readonly owners: readonly OwnerFacts[];
}

/** An owner of a party. `percent: null`: the record names the owner and no share. */
export interface OwnerFacts {
  readonly label: string;
  readonly percent: number | null;
  readonly entries: readonly Entry[];
}

/** One question on one date. */
export interface Facts {
  readonly book: RuleBook;
  readonly asked: Asked;
  readonly item: ItemFacts;
  readonly parties: readonly PartyFacts[];
  readonly proposed: ReadonlySet<string>;
  readonly moment: Moment;
  /** The civil day of the legal zone. */
  readonly day: Day;
  readonly supposing: Supposing;
  /** Whether open inputs, the exporter and listings are assumed, or left unknown. */
  readonly isAssuming: boolean;
  /** What was judged on this date already, by ECCN or provision. */
  readonly memo: Map<string, Judged>;
}

/** The civil day of a question in the zone of an instrument. */
export function dayIn(facts: Facts, zone: Zone): Day {
  return facts.moment.kind === 'day' ? facts.moment.day : dayAt(facts.moment, zone);
}

/** The item of a question, as the record describes it. */
export function itemFactsOf(book: RuleBook, item: Item): ItemFacts {
  const chip = item.chip === undefined ? null : (book.chips.get(item.chip) ?? null);
  return {
    chipId: item.chip ?? null,
    chip,
    given: item.figures ?? {},
    vendor: item.vendor ?? (chip === null ? null : chip.vendor),
    leaves: new Map(),
  };
}

const defaults: Partial<Readonly<Record<Metric, string | boolean>>> = {
  form: 'chip',
  isMemoryStack: false,
  isAcceleratorDie: false,
};
const unknownFigure: KnownFigure = { known: false, reason: 'the question gives no figure' };

function sumOfBandwidths(item: ItemFacts): KnownFigure {
  const memory = figureOf(item, 'memoryBandwidthGBps');
  const links = figureOf(item, 'interconnectGBps');
  if (!memory.known) return memory;
  if (!links.known) return links;
  const value = Number(memory.value) + Number(links.value);
  return { known: true, value, doubts: [...memory.doubts, ...links.doubts], others: [] };
}

/** A figure of the item: as given, else as recorded, else by default. */
export function figureOf(item: ItemFacts, metric: Metric): KnownFigure {
  const given = item.given[metric];
  if (given !== undefined) return { known: true, value: given, doubts: [], others: [] };
  if (metric === 'memoryPlusInterconnectGBps') return sumOfBandwidths(item);
  const byDefault = defaults[metric];
  if (byDefault !== undefined) return { known: true, value: byDefault, doubts: [], others: [] };
  if (item.chip === null) return unknownFigure;
  if (metric === 'madeForMarket' && item.chip.madeForMarket !== null)
    return { known: true, value: item.chip.madeForMarket, doubts: [], others: [] };
  return item.chip.figures.get(metric) ?? { known: false, reason: 'the record has no figure' };
}

const always = boundsOf(spanIn('0001-01-01', 'utc'));

function entriesGiven(listings: AskedParty['listings']): Entry[] {
  return listings.map((listing) => ({ ...listing, from: always, until: null }));
}

function entriesOf(book: RuleBook, id: string | undefined, given: AskedParty['listings']): Entry[] {
  const party = id === undefined ? undefined : book.parties.get(id);
  return [...(party === undefined ? [] : party.entries), ...entriesGiven(given)];
}

function ownersOf(book: RuleBook, asked: AskedParty, parent: string | null): OwnerFacts[] {
  const given = asked.owners.map((owner) => ({
    label: owner.party ?? owner.name ?? 'an owner',
    percent: owner.percent,
    entries: entriesOf(book, owner.party, owner.listings),
  }));
  if (parent === null || asked.owners.some((owner) => owner.party === parent)) return given;
  return [...given, { label: parent, percent: null, entries: entriesOf(book, parent, []) }];
}

/** A party of the question on a day; what the question gives fills in what the record leaves open. */
export function partyFactsOf(book: RuleBook, asked: AskedParty, index: number, day: Day): PartyFacts {
  const party = asked.party === undefined ? undefined : book.parties.get(asked.party);
  const registered = party === undefined ? null : registrationOn(party, day);
  const headquarters = registered?.headquarters ?? asked.headquarters ?? null;
  const parent =
    asked.ultimateParentHeadquarters === 'self' ? headquarters : asked.ultimateParentHeadquarters;
  return {
    role: asked.role,
    label: party?.name ?? asked.name ?? `the ${asked.role}`,
    id: asked.party ?? null,
    pointer: `/parties/${index}`,
    headquarters,
    parentHeadquarters: registered?.ultimateParentHeadquarters ?? parent ?? null,
    entries: entriesOf(book, asked.party, asked.listings),
    owners: ownersOf(book, asked, registered === null ? null : registered.parent),
  };
}

/** What is supposed beyond the question. */
export interface Suppositions {
  readonly supposing: Supposing;
  readonly isAssuming: boolean;
}
export const asItIs: Suppositions = { supposing: 'as-is', isAssuming: true };

function isNotIssuedBy(instrument: Instrument | undefined, day: Day): boolean {
  return instrument === undefined || isProposal(instrument, day);
}

/** The facts of a question at a moment. `item` can be kept from one moment to the next. */
export function factsOf(
  book: RuleBook,
  asked: Asked,
  moment: Moment,
  suppositions: Suppositions = asItIs,
  item: ItemFacts = itemFactsOf(book, asked.item),
): Facts {
  const day = dayAt(moment, legalZone);
  return {
    book,
    asked,
    item,
    parties: asked.parties.map((party, index) => partyFactsOf(book, party, index, day)),
    // What was issued is assumed no longer: from that day on its own provisions speak.
    proposed: new Set(asked.assume.proposed.filter((id) => isNotIssuedBy(book.instruments.get(id), day))),
    moment,
    day,
    ...suppositions,
    memo: new Map(),
  };
}

/** The same question on the same date under other suppositions. */
export function supposing(facts: Facts, other: Partial<Suppositions>): Facts {
  return { ...facts, ...other, memo: new Map() };
}

/** The activities that a provision names; null: none. */
export function activitiesOf(provision: Provision): readonly Activity[] | null {
  return 'activities' in provision && provision.activities !== undefined ? provision.activities : null;
}
