/** Is a provision in force on a day? Its own dates, and what later acts did to it and to its instrument. */
import type { Day, Zone } from '../../events/dates.ts';
import { dayText, spanAsPrinted, spanIn } from '../../events/dates.ts';
import { slugOf } from '../../events/identity.ts';
import type { Provision, ProvisionDate } from '../../events/provision.ts';
import type { Recorded } from '../../events/registry.ts';
import { standings } from '../../events/values.ts';
import type { ForceStatus } from './answer.ts';
import { all, any, not } from './kleene.ts';
import type { Truth } from './kleene.ts';
import type { Bounds, Step } from './timeline.ts';
import { boundsOf, endsOf, hasBegunBy, stepsOf } from './timeline.ts';

/** Something that another instrument does to this one. `by: null`: the event does not name the act. */
interface Act {
  readonly by: string | null;
  readonly from: Bounds;
  readonly event: string;
}
interface Removal extends Act {
  readonly keys: ReadonlySet<string>;
}
interface Suspension extends Act {
  readonly until: Bounds | null;
  /** null: the whole instrument stops. */
  readonly keys: ReadonlySet<string> | null;
}
interface Enforcement extends Act {
  readonly enforcement: 'enforced' | 'not-enforced' | 'unknown';
}

/** What the visible events say about one instrument as a whole. */
export interface Instrument {
  readonly id: string;
  readonly title: string;
  readonly zone: Zone;
  /** Of a letter: whom it informs, and on which date. */
  readonly letter: { readonly to: string; readonly on: string } | null;
  /** Whether it was ever reported, proposed or before a legislature. */
  readonly wasProposed: boolean;
  /** The day from which it is more than a proposal: issued, announced or enacted. null: as far as is visible, it is not. */
  readonly issuedFrom: Day | null;
  readonly firstPublished: Day;
  readonly enacted: Act | null;
  readonly removals: readonly Removal[];
  readonly suspensions: readonly Suspension[];
  /** In the order in which a later one prevails. */
  readonly enforcement: readonly Enforcement[];
  readonly ends: readonly Act[];
}
export type Instruments = ReadonlyMap<string, Instrument>;

/** How a provision stands, and why, in words. */
export interface Force {
  readonly holds: Truth;
  readonly status: ForceStatus;
  readonly why: string;
}

const proposing: readonly string[] = ['RestrictionReported', 'RestrictionProposed', 'BillAdvanced'];
const issuing: readonly string[] = [
  'RestrictionIssued',
  'LetterIssued',
  'GuidanceIssued',
  'DirectionGiven',
  'PolicyStated',
  'TariffImposed',
];

/** Whether the provisions of an event are only proposed (determination.md, "Truth"). */
function isProposing(event: Recorded): boolean {
  return proposing.includes(event.type);
}

/** The zone in which the civil dates of an instrument are read: that of its authority's country. */
function zoneOfInstrument(events: readonly Recorded[], zoneOf: (country: string) => Zone): Zone {
  const head = events.find((event) => 'jurisdiction' in event.data);
  if (head !== undefined && 'jurisdiction' in head.data) return zoneOf(head.data.jurisdiction);
  const id = events[0] === undefined ? '' : slugOf(events[0].subject);
  return zoneOf(id.slice(0, 2).toUpperCase());
}

/** When an event counts from: the day it became true, else that of its publication. */
export function sinceOf(event: Recorded, zone: Zone): Bounds {
  return boundsOf(
    event.occurredOn === null ? spanAsPrinted(event.publishedOn) : spanIn(event.occurredOn, zone),
  );
}

function removalsOf(events: readonly Recorded[], zone: Zone): Removal[] {
  return events.flatMap((event) => {
    if (event.type !== 'RestrictionAmended' && event.type !== 'RestrictionCorrected') return [];
    if (event.data.removes.length === 0) return [];
    const printed = event.data.effectivity.find((e) => e.kind === 'effective' || e.kind === 'applicability');
    const on = event.data.removesFrom ?? printed?.on;
    const from = on === undefined ? sinceOf(event, zone) : boundsOf(spanIn(on, zone));
    return [{ by: event.data.by, from, event: event.id, keys: new Set(event.data.removes) }];
  });
}

function suspensionsOf(events: readonly Recorded[], zone: Zone): Suspension[] {
  return events.flatMap((event) => {
    if (event.type !== 'RestrictionSuspended') return [];
    const { by, from, until, provisions } = event.data;
    return [
      {
        by,
        from: boundsOf(spanIn(from, zone)),
        until: until === null ? null : boundsOf(spanIn(until, zone)),
        event: event.id,
        keys: provisions === undefined ? null : new Set(provisions),
      },
    ];
  });
}

