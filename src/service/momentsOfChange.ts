/** When can an answer change? By what it read, the instants at which that can change; kept current with the log. */
import type { EventId } from '../../events/identity.ts';
import { kindOf } from '../../events/identity.ts';
import type { Recorded } from '../../events/registry.ts';
import type { ChangeMoments, Second } from '../../projections/changeMoments.ts';
import { changeMomentsOf } from '../../projections/changeMoments.ts';
import type { ClaimIndex } from '../../projections/claimIndex.ts';
import { subjectsOf } from '../../projections/claims/claimsOf.ts';
import type { Evidence } from '../../projections/evidence.ts';
import { objectionsIn, repeatedBy } from '../../projections/evidence.ts';
import type { Keeper } from '../../projections/readings.ts';
import { isKeeper, readingsOf } from '../../projections/readings.ts';

/** Something that a view can read: a subject, the subjects of a kind, an event, or all events. */
type Topic = string;
const everything: Topic = 'everything';
const kindTopic = (kind: string): Topic => `kind ${kind}`;

/** The same evidence; `read` hears of every topic that is read from it. */
export function watched(evidence: Evidence, read: (topic: Topic) => void): Evidence {
  const on = <T>(topic: Topic, found: T): T => {
    read(topic);
    return found;
  };
  return {
    clocks: evidence.clocks,
    claims: (subject, attribute, key) => on(subject, evidence.claims(subject, attribute, key)),
    allClaims: (subject) => on(subject, evidence.allClaims(subject)),
    readings: (subject) => on(subject, evidence.readings(subject)),
    reading: (id) => on(id, evidence.reading(id)),
    objections: (id) => on(id, evidence.objections(id)),
    repetitions: (id) => on(id, evidence.repetitions(id)),
    subjects: (kind) => on(kindTopic(kind), evidence.subjects(kind)),
    everything: () => on(everything, evidence.everything()),
    // As recorded, whatever the clocks say but for the position.
    log: () => evidence.log(),
  };
}

const noKeepers: readonly Keeper[] = [];

function joined(parts: readonly ChangeMoments[]): ChangeMoments {
  return {
    publication: [...new Set(parts.flatMap((part) => part.publication))],
    all: [...new Set(parts.flatMap((part) => part.all))],
  };
}

/** The place of the first number of a sorted list that is greater than a limit. */
function placeAfter(limit: number, sorted: readonly number[]): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? Infinity) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The topics to which an event matters, by its moments. */
interface Filed {
  readonly moments: ChangeMoments;
  readonly topics: ReadonlySet<Topic>;
}

/** Files each event of the index under the topics that it can change, in whatever form corrections give it. */
export class MomentsOfChange {
  readonly #index: ClaimIndex;
  readonly #filed = new Map<string, Filed>();
  readonly #eventsOf = new Map<Topic, Set<string>>();
  readonly #keepers = new Map<string, Keeper[]>();
  readonly #sorted = new Map<Topic, readonly Second[]>();
  #taken = 0;

  constructor(index: ClaimIndex) {
    this.#index = index;
  }

  /** The span around a second in which nothing of the topics changes: `from` included, `to` not; ±Infinity: never. */
  around(second: Second, topics: Iterable<Topic>): { readonly from: Second; readonly to: Second } {
    this.#catchUp();
    let from = -Infinity;
    let to = Infinity;
    for (const topic of topics) {
      const sorted = this.#of(topic);
      const place = placeAfter(second, sorted);
      from = Math.max(from, sorted[place - 1] ?? -Infinity);
      to = Math.min(to, sorted[place] ?? Infinity);
    }
    return { from, to };
  }

  #of(topic: Topic): readonly Second[] {
    const known = this.#sorted.get(topic);
    if (known !== undefined) return known;
    const isKind = topic.startsWith('kind ');
    const found = new Set<Second>();
    for (const id of this.#eventsOf.get(topic) ?? []) {
      const moments = this.#filed.get(id)?.moments;
      for (const second of (isKind ? moments?.publication : moments?.all) ?? []) found.add(second);
    }
    const sorted = [...found].toSorted((a, b) => a - b);
    this.#sorted.set(topic, sorted);
    return sorted;
  }

  #catchUp(): void {
    if (this.#taken === this.#index.size) return;
    this.#sorted.clear();
    while (this.#taken < this.#index.size) {
      this.#taken += 1;
      const event = this.#index.recordedAt(this.#taken);
      if (event !== undefined) this.#take(event);
    }
  }

  #take(event: Recorded): void {
    this.#file(event);
    let keeper = event;
    const seen = new Set<string>();
    while (isKeeper(keeper) && !seen.has(keeper.id)) {
      seen.add(keeper.id);
      const target = this.#index.recordedAt(this.#index.positionOf(keeper.data.event) ?? 0);
      if (target === undefined) return;
      if (seen.size === 1) this.#keepersOf(target.id, keeper);
      this.#file(target);
      keeper = target;
    }
  }

  #keepersOf(id: EventId, keeper: Keeper): void {
    this.#keepers.set(id, [...(this.#keepers.get(id) ?? noKeepers), keeper]);
  }

  /** An event, what corrects or retracts it, what corrects that, and so on. */
  #family(event: Recorded): Recorded[] {
    const keepers = this.#keepers.get(event.id) ?? noKeepers;
    return [event, ...keepers.flatMap((keeper) => this.#family(keeper))];
  }

  /** An event and every form that corrections can give it. */
  #forms(event: Recorded): Recorded[] {
    if (!this.#keepers.has(event.id)) return [event];
    const readings = readingsOf(event, (id) => this.#keepers.get(id) ?? noKeepers);
    return [event, ...readings.map(({ reading }) => reading.event)];
  }

  #file(event: Recorded): void {
    const family = this.#family(event);
    const forms = [...family.slice(1).flatMap((keeper) => this.#forms(keeper)), ...this.#forms(event)];
    const subjects = forms.flatMap((form) => [...subjectsOf(form)]);
    const objects = forms.flatMap((form) => objectionsIn(form).map(({ to }) => to));
    const topics = new Set<Topic>([
      everything,
      ...subjects,
      ...subjects.map((subject) => kindTopic(kindOf(subject))),
      ...family.map(({ id }) => id),
      ...objects,
      ...forms.flatMap((form) => repeatedBy(form)),
    ]);
    this.#filed.set(event.id, { moments: joined(forms.map(changeMomentsOf)), topics });
    for (const topic of topics) {
      const ids = this.#eventsOf.get(topic);
      if (ids === undefined) this.#eventsOf.set(topic, new Set([event.id]));
      else ids.add(event.id);
    }
  }
}
