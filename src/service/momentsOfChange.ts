/** When can an answer change? By what it read, the instants at which that can change; kept current with the log. */
import { LRUCache } from 'lru-cache';
import type { Subject, SubjectKind } from '../../events/identity.ts';
import { kindOf, slugOf } from '../../events/identity.ts';
import type { ChangeMoments, Second } from '../../projections/changeMoments.ts';
import { changeMomentsOf } from '../../projections/changeMoments.ts';
import type { Attribute, Reading } from '../../projections/claim.ts';
import type { ClaimIndex } from '../../projections/claimIndex.ts';
import type { Evidence } from '../../projections/evidence.ts';
import { placeAfter } from '../../projections/sorted.ts';

/** What a view can read. */
type What = 'claims' | 'readings' | 'event' | 'kind' | 'everything';
export interface Topic {
  readonly what: What;
  /** The subject, the id of an event, or the kind. */
  readonly of: string;
  /** Of `claims`; null: of all attributes. */
  readonly attribute: Attribute | null;
}

/** The topics that were read, each once. */
export class Topics {
  readonly #topics = new Map<string, Topic>();

  add(what: What, of: string, attribute: Attribute | null = null): void {
    const key = keyOf({ what, of, attribute });
    if (!this.#topics.has(key)) this.#topics.set(key, { what, of, attribute });
  }

  all(): Iterable<Topic> {
    return this.#topics.values();
  }
}

function keyOf({ what, of, attribute }: Topic): string {
  return `${what} ${of} ${attribute ?? ''}`;
}

/** The same evidence; what is read from it is noted. */
export function watched(evidence: Evidence, topics: Topics): Evidence {
  const on = <T>(found: T, ...topic: Parameters<Topics['add']>): T => {
    topics.add(...topic);
    return found;
  };
  return {
    clocks: evidence.clocks,
    claims: (subject, attribute, key) =>
      on(evidence.claims(subject, attribute, key), 'claims', subject, attribute),
    allClaims: (subject) => on(evidence.allClaims(subject), 'claims', subject),
    readings: (subject) => on(evidence.readings(subject), 'readings', subject),
    reading: (id) => on(evidence.reading(id), 'event', id),
    objections: (id) => on(evidence.objections(id), 'event', id),
    repetitions: (id) => on(evidence.repetitions(id), 'event', id),
    subjects: (kind) => on(evidence.subjects(kind), 'kind', kind),
    everything: (types) => on(evidence.everything(types), 'everything', ''),
    // As recorded, whatever the clocks say but for the position.
    log: (types) => evidence.log(types),
    recorded: (id) => evidence.recorded(id),
  };
}

/** The same evidence with one subject in its lists, for the part of a list that tells of it. */
export function only(subject: Subject, evidence: Evidence): Evidence {
  return {
    clocks: evidence.clocks,
    claims: (one, attribute, key) => evidence.claims(one, attribute, key),
    allClaims: (one) => evidence.allClaims(one),
    readings: (one) => evidence.readings(one),
    reading: (id) => evidence.reading(id),
    objections: (id) => evidence.objections(id),
    repetitions: (id) => evidence.repetitions(id),
    subjects: (kind) =>
      kind === kindOf(subject) && evidence.readings(subject).length > 0 ? [slugOf(subject)] : [],
    everything: (types) => evidence.everything(types),
    log: (types) => evidence.log(types),
    recorded: (id) => evidence.recorded(id),
  };
}

/** The moments of a reading that matter to a topic. */
function secondsOf(
  { what, of, attribute }: Topic,
  { known, begun, claims }: ChangeMoments,
): readonly Second[] {
  if (what === 'kind' || what === 'event') return known;
  if (what === 'readings') return [...known, ...begun];
  const claimed = claims.filter(
    (claim) =>
      what === 'everything' ||
      (claim.subject === of && (attribute === null || claim.attribute === attribute)),
  );
  if (claimed.length === 0 && attribute !== null) return [];
  return [...known, ...begun, ...claimed.flatMap((claim) => claim.seconds)];
}

/** How many readings' moments are kept. */
const keptReadings = 20_000;

/** Finds the moments of what was read in the index, whatever form corrections give its events. */
export class MomentsOfChange {
  readonly #index: ClaimIndex;
  readonly #moments = new LRUCache<number, ChangeMoments>({ max: keptReadings });
  readonly #sorted = new Map<string, readonly Second[]>();
  /** The size of the index for which `#sorted` holds. */
  #size = 0;

  constructor(index: ClaimIndex) {
    this.#index = index;
  }

  /** The span around a second in which nothing of the topics changes: `from` included, `to` not; ±Infinity: never. */
  around(second: Second, topics: Topics): { readonly from: Second; readonly to: Second } {
    let from = -Infinity;
    let to = Infinity;
    for (const topic of topics.all()) {
      const sorted = this.#secondsOf(topic);
      const place = placeAfter(sorted, (one) => one <= second);
      from = Math.max(from, sorted[place - 1] ?? -Infinity);
      to = Math.min(to, sorted[place] ?? Infinity);
    }
    return { from, to };
  }

  /** Every subject of the kinds that any event speaks of, in whatever form. */
  subjects(kinds: readonly SubjectKind[]): Subject[] {
    return kinds.flatMap((kind) => this.#index.subjectsEver(kind)).toSorted();
  }

  #secondsOf(topic: Topic): readonly Second[] {
    if (this.#size !== this.#index.size) {
      this.#sorted.clear();
      this.#size = this.#index.size;
    }
    const key = keyOf(topic);
    const known = this.#sorted.get(key);
    if (known !== undefined) return known;
    const found = new Set<Second>();
    for (const reading of this.#readingsOf(topic)) {
      for (const second of secondsOf(topic, this.#momentsOf(reading))) found.add(second);
      for (const keeper of this.#keepersOf(reading.event.id)) {
        for (const second of keeper) found.add(second);
      }
    }
    const sorted = [...found].toSorted((a, b) => a - b);
    this.#sorted.set(key, sorted);
    return sorted;
  }

  #readingsOf({ what, of }: Topic): readonly Reading[] {
    const index = this.#index;
    if (what === 'event') return index.positionsAbout(of).flatMap((position) => index.readingsAt(position));
    if (what === 'everything') return this.#everything();
    const subjects = what === 'kind' ? index.subjectsEver(of as SubjectKind) : [of as Subject];
    return subjects.flatMap((subject) => index.readingsEver(subject));
  }

  #everything(): Reading[] {
    const positions = Array.from({ length: this.#index.size }, (_, at) => at + 1);
    return positions.flatMap((position) => this.#index.readingsAt(position));
  }

  /** When what corrects or retracts an event comes to be known, what corrects that, and so on. */
  #keepersOf(id: string): (readonly Second[])[] {
    return this.#index
      .keepersOf(id)
      .flatMap((keeper) => [
        ...this.#index.readingsAt(keeper.seq + 1).map((reading) => this.#momentsOf(reading).known),
        ...this.#keepersOf(keeper.id),
      ]);
  }

  #momentsOf({ event, position, corrected }: Reading): ChangeMoments {
    // A corrected reading is one of several of its event.
    if (corrected) return changeMomentsOf(event);
    const known = this.#moments.get(position);
    if (known !== undefined) return known;
    const moments = changeMomentsOf(event);
    this.#moments.set(position, moments);
    return moments;
  }
}
