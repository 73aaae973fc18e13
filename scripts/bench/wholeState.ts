/** How fast is the whole state, beside a fold of events that are already parsed? */
import { subjectKinds, subjectOf } from '../../events/identity.ts';
import type { Recorded } from '../../events/registry.ts';
import type { Claim } from '../../projections/claim.ts';
import { resolution } from '../../projections/claim.ts';
import { claimsOf } from '../../projections/claims/claimsOf.ts';
import type { Clocks } from '../../projections/clocks.ts';
import type { ClaimIndex } from '../../projections/claimIndex.ts';
import type { Keeper } from '../../projections/readings.ts';
import { contentAt, counts, isKeeper, readingOf } from '../../projections/readings.ts';
import { holds, resolve } from '../../projections/resolve.ts';
import { randomClocks } from './clocks.ts';
import { Dice } from './dice.ts';
import { eventsOf, indexIn } from './indexed.ts';
import type { Part } from './part.ts';
import { speedFigure } from './part.ts';
import { interleaved, secondsOf } from './rounds.ts';

/** How many attributes have a winner, of all subjects: the whole state, without its words. */
function winnersOf(claims: Iterable<Claim>, clocks: Clocks): number {
  const candidates = new Map<string, Claim[]>();
  for (const claim of claims) {
    if (resolution[claim.attribute] === 'set' || !holds(claim, clocks.asOf)) continue;
    const name = `${claim.subject} ${claim.attribute} ${claim.key}`;
    const rivals = candidates.get(name);
    if (rivals === undefined) candidates.set(name, [claim]);
    else rivals.push(claim);
  }
  let winners = 0;
  for (const rivals of candidates.values()) if (resolve(rivals) !== null) winners += 1;
  return winners;
}

function fromIndex(index: ClaimIndex, clocks: Clocks): number {
  const evidence = index.at(clocks);
  let winners = 0;
  for (const kind of subjectKinds) {
    for (const slug of evidence.subjects(kind))
      winners += winnersOf(evidence.allClaims(subjectOf(kind, slug)), clocks);
  }
  return winners;
}

/** One pass over the corrections, one over all events. */
function fromEvents(events: readonly Recorded[], clocks: Clocks): number {
  const keepers = new Map<string, Keeper[]>();
  for (const event of events) {
    if (isKeeper(event)) keepers.set(event.data.event, [...(keepers.get(event.data.event) ?? []), event]);
  }
  const keepersOf = (id: string) => keepers.get(id) ?? [];
  function* claims(): Generator<Claim> {
    for (const event of events) {
      const content = contentAt(event, keepersOf, clocks);
      if (content === null) continue;
      const reading = readingOf(event, content);
      if (counts(reading, clocks)) yield* claimsOf(reading);
    }
  }
  return winnersOf(claims(), clocks);
}

export const wholeState: Part = async ({ size, directory, rounds, progress }) => {
  const index = await indexIn(directory);
  const events = eventsOf(index);
  const asked = Array.from({ length: rounds + 1 }, (_, round) => randomClocks(new Dice(round), size));
  const clocksOf = (round: number) => asked[round] ?? randomClocks(new Dice(0), size);
  const found: number[] = [];
  let [ours, theirs] = [0, 0];
  progress('composing');
  const compared = await interleaved(
    rounds,
    () => secondsOf(() => found.push(fromIndex(index, clocksOf(ours++)))),
    () => secondsOf(() => found.push(fromEvents(events, clocksOf(theirs++)))),
  );
  const differ = Array.from({ length: rounds + 1 }, (_, round) => found[2 * round] !== found[2 * round + 1]);
  if (differ.includes(true)) throw new Error('the index and the fold do not have the same number of winners');
  const line = { what: 'whole state, 2,700 subjects', against: 'a fold of parsed events', size };
  return [speedFigure({ ...line, least: 15, growing: true }, compared)];
};