/** Who wins among states that hold on a day: later start, better standing, later publication, later position. */
function byState(
  one: Recorded<'EnforcementChanged'>,
  other: Recorded<'EnforcementChanged'>,
  zone: Zone,
): number {
  return (
    spanIn(one.data.from, zone).earliest - spanIn(other.data.from, zone).earliest ||
    standings.indexOf(other.standing) - standings.indexOf(one.standing) ||
    spanAsPrinted(one.publishedOn).latest - spanAsPrinted(other.publishedOn).latest ||
    one.seq - other.seq
  );
}

function enforcementOf(events: readonly Recorded[], zone: Zone): Enforcement[] {
  return events
    .filter((event) => event.type === 'EnforcementChanged')
    .toSorted((one, other) => byState(one, other, zone))
    .map(({ id, data }) => ({
      by: data.by,
      from: boundsOf(spanIn(data.from, zone)),
      event: id,
      enforcement: data.enforcement,
    }));
}

function endsOfInstrument(events: readonly Recorded[], zone: Zone): Act[] {
  return events.flatMap((event) => {
    if (event.type === 'RestrictionEnded')
      return [{ by: event.data.by, from: boundsOf(spanIn(event.data.from, zone)), event: event.id }];
    if (event.type === 'BillAdvanced' && event.data.step === 'dropped')
      return [{ by: null, from: sinceOf(event, zone), event: event.id }];
    return [];
  });
}

function enactmentOf(events: readonly Recorded[], zone: Zone): Act | null {
  const event = events.find((step) => step.type === 'BillAdvanced' && step.data.step === 'enacted');
  return event === undefined ? null : { by: null, from: sinceOf(event, zone), event: event.id };
}

function letterOf(events: readonly Recorded[]): Instrument['letter'] {
  const letter = events.find((event) => event.type === 'LetterIssued');
  if (letter === undefined || letter.data.recipient === null) return null;
  return { to: letter.data.recipient, on: letter.occurredOn ?? letter.publishedOn };
}

function titleOf(events: readonly Recorded[]): string | null {
  const head = events.find((event) => 'title' in event.data);
  return head !== undefined && 'title' in head.data ? head.data.title : null;
}

function issuedFrom(events: readonly Recorded[], enacted: Act | null, zone: Zone): Day | null {
  const issues = events.filter((event) => issuing.includes(event.type)).map((event) => sinceOf(event, zone));
  const days = [...issues, ...(enacted === null ? [] : [enacted.from])].map(({ earliest }) => earliest);
  return days.length === 0 ? null : (Math.min(...days) as Day);
}

/** Whether it is only reported, proposed or before a legislature on a day; null: whenever, as far as is visible. */
export function isProposal({ wasProposed, issuedFrom: from }: Instrument, day: Day | null): boolean {
  return wasProposed && (from === null || (day !== null && day < from));
}

/** What the events of one instrument say about it as a whole. */
export function instrumentOf(
  id: string,
  events: readonly Recorded[],
  zoneOf: (country: string) => Zone,
): Instrument {
  const zone = zoneOfInstrument(events, zoneOf);
  const enacted = enactmentOf(events, zone);
  return {
    id,
    title: titleOf(events) ?? id,
    zone,
    letter: letterOf(events),
    wasProposed: events.some(isProposing),
    issuedFrom: issuedFrom(events, enacted, zone),
    firstPublished: Math.min(...events.map((event) => spanAsPrinted(event.publishedOn).latest)) as Day,
    enacted,
    removals: removalsOf(events, zone),
    suspensions: suspensionsOf(events, zone),
    enforcement: enforcementOf(events, zone),
    ends: endsOfInstrument(events, zone),
  };
}

/** What is supposed of instruments that are not enforced: `as-is`, or counted as enforced (step 8). */
export type Supposing = 'as-is' | 'enforced';

/** The question whether acts count on a day; `seen` keeps two acts that stop each other from asking for ever. */
interface Inquiry {
  readonly instruments: Instruments;
  readonly day: Day;
  readonly supposing: Supposing;
  readonly seen: readonly string[];
}

/** An act is ignored while its own instrument is suspended or not enforced; acts of proposals do nothing. */
function counts(act: Act, inquiry: Inquiry): Truth {
  const by = act.by === null ? undefined : inquiry.instruments.get(act.by);
  if (by === undefined || inquiry.seen.includes(by.id)) return true;
  if (isProposal(by, null)) return false;
  const inner = { ...inquiry, seen: [...inquiry.seen, by.id] };
  return all([not(isSuspended(by, null, inner)), isEnforced(by, inner)]);
}

