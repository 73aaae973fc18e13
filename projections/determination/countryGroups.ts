/** Was a country in a Country Group on a day? Supplement No. 1 to 15 CFR part 740, as far as the record shows it. */
import type { Day, Zone } from '../../events/dates.ts';
import { dayText, spanIn } from '../../events/dates.ts';
import { slugOf } from '../../events/identity.ts';
import type { Recorded } from '../../events/registry.ts';
import { grouped } from './grouped.ts';
import type { Truth } from './kleene.ts';
import { not } from './kleene.ts';
import type { Bounds, Step } from './timeline.ts';
import { beginningOfTime, boundsOf, endsOf, hasBegunBy, stepOn, stepsOf } from './timeline.ts';

interface Shown {
  readonly change: 'added' | 'removed' | 'observed';
  readonly from: Bounds;
  /** Public by the limit of the question. */
  readonly isVisible: boolean;
  readonly by: string | null;
}

/** Whether a country is in a group. `laterSource`: the later day on which this rests; `none`: on no source at all. */
export interface Membership {
  readonly holds: Truth;
  readonly laterSource: Day | 'none' | null;
}

interface Country {
  /** The first day of which any event of the country speaks. */
  readonly firstDay: Day;
  readonly groups: ReadonlyMap<string, readonly Step<Membership>[]>;
  /** By `treated-as:` group, the country that stands in for this one. */
  readonly standIns: readonly { readonly country: string; readonly group: string }[];
  readonly changes: readonly { readonly day: Day; readonly subject: string }[];
}
export type CountryGroups = ReadonlyMap<string, Country>;

const treatedAs = 'treated-as:';

/** The last change that is visible and has begun; inside an imprecise date it is not known whether it has. */
function byChange(changes: readonly Shown[], day: Day): Truth | null {
  const last = changes.findLast(({ isVisible, from }) => isVisible && from.earliest <= day);
  if (last === undefined) return null;
  const begun = hasBegunBy(last.from, day);
  return last.change === 'added' ? begun : not(begun);
}

/**
 * The membership on a day (determination.md, "Country Groups"). A change that the question cannot see is still to
 * come; so an observation after it does not give it away.
 */
function membershipOn(shown: readonly Shown[], day: Day): Membership | null {
  const changes = shown.filter(({ change }) => change !== 'observed');
  const decided = byChange(changes, day);
  if (decided !== null) return { holds: decided, laterSource: null };
  const next = changes.find(({ isVisible, from }) => !isVisible || from.earliest > day);
  const observed = shown.filter(({ change }) => change === 'observed');
  const earlier = observed.findLast(
    ({ isVisible, from }) =>
      from.latest <= day && (isVisible || next === undefined || from.latest < next.from.earliest),
  );
  if (earlier !== undefined)
    return { holds: true, laterSource: earlier.isVisible ? null : earlier.from.latest };
  if (next !== undefined) return { holds: next.change === 'removed', laterSource: next.from.earliest };
  const later = observed[0];
  return later === undefined ? null : { holds: true, laterSource: later.from.latest };
}

function isSame(one: Membership | null, other: Membership | null): boolean {
  return one?.holds === other?.holds && one?.laterSource === other?.laterSource;
}

function stepsOfGroup(shown: readonly Shown[]): Step<Membership>[] {
  const days = shown.flatMap(({ from }) => endsOf(from));
  const steps = stepsOf(days, (day) => membershipOn(shown, day), isSame);
  return steps.flatMap(({ from, value }) => (value === null ? [] : [{ from, value }]));
}

function shownOf(event: Recorded<'CountryGroupsChanged'>, visible: ReadonlySet<string>, zone: Zone): Shown {
  const { change, from, by } = event.data;
  return { change, from: boundsOf(spanIn(from, zone)), isVisible: visible.has(event.id), by };
}

function byGroup(
  events: readonly Recorded<'CountryGroupsChanged'>[],
  visible: ReadonlySet<string>,
  zone: Zone,
): Map<string, Shown[]> {
  const groups = grouped(events, (event) => event.data.group);
  return new Map(
    [...groups].map(([group, list]) => [
      group,
      list
        .map((event) => shownOf(event, visible, zone))
        .toSorted((one, other) => one.from.earliest - other.from.earliest),
    ]),
  );
}

function countryOf(
  code: string,
  events: readonly Recorded<'CountryGroupsChanged'>[],
  visible: ReadonlySet<string>,
  zone: Zone,
): Country {
  const groups = byGroup(events, visible, zone);
  const shown = [...groups.values()].flat();
  return {
    firstDay: Math.min(...shown.map(({ from }) => from.earliest)) as Day,
    groups: new Map([...groups].map(([group, list]) => [group, stepsOfGroup(list)])),
    standIns: [...groups.keys()]
      .filter((group) => group.startsWith(treatedAs))
      .map((group) => ({ group, country: group.slice(treatedAs.length) })),
    changes: shown
      .filter(({ change, isVisible }) => change !== 'observed' && isVisible)
      .flatMap(({ from, by }) =>
        endsOf(from).map((day) => ({
          day,
          subject: by === null ? `destination:${code}` : `instrument:${by}`,
        })),
      ),
  };
}

/** The Country Groups by country. `visible`: the ids of the events that the question can see; dates are read in `zone`. */
export function countryGroups(
  recorded: readonly Recorded[],
  visible: ReadonlySet<string>,
  zone: Zone,
): CountryGroups {
  const byCountry = grouped(
    recorded.filter((event) => event.type === 'CountryGroupsChanged'),
    (event) => slugOf(event.subject),
  );
  return new Map([...byCountry].map(([code, events]) => [code, countryOf(code, events, visible, zone)]));
}

const outWithoutSource: Membership = { holds: false, laterSource: 'none' };
const out: Membership = { holds: false, laterSource: null };

/** Whether a country is in a group on a day, and whether that rests on a later source. */
export function membership(groups: CountryGroups, code: string, group: string, day: Day): Membership {
  const country = groups.get(code);
  if (country === undefined) return outWithoutSource;
  const steps = country.groups.get(group);
  if (steps !== undefined && steps[0]?.from === beginningOfTime) return stepOn(steps, day).value;
  return country.firstDay <= day ? out : outWithoutSource;
}

/** The country by which a country is read on a day: itself, or the one whose `treated-as:` group it is in. */
export function readAs(groups: CountryGroups, code: string, day: Day): string {
  const standIn = groups
    .get(code)
    ?.standIns.find(({ group }) => membership(groups, code, group, day).holds === true);
  return standIn === undefined ? code : standIn.country;
}

/** The days on which the groups of a country change, as far as the question can see. */
export function groupChangesOf(
  groups: CountryGroups,
  code: string,
): readonly { day: Day; subject: string }[] {
  const country = groups.get(code);
  return country === undefined ? [] : country.changes;
}

/** `YYYY-MM-DD` of the later source, or null where there is none. */
export function laterSourceText(source: Day | 'none'): string | null {
  return source === 'none' ? null : dayText(source);
}
