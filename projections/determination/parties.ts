/** Who is a party on a day: where is it headquartered, who owns it, and on which lists does it stand? */
import type { Day } from '../../events/dates.ts';
import { spanAsPrinted, spanIn, utc, zoneOf } from '../../events/dates.ts';
import { slugOf } from '../../events/identity.ts';
import type { ReviewPolicyName } from '../../events/provision.ts';
import { reviewPolicies } from '../../events/provision.ts';
import type { Recorded } from '../../events/registry.ts';
import { standings } from '../../events/values.ts';
import { grouped } from './grouped.ts';
import type { Truth } from './kleene.ts';
import { all, not } from './kleene.ts';
import type { Bounds } from './timeline.ts';
import { boundsOf, endsOf, hasBegunBy } from './timeline.ts';

/** An entry of a list, with the days on which it stands there. */
export interface Entry {
  readonly list: string;
  readonly from: Bounds;
  /** null: no visible notice takes it off. */
  readonly until: Bounds | null;
  readonly footnotes: readonly string[];
  /** As the notice prints it; null: it prints none. */
  readonly reviewPolicy: string | null;
}
interface Registration {
  readonly from: Bounds;
  readonly headquarters: string | null;
  readonly parent: string | null;
  readonly ultimateParentHeadquarters: string | null;
}
/** A party as the visible events know it. */
export interface Party {
  readonly id: string;
  readonly name: string;
  /** In the order in which they begin. */
  readonly registrations: readonly Registration[];
  readonly entries: readonly Entry[];
}
export type Parties = ReadonlyMap<string, Party>;

const zone = zoneOf('US');

function sinceOf(event: Recorded, from: string | null): Bounds {
  const on = from ?? event.occurredOn;
  return boundsOf(on === null ? spanAsPrinted(event.publishedOn) : spanIn(on, zone));
}

function registrationOf(event: Recorded<'PartyRegistered'>): Registration {
  const { headquarters, parent, ultimateParentHeadquarters } = event.data;
  return {
    from: boundsOf(
      event.occurredOn === null ? spanAsPrinted(event.publishedOn) : spanIn(event.occurredOn, utc),
    ),
    headquarters,
    parent,
    ultimateParentHeadquarters:
      ultimateParentHeadquarters === 'self' ? headquarters : ultimateParentHeadquarters,
  };
}

/** When the last of an entry's names is taken off its list; null: one still stands there. */
function delistedOn(
  entry: Recorded<'PartyListed'>,
  notices: readonly Recorded<'PartyDelisted'>[],
): Bounds | null {
  const since = sinceOf(entry, entry.data.from).earliest;
  const relevant = notices.filter(
    (notice) => notice.data.list === entry.data.list && sinceOf(notice, notice.data.from).latest >= since,
  );
  const ends = entry.data.names.map((name) => relevant.find((notice) => notice.data.names.includes(name)));
  let last: Bounds | null = null;
  for (const notice of ends) {
    if (notice === undefined) return null;
    const on = sinceOf(notice, notice.data.from);
    if (last === null || on.latest > last.latest) last = on;
  }
  return last;
}

function entryOf(event: Recorded<'PartyListed'>, notices: readonly Recorded<'PartyDelisted'>[]): Entry {
  const { list, from, footnotes, reviewPolicy } = event.data;
  return { list, from: sinceOf(event, from), until: delistedOn(event, notices), footnotes, reviewPolicy };
}

function byState(one: Recorded<'PartyRegistered'>, other: Recorded<'PartyRegistered'>): number {
  return (
    registrationOf(one).from.earliest - registrationOf(other).from.earliest ||
    standings.indexOf(other.standing) - standings.indexOf(one.standing) ||
    spanAsPrinted(one.publishedOn).latest - spanAsPrinted(other.publishedOn).latest ||
    one.seq - other.seq
  );
}

function partyOf(id: string, events: readonly Recorded[]): Party {
  const registered = events.filter((event) => event.type === 'PartyRegistered').toSorted(byState);
  const notices = events.filter((event) => event.type === 'PartyDelisted');
  const last = registered.at(-1);
  return {
    id,
    name: last === undefined ? id : last.data.name,
    registrations: registered.map(registrationOf),
    entries: events.filter((event) => event.type === 'PartyListed').map((event) => entryOf(event, notices)),
  };
}

/** The parties that visible events register or list. */
export function partiesOf(visible: readonly Recorded[]): Map<string, Party> {
  const events = visible.filter(
    ({ type }) => type === 'PartyRegistered' || type === 'PartyListed' || type === 'PartyDelisted',
  );
  return new Map(
    [...grouped(events, (event) => slugOf(event.subject))].map(([id, list]) => [id, partyOf(id, list)]),
  );
}

/** Who the party is on a day; before its first registration, as that one has it. */
export function registrationOn(party: Party, day: Day): Registration | null {
  const begun = party.registrations.findLast(({ from }) => from.earliest <= day);
  return begun ?? party.registrations[0] ?? null;
}

/** Whether an entry stands on its list on a day. */
export function standsOn(entry: Entry, day: Day): Truth {
  return all([hasBegunBy(entry.from, day), entry.until === null ? true : not(hasBegunBy(entry.until, day))]);
}

/** The days on which what is known of a party changes. */
export function partyChangesOf(party: Party): Day[] {
  return [
    ...party.registrations.map(({ from }) => from.earliest),
    ...party.entries.flatMap(({ from, until }) => [
      ...endsOf(from),
      ...(until === null ? [] : endsOf(until)),
    ]),
  ];
}

/** The policies of review that the text of an entry names, strictest last; several where it makes distinctions. */
export function policiesNamed(text: string): ReviewPolicyName[] {
  const words = text.toLowerCase().replaceAll('-', ' ');
  return reviewPolicies.filter((policy) => words.includes(policy.replaceAll('-', ' ')));
}