function isSuspended(instrument: Instrument, key: string | null, inquiry: Inquiry): Truth {
  return any(
    instrument.suspensions.map((suspension) => {
      if (suspension.keys !== null && (key === null || !suspension.keys.has(key))) return false;
      const isOver = suspension.until === null ? false : hasBegunBy(suspension.until, inquiry.day);
      return all([hasBegunBy(suspension.from, inquiry.day), not(isOver), counts(suspension, inquiry)]);
    }),
  );
}

/** The state of enforcement that prevails on the day; null: no event speaks of it. */
function prevailing(instrument: Instrument, inquiry: Inquiry): Enforcement | null {
  const begun = instrument.enforcement.filter(
    (change) => change.from.earliest <= inquiry.day && counts(change, inquiry) !== false,
  );
  return begun.at(-1) ?? null;
}

function isEnforced(instrument: Instrument, inquiry: Inquiry): Truth {
  const change = prevailing(instrument, inquiry);
  if (change === null) return true;
  if (hasBegunBy(change.from, inquiry.day) === 'unknown' || counts(change, inquiry) === 'unknown')
    return 'unknown';
  if (change.enforcement === 'unknown') return 'unknown';
  return change.enforcement === 'enforced' || inquiry.supposing === 'enforced';
}

/** Whether a suspension ran out and no event says whether it was extended (domain.md). */
function hasLapsedSilently(instrument: Instrument, key: string, { day }: Inquiry): boolean {
  const lapsed = instrument.suspensions.filter(
    ({ until, keys }) => until !== null && until.latest <= day && (keys === null || keys.has(key)),
  );
  const last = Math.max(...lapsed.map(({ until }) => (until === null ? 0 : until.earliest)));
  return (
    lapsed.length > 0 &&
    !instrument.enforcement.some((change) => change.from.earliest >= last && change.from.earliest <= day)
  );
}

function hasEnded(instrument: Instrument, inquiry: Inquiry): Truth {
  return any(instrument.ends.map((end) => all([hasBegunBy(end.from, inquiry.day), counts(end, inquiry)])));
}

/** One provision with what its force depends on. */
export interface Dated {
  readonly provision: Provision;
  readonly instrument: Instrument;
  /** null: the event gives no date and is only a proposal. */
  readonly from: Bounds | null;
  readonly until: Bounds | null;
  readonly isProposed: boolean;
}

function boundsOfDate(date: ProvisionDate, zone: Zone): Bounds {
  if (typeof date === 'string') return boundsOf(spanIn(date, zone));
  return { earliest: spanIn(date.earliest, zone).earliest, latest: spanIn(date.latest, zone).latest };
}

function later(one: Bounds, other: Bounds): Bounds {
  return {
    earliest: Math.max(one.earliest, other.earliest) as Day,
    latest: Math.max(one.latest, other.latest) as Day,
  };
}

/** The day on which the provision of an event binds; without one in it, that on which the event counts from. */
function bindingFrom(provision: Provision, event: Recorded, instrument: Instrument): Bounds | null {
  const own = provision.from === null ? null : boundsOfDate(provision.from, instrument.zone);
  if (!isProposing(event)) return own ?? sinceOf(event, instrument.zone);
  if (instrument.enacted === null) return own;
  return own === null ? instrument.enacted.from : later(own, instrument.enacted.from);
}

/** A provision of an event, with its dates read in the zone of its instrument. */
export function datedOf(provision: Provision, event: Recorded, instrument: Instrument): Dated {
  return {
    provision,
    instrument,
    from: bindingFrom(provision, event, instrument),
    until: provision.until === null ? null : boundsOfDate(provision.until, instrument.zone),
    isProposed: isProposing(event) && instrument.enacted === null,
  };
}

function boundsText(bounds: Bounds): string {
  if (bounds.earliest === bounds.latest) return dayText(bounds.earliest);
  return `a day between ${dayText(bounds.earliest)} and ${dayText(bounds.latest)}`;
}

function byText(act: Act): string {
  return act.by === null ? '' : ` by ${act.by}`;
}

function removalOf(
  { provision, instrument }: Dated,
  inquiry: Inquiry,
): { act: Removal; holds: Truth } | null {
  const found = instrument.removals
    .filter((act) => act.keys.has(provision.key))
    .map((act) => ({ act, holds: all([hasBegunBy(act.from, inquiry.day), counts(act, inquiry)]) }))
    .filter(({ holds }) => holds !== false);
  return found.find(({ holds }) => holds === true) ?? found[0] ?? null;
}

