/** When can an answer change? By what it read, the instants at which that can change; kept current with the log. */
import type { EventId, Subject, SubjectKind } from '../../events/identity.ts';
import { kindOf, slugOf } from '../../events/identity.ts';
import type { Recorded } from '../../events/registry.ts';
import type { ChangeMoments, Second } from '../../projections/changeMoments.ts';
import { changeMomentsOf } from '../../projections/changeMoments.ts';
import type { Attribute } from '../../projections/claim.ts';
import type { ClaimIndex } from '../../projections/claimIndex.ts';
import { subjectsOf } from '../../projections/claims/claimsOf.ts';
import type { Evidence } from '../../projections/evidence.ts';
import { objectionsIn, repeatedBy } from '../../projections/evidence.ts';
import type { Keeper } from '../../projections/readings.ts';
import { isKeeper, readingsOf } from '../../projections/readings.ts';

/** What a view can read. */
type What = 'claims' | 'readings' | 'event' | 'kind' | 'merges' | 'everything';
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
    claims: (subject, attribute, key) => {
      const found = evidence.claims(subject, attribute, key);
      const isMerge = attribute === 'mergedInto' || attribute === 'absorbs';
      return isMerge ? on(found, 'merges', '') : on(found, 'claims', subject, attribute);
    },
    allClaims: (subject) => on(evidence.allClaims(subject), 'claims', subject),
    readings: (subject) => on(evidence.readings(subject), 'readings', subject),
    reading: (id) => on(evidence.reading(id), 'event', id),
    objections: (id) => on(evidence.objections(id), 'event', id),
    repetitions: (id) => on(evidence.repetitions(id), 'event', id),
    subjects: (kind) => on(evidence.subjects(kind), 'kind', kind),
    everything: () => on(evidence.everything(), 'everything', ''),
    // As recorded, whatever the clocks say but for the position.
    log: () => evidence.log(),
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
    everything: () => evidence.everything(),
    log: () => evidence.log(),
  };
}

const noKeepers: readonly Keeper[] = [];

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

/** The moments of an event that matter to a topic. */
function secondsOf(
  { what, of, attribute }: Topic,
  { known, begun, claims }: ChangeMoments,
): readonly Second[] {
  if (what === 'kind' || what === 'event' || what === 'merges') return known;
  if (what === 'readings') return [...known, ...begun];
  const claimed = claims.filter(
    (claim) =>
      what === 'everything' || (claim.subject === of && (attribute ?? claim.attribute) === claim.attribute),
  );
  if (claimed.length === 0 && attribute !== null) return [];
  return [...known, ...begun, ...claimed.flatMap((claim) => claim.seconds)];
}

/** Files each event of the index under what it can change, in whatever form corrections give it. */
export class MomentsOfChange {
  readonly #index: ClaimIndex;
  readonly #eventsOf = new Map<string, Set<Recorded>>();
  readonly #keepers = new Map<string, Keeper[]>();
  readonly #moments = new Map<Recorded, readonly ChangeMoments[]>();
  readonly #sorted = new Map<string, readonly Second[]>();
  #taken = 0;

  constructor(index: ClaimIndex) {
    this.#index = index;
  }

  /** The span around a second in which nothing of the topics changes: `from` included, `to` not; ±Infinity: never. */
  around(second: Second, topics: Topics): { readonly from: Second; readonly to: Second } {
    this.#catchUp();
    let from = -Infinity;
    let to = Infinity;
    for (const topic of topics.all()) {
      const sorted = this.#secondsOf(topic);
      const place = placeAfter(second, sorted);
      from = Math.max(from, sorted[place - 1] ?? -Infinity);
      to = Math.min(to, sorted[place] ?? Infinity);
    }
    return { from, to };
  }

  /** Every subject of the kinds that any event speaks of, in whatever form. */
  subjects(kinds: readonly SubjectKind[]): Subject[] {
    this.#catchUp();
    const found = new Set<Subject>();
    for (const kind of kinds) {
      for (const event of this.#eventsOf.get(kind) ?? []) {
        for (const form of this.#formsOf(event)) {
          for (const subject of subjectsOf(form)) if (kindOf(subject) === kind) found.add(subject);
        }
      }
    }
    return [...found].toSorted();
  }

  #secondsOf(topic: Topic): readonly Second[] {
    const key = keyOf(topic);
    const known = this.#sorted.get(key);
    if (known !== undefined) return known;
    const found = new Set<Second>();
    for (const event of this.#eventsOf.get(topic.of === '' ? topic.what : topic.of) ?? []) {
      for (const moments of this.#momentsOf(event)) {
        for (const second of secondsOf(topic, moments)) found.add(second);
      }
    }
    const sorted = [...found].toSorted((a, b) => a - b);
    this.#sorted.set(key, sorted);
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

  /** A correction gives its target another form, and where that is a correction, the target of that, and so on. */
  #take(event: Recorded): void {
    this.#file(event);
    let keeper = event;
    while (isKeeper(keeper)) {
      const target = this.#index.recordedAt(this.#index.positionOf(keeper.data.event) ?? 0);
      // A correction that was recorded before its target says nothing.
      if (target === undefined || target.seq >= keeper.seq) return;
      if (keeper === event) this.#keepers.set(target.id, [...this.#keepersOf(target.id), keeper]);
      this.#moments.delete(target);
      this.#file(target);
      keeper = target;
    }
  }

  #keepersOf(id: string): readonly Keeper[] {
    return this.#keepers.get(id) ?? noKeepers;
  }

  /** What corrects or retracts an event, what corrects that, and so on. */
  #family(event: Recorded): Recorded[] {
    return this.#keepersOf(event.id).flatMap((keeper) => [keeper, ...this.#family(keeper)]);
  }

  /** Every form that corrections can give an event. */
  #formsOf(event: Recorded): Recorded[] {
    if (!this.#keepers.has(event.id)) return [event];
    const readings = readingsOf(event, (id) => this.#keepersOf(id));
    return [event, ...readings.map(({ reading }) => reading.event)];
  }

  /** Of every form of the event; each comes and goes with the publication of what makes it so. */
  #momentsOf(event: Recorded): readonly ChangeMoments[] {
    const known = this.#moments.get(event);
    if (known !== undefined) return known;
    const keepers = this.#family(event).flatMap((keeper) => this.#formsOf(keeper));
    const published = keepers.flatMap((keeper) => changeMomentsOf(keeper).known);
    const moments = this.#formsOf(event).map((form) => {
      const own = changeMomentsOf(form);
      return { ...own, known: [...own.known, ...published] };
    });
    this.#moments.set(event, moments);
    return moments;
  }

  #file(event: Recorded): void {
    const forms = this.#formsOf(event);
    const subjects = new Set(forms.flatMap((form): Subject[] => [...subjectsOf(form)]));
    const ids = forms.flatMap((form): EventId[] => [
      ...objectionsIn(form).map(({ to }) => to),
      ...repeatedBy(form),
    ]);
    const isMerge = forms.some(({ type }) => type === 'SubjectsMerged');
    const kinds = [...subjects].map((subject) => kindOf(subject));
    for (const key of [
      ...subjects,
      ...kinds,
      event.id,
      ...ids,
      'everything',
      ...(isMerge ? ['merges'] : []),
    ]) {
      const events = this.#eventsOf.get(key);
      if (events === undefined) this.#eventsOf.set(key, new Set([event]));
      else events.add(event);
    }
  }
}
