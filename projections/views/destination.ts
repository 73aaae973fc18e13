/** In which Country Groups is a destination on the day, and what does each membership rest on? */
import type { Day } from '../../events/dates.ts';
import { zoneOf } from '../../events/dates.ts';
import type { Subject } from '../../events/identity.ts';
import { subjectOf } from '../../events/identity.ts';
import type { Recorded } from '../../events/registry.ts';
import type { Claim } from '../claim.ts';
import { dayAt, hasBegun } from '../clocks.ts';
import { countryName } from '../determination/countries.ts';
import type { CountryGroups } from '../determination/countryGroups.ts';
import { countryGroups, laterSourceText, membership, readAs } from '../determination/countryGroups.ts';
import { grouped } from '../determination/grouped.ts';
import type { Evidence } from '../evidence.ts';
import type { Keeper } from '../readings.ts';
import { contentAt, isKeeper, keeperTypes } from '../readings.ts';
import { begunReadings, claimList } from './claimList.ts';
import { dateText, nextChangeOf } from './nextChange.ts';

const legalZone = zoneOf('US');
const treatedAs = 'treated-as:';
const codeUnits = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const remembered = new WeakMap<Evidence, ReadonlyMap<Subject, readonly Recorded[]>>();

/**
 * What the log says of destinations, whenever published: the table was public law all along, so an assumption from a
 * later source ignores `publishedBy` (determination.md, "Country Groups").
 */
function recordedByDestination(evidence: Evidence): ReadonlyMap<Subject, readonly Recorded[]> {
  const known = remembered.get(evidence);
  if (known !== undefined) return known;
  const keepers = grouped(
    evidence.log(keeperTypes).filter((event) => isKeeper(event)),
    (keeper): string => keeper.data.event,
  );
  const clocks = { position: evidence.clocks.position, publishedBy: null };
  const current = evidence
    .log(['CountryGroupsChanged'])
    .map((event) => contentAt(event, (id) => keepers.get(id) ?? none, clocks))
    .filter((event) => event !== null);
  const found = grouped(current, (event) => event.subject);
  remembered.set(evidence, found);
  return found;
}

function recordedOf(evidence: Evidence, codes: readonly string[]): readonly Recorded[] {
  return codes.flatMap((code) => recordedByDestination(evidence).get(subjectOf('destination', code)) ?? []);
}
const none: readonly Keeper[] = [];

function groupsOf(evidence: Evidence, codes: readonly string[]): CountryGroups {
  const visible = codes.flatMap((code) => evidence.readings(subjectOf('destination', code)));
  return countryGroups(recordedOf(evidence, codes), new Set(visible.map(({ event }) => event.id)), legalZone);
}

/** The visible event by which a membership stands: the last change that has begun, else the last observation. */
function groundOf(evidence: Evidence, code: string, group: string): Claim<'countryGroup'> | null {
  const begun = evidence
    .claims(subjectOf('destination', code), 'countryGroup', group)
    .filter((claim) => hasBegun(claim.from, claim.zone, evidence.clocks.asOf));
  return begun.findLast((claim) => claim.value.change !== 'observed') ?? begun.at(-1) ?? null;
}

function doubtOf(group: string, laterSource: Day | 'none' | null): string | null {
  if (laterSource === null) return null;
  const later = laterSourceText(laterSource);
  return later === null
    ? `That it is not in ${group} rests on no source.`
    : `This rests on a later source, of ${later}.`;
}

/** `basis`: a change in force, an observation by that day, a later source, or that no source names it. */
function membershipOf(evidence: Evidence, groups: CountryGroups, code: string, group: string) {
  const { holds, laterSource } = membership(groups, code, group, dayAt(evidence.clocks.asOf, legalZone));
  const claim = laterSource === null ? groundOf(evidence, code, group) : null;
  const change = claim?.value.change ?? null;
  const assumption = laterSource === null ? 'absence' : 'later-source';
  return {
    group,
    member: holds,
    basis: change === null ? assumption : change === 'observed' ? 'observation' : 'change',
    since: claim === null || change === 'observed' ? null : dateText(claim.from),
    by: claim?.value.by ?? null,
    event: claim?.reading.event.id ?? null,
    doubt: doubtOf(group, laterSource),
  };
}

function groupNames(evidence: Evidence, codes: readonly string[]): string[] {
  const named = recordedOf(evidence, codes)
    .filter((event) => event.type === 'CountryGroupsChanged')
    .map((event) => event.data.group);
  return [...new Set(named)].filter((group) => !group.startsWith(treatedAs)).toSorted(codeUnits);
}

function membershipsOf(evidence: Evidence, groups: CountryGroups, code: string) {
  return groupNames(evidence, [code]).map((group) => membershipOf(evidence, groups, code, group));
}

/** What stands in for a destination: Hong Kong is read as China, with China's groups. */
function arrangementOf(evidence: Evidence, groups: CountryGroups, code: string) {
  const standIn = readAs(groups, code, dayAt(evidence.clocks.asOf, legalZone));
  if (standIn === code) return null;
  const { since, by, event, doubt } = membershipOf(evidence, groups, code, `${treatedAs}${standIn}`);
  return { destination: standIn, since, by, event, doubt, groups: membershipsOf(evidence, groups, standIn) };
}

function standInsOf(evidence: Evidence, code: string): string[] {
  return recordedOf(evidence, [code])
    .filter((event) => event.type === 'CountryGroupsChanged')
    .map((event) => event.data.group)
    .filter((group) => group.startsWith(treatedAs))
    .map((group) => group.slice(treatedAs.length));
}

/**
 * A destination by its ISO 3166-1 code; null where no event of the record names it, whenever published. `groups`: every group that an event
 * of the destination names, with `member` true, false or `"unknown"` (inside an imprecise date); a group that is not
 * listed has no event, and the destination counts as outside. `treatedAs`: null, or the destination in whose place it
 * is read in every test, with the groups that then count.
 */
export function destinationView(evidence: Evidence, code: string) {
  const subject = subjectOf('destination', code);
  if (recordedOf(evidence, [code]).length === 0) return null;
  const groups = groupsOf(evidence, [code, ...standInsOf(evidence, code)]);
  return {
    id: code,
    name: countryName(code),
    groups: membershipsOf(evidence, groups, code),
    treatedAs: arrangementOf(evidence, groups, code),
    claims: claimList(begunReadings(evidence, subject), evidence),
    nextChange: nextChangeOf(
      evidence.claims(subject, 'countryGroup').filter((claim) => claim.value.change !== 'observed'),
      evidence.clocks.asOf,
    ),
  };
}
