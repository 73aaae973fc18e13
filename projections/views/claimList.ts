/** On which events does an answer rest, and who said so? The `claims` and `alternatives` of every answer. */
import { spanAsPrinted } from '../../events/dates.ts';
import type { Subject } from '../../events/identity.ts';
import type { Attribute, Attributes, Claim, Reading } from '../claim.ts';
import { hasBegun, wasPublic } from '../clocks.ts';
import type { Evidence } from '../evidence.ts';
import type { Loser, Resolved } from '../resolve.ts';
import { isDateUncertain } from '../resolve.ts';
import { objectorsOf, statusOf } from '../status.ts';
import { dateText } from './nextChange.ts';

/** One event as an answer cites it. Sources dated after `publishedBy` are withheld and counted in `laterSources`. */
export function claimEntry(reading: Reading, evidence: Evidence) {
  const { event } = reading;
  const limit = evidence.clocks.publishedBy;
  const known = event.sources.filter(
    (source) => source.publishedOn === null || wasPublic(spanAsPrinted(source.publishedOn), limit),
  );
  return {
    event: event.id,
    position: reading.position,
    type: event.type,
    subject: event.subject,
    publishedOn: event.publishedOn,
    occurredOn: event.occurredOn,
    standing: event.standing,
    status: statusOf(reading, evidence),
    summary: event.summary,
    attribution: event.attribution,
    sources: known,
    laterSources: event.sources.length - known.length,
    doubts: event.doubts,
    notes: event.notes,
  };
}
export type ClaimEntry = ReturnType<typeof claimEntry>;

const newestFirst = (a: Reading, b: Reading) =>
  b.publication.latest - a.publication.latest || b.position - a.position;

/** The events behind an answer, newest first, with those that speak against them. */
export function claimList(readings: Iterable<Reading>, evidence: Evidence): ClaimEntry[] {
  const cited = new Set<Reading>();
  for (const reading of readings) {
    cited.add(reading);
    for (const objector of objectorsOf(reading, evidence)) cited.add(objector);
  }
  return [...new Map([...cited].map((reading) => [reading.event.id, reading])).values()]
    .toSorted(newestFirst)
    .map((reading) => claimEntry(reading, evidence));
}

/** Whether two values are the same to a reader. */
export function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** A value that another source gives for the same thing, and why it did not win. */
export interface Alternative {
  readonly attribute: string;
  readonly value: Attributes[Attribute];
  readonly claim: string;
  readonly lostBecause: string;
}

function isDisagreement(loser: Loser, winner: Claim): boolean {
  return loser.because !== 'superseded by a later state' && !isSame(loser.claim.value, winner.value);
}

/** The losing values that differ from the winner's; a state that a later one superseded is history and not one of them. */
export function alternativesOf(resolutions: readonly (Resolved | null)[], name?: string): Alternative[] {
  return resolutions.flatMap((resolution) =>
    resolution === null
      ? []
      : resolution.losers
          .filter((loser) => isDisagreement(loser, resolution.winner))
          .map((loser) => ({
            attribute: name ?? loser.claim.attribute,
            value: loser.claim.value,
            claim: loser.claim.reading.event.id,
            lostBecause: loser.because,
          })),
  );
}

/** When a fact began: `on` as printed; `assumed` where it only counts from publication; `dateUncertain` inside an imprecise date. */
export function sinceText(claim: Claim, evidence: Evidence) {
  return {
    on: dateText(claim.from),
    assumed: claim.assumed,
    dateUncertain: isDateUncertain(claim, evidence.clocks.asOf),
  };
}

/** The readings behind claims, each once. */
export function readingsBehind(claims: readonly Claim[]): Reading[] {
  return [...new Set(claims.map((claim) => claim.reading))];
}

/** The readings of which some claim about the subject has begun at `asOf`. */
export function begunReadings(evidence: Evidence, subject: Subject): Reading[] {
  return readingsBehind(
    evidence.allClaims(subject).filter((claim) => hasBegun(claim.from, claim.zone, evidence.clocks.asOf)),
  );
}