function stopped(dated: Dated, inquiry: Inquiry): Force | null {
  const { provision, instrument } = dated;
  if (hasEnded(instrument, inquiry) === true)
    return { holds: false, status: 'ended', why: `${instrument.id} is still in force` };
  const removal = removalOf(dated, inquiry);
  if (removal?.holds === true)
    return {
      holds: false,
      status: 'ended',
      why: `not removed${byText(removal.act)} from ${boundsText(removal.act.from)}`,
    };
  if (isSuspended(instrument, provision.key, inquiry) !== true) return null;
  const until = instrument.suspensions.flatMap((s) => (s.until === null ? [] : [boundsText(s.until)])).at(-1);
  return {
    holds: false,
    status: 'suspended',
    why: `not suspended (it is, ${until === undefined ? 'with no end named' : `until ${until}`})`,
  };
}

function uncertain(dated: Dated, inquiry: Inquiry): Truth {
  const { provision, instrument } = dated;
  const removal = removalOf(dated, inquiry);
  return all([
    dated.from === null ? true : hasBegunBy(dated.from, inquiry.day),
    dated.until === null ? true : not(hasBegunBy(dated.until, inquiry.day)),
    not(hasEnded(instrument, inquiry)),
    removal === null ? true : not(removal.holds),
    not(isSuspended(instrument, provision.key, inquiry)),
    isEnforced(instrument, inquiry),
    hasLapsedSilently(instrument, provision.key, inquiry) ? 'unknown' : true,
  ]);
}

/** Why the record leaves it open whether the provision is in force. */
function whyUncertain(dated: Dated, inquiry: Inquiry): string {
  const isInside = dated.from !== null && hasBegunBy(dated.from, inquiry.day) === 'unknown';
  if (isInside && dated.from !== null) return `in force from ${boundsText(dated.from)}`;
  if (
    isEnforced(dated.instrument, inquiry) === 'unknown' ||
    hasLapsedSilently(dated.instrument, dated.provision.key, inquiry)
  )
    return `${dated.instrument.id} is enforced (the record does not say)`;
  return 'still in force (the record gives no exact day)';
}

function forceOn(dated: Dated, inquiry: Inquiry): Force {
  if (dated.isProposed) return { holds: false, status: 'proposed', why: 'in force (it is only proposed)' };
  if (dated.from !== null && hasBegunBy(dated.from, inquiry.day) === false)
    return { holds: false, status: 'scheduled', why: `in force from ${boundsText(dated.from)}` };
  if (dated.until !== null && hasBegunBy(dated.until, inquiry.day) === true)
    return { holds: false, status: 'ended', why: `in force until ${boundsText(dated.until)}` };
  const stop = stopped(dated, inquiry);
  if (stop !== null) return stop;
  if (isEnforced(dated.instrument, inquiry) === false)
    return { holds: false, status: 'not-enforced', why: `${dated.instrument.id} is enforced (it is not)` };
  if (uncertain(dated, inquiry) === 'unknown')
    return { holds: 'unknown', status: 'uncertain', why: whyUncertain(dated, inquiry) };
  const since = dated.from === null ? '' : ` from ${boundsText(dated.from)}`;
  return { holds: true, status: 'in-force', why: `in force${since}` };
}

/**
 * The days on which an instrument, or what may stop its acts, changes; each with the instrument that has the day.
 * Removals of other provisions than those in `keys` change nothing.
 */
export function actDaysOf(
  instrument: Instrument,
  keys: ReadonlySet<string>,
): { day: Day; instrument: string }[] {
  const acts: (Act & { until?: Bounds | null })[] = [
    ...instrument.removals.filter((removal) => [...removal.keys].some((key) => keys.has(key))),
    ...instrument.suspensions,
    ...instrument.enforcement,
    ...instrument.ends,
  ];
  return acts.flatMap((act) =>
    [act.from, ...(act.until === undefined || act.until === null ? [] : [act.until])]
      .flatMap(endsOf)
      .map((day) => ({ day, instrument: act.by ?? instrument.id })),
  );
}

/** The days of a provision's own dates. */
export function ownDaysOf({ from, until, instrument }: Dated): { day: Day; instrument: string }[] {
  return [from, until]
    .filter((bounds) => bounds !== null)
    .flatMap(endsOf)
    .map((day) => ({ day, instrument: instrument.id }));
}

/** How a provision stands over time: a step for every day on which that, or the reason, changes. */
export function forceOver(
  dated: Dated,
  instruments: Instruments,
  actDays: readonly Day[],
  supposing: Supposing,
): Step<Force>[] {
  return stepsOf(
    [...actDays, ...ownDaysOf(dated).map(({ day }) => day)],
    (day) => forceOn(dated, { instruments, day, supposing, seen: [] }),
    (one, other) => one.holds === other.holds && one.why === other.why,
  );
}
