/** On which lists does a party stand, by which notices, and which entries have ended? */
import type { Slug } from '../../events/identity.ts';
import { subjectOf } from '../../events/identity.ts';
import type { Claim } from '../claim.ts';
import { hasBegun } from '../clocks.ts';
import type { Evidence } from '../evidence.ts';
import { described, isDateUncertain } from '../resolve.ts';
import { claimList, readingsBehind } from './claimList.ts';
import { dateText } from './nextChange.ts';

/** A name as notices vary it: case, spaces and punctuation aside. */
const plain = (name: string) =>
  name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

function isBefore(listing: Claim<'listing'>, delisting: Claim<'delisting'>): boolean {
  const days = delisting.from.earliest - listing.from.earliest;
  return days > 0 || (days === 0 && delisting.reading.position > listing.reading.position);
}

/** The delistings in effect that come after the entry, on the same list. */
function delistingsAfter(listing: Claim<'listing'>, evidence: Evidence): readonly Claim<'delisting'>[] {
  return evidence
    .claims(listing.subject, 'delisting')
    .filter((delisting) => delisting.value.list === listing.value.list)
    .filter((delisting) => isBefore(listing, delisting))
    .filter((delisting) => hasBegun(delisting.from, delisting.zone, evidence.clocks.asOf));
}

/** A delisting that prints no name ends the whole entry. */
function isNamed(name: string, delisting: Claim<'delisting'>): boolean {
  const { names } = delisting.value;
  return names.length === 0 || names.some((gone) => plain(gone) === plain(name));
}

/** An entry with the names that are still on the list, and the delisting that took the last one off. */
function entryOf(claim: Claim<'listing'>, evidence: Evidence) {
  const { list, by, from, footnotes, reviewPolicy, names } = claim.value;
  const later = delistingsAfter(claim, evidence);
  const left = names.filter((name) => !later.some((delisting) => isNamed(name, delisting)));
  const removed = names.filter((name) => !left.includes(name));
  const endedBy = later.findLast(
    (delisting) => names.length === 0 || names.some((name) => isNamed(name, delisting)),
  );
  const end = left.length === 0 ? (endedBy ?? null) : null;
  const asOf = evidence.clocks.asOf;
  return {
    list,
    by,
    from,
    footnotes,
    reviewPolicy,
    names: end === null ? left : names,
    removedNames: end === null ? removed : names,
    since: { on: dateText(claim.from), assumed: claim.assumed },
    dateUncertain: [claim, ...later].some((one) => isDateUncertain(one, asOf)),
    until: end === null ? null : dateText(end.from),
    endedBy: end?.value.by ?? null,
    claims: claimList(readingsBehind([claim, ...later]), evidence),
  };
}
export type ListingEntry = ReturnType<typeof entryOf>;

function entriesOf(evidence: Evidence, party: Slug): ListingEntry[] {
  return evidence
    .claims(subjectOf('party', party), 'listing')
    .filter((claim) => hasBegun(claim.from, claim.zone, evidence.clocks.asOf))
    .map((claim) => entryOf(claim, evidence));
}

/**
 * The entries of a party that are in force at `asOf`, earliest first. Entries add up: a later notice never hides an
 * earlier one, a delisting ends the names it prints, and an entry ends with its last name. `removedNames`: those
 * already taken off. `from` null: the notice gives no date, so `since` counts from its publication.
 */
export function listingsOf(evidence: Evidence, party: Slug): ListingEntry[] {
  return entriesOf(evidence, party).filter((entry) => entry.until === null);
}

/** The entries of a party that have ended by `asOf`; `until` is the first day off the list. */
export function pastListingsOf(evidence: Evidence, party: Slug): ListingEntry[] {
  return entriesOf(evidence, party).filter((entry) => entry.until !== null);
}

/** Every party with an entry in force or past, by id. `name` null: nothing visible says what it is called. */
export function listedPartiesView(evidence: Evidence) {
  return evidence.subjects('party').flatMap((party) => {
    const entries = entriesOf(evidence, party);
    if (entries.length === 0) return [];
    const name = described(evidence, subjectOf('party', party), 'name')?.winner.value ?? null;
    return [
      {
        party,
        name,
        listings: entries.filter((entry) => entry.until === null),
        past: entries.filter((entry) => entry.until !== null),
      },
    ];
  });
}
