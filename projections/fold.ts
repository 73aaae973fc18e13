/** What is known, computed from scratch? The oracle: slow, plain, with nothing remembered. */
import type { EventId, Slug, Subject, SubjectKind } from '../events/identity.ts';
import { kindOf, slugOf } from '../events/identity.ts';
import type { Recorded } from '../events/registry.ts';
import type { Attribute, Claim, Reading } from './claim.ts';
import { claimsOf, subjectsOf } from './claims/claimsOf.ts';
import type { Clocks } from './clocks.ts';
import type { Evidence } from './evidence.ts';
import { objectionsIn, repeatedBy } from './evidence.ts';
import type { Keeper } from './readings.ts';
import { contentAt, counts, isKeeper, readingOf } from './readings.ts';

function visibleReadings(log: readonly Recorded[], clocks: Clocks): Reading[] {
  const keepers = log.filter((event) => isKeeper(event));
  const keepersOf = (id: string): Keeper[] => keepers.filter((keeper) => keeper.data.event === id);
  return log
    .map((event) => {
      const content = contentAt(event, keepersOf, clocks);
      return content === null ? null : readingOf(event, content);
    })
    .filter((reading) => reading !== null)
    .filter((reading) => counts(reading, clocks));
}

const byBeginning = (a: Claim, b: Claim) =>
  a.from.earliest - b.from.earliest || a.reading.position - b.reading.position;

/** The evidence at the clocks, from all events of the log in order. */
export function fold(events: readonly Recorded[], clocks: Clocks): Evidence {
  const log = events.slice(0, clocks.position);
  const readings = visibleReadings(log, clocks);
  const claims = readings.flatMap(claimsOf).toSorted(byBeginning);
  const speaksOf = (reading: Reading, subject: Subject) => subjectsOf(reading.event).has(subject);
  return {
    clocks,
    claims: <A extends Attribute>(subject: Subject, attribute: A, key?: string) =>
      claims.filter(
        (claim): claim is Claim<A> =>
          claim.subject === subject &&
          claim.attribute === attribute &&
          (key === undefined || claim.key === key),
      ),
    allClaims: (subject) => claims.filter((claim) => claim.subject === subject),
    readings: (subject) => readings.filter((reading) => speaksOf(reading, subject)),
    reading: (id: EventId) => readings.find((reading) => reading.event.id === id) ?? null,
    objections: (id) =>
      readings.flatMap((reading) =>
        objectionsIn(reading.event)
          .filter((objection) => objection.to === id)
          .map((objection) => ({ reading, how: objection.how })),
      ),
    repetitions: (id) => readings.filter((reading) => repeatedBy(reading.event).includes(id)),
    subjects: (kind: SubjectKind): Slug[] =>
      [...new Set(readings.flatMap((reading) => [...subjectsOf(reading.event)]))]
        .filter((subject) => kindOf(subject) === kind)
        .map(slugOf)
        .toSorted((a, b) => (a < b ? -1 : 1)),
    everything: (types) =>
      types === undefined ? readings : readings.filter((reading) => types.includes(reading.event.type)),
    log: (types) => log.filter((event) => types.includes(event.type)),
    recorded: (id) => log.find((event) => event.id === id) ?? null,
  };
}
