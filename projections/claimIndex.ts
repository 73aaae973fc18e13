/** What is known, kept current event by event? The claim index: the same evidence as the fold, found and not searched. */
import type { EventId, Slug, Subject, SubjectKind } from '../events/identity.ts';
import { kindOf, slugOf } from '../events/identity.ts';
import type { EventTypeName, Recorded } from '../events/registry.ts';
import type { Attribute, Claim, Reading } from './claim.ts';
import { claimsOf, subjectsIn, subjectsOf } from './claims/claimsOf.ts';
import type { Clocks } from './clocks.ts';
import type { Evidence, Objection } from './evidence.ts';
import { objectionsIn, repeatedBy } from './evidence.ts';
import type { Keeper, ReadAgain, TimedReading } from './readings.ts';
import { placeAfter } from './sorted.ts';
import { UnkeptReading, counts, isKeeper, keeperTypes, readingOf, readingsOf } from './readings.ts';

/** A claim, and the reading with its clocks that it comes from. */
interface Posting {
  readonly claim: Claim;
  readonly timed: TimedReading;
}

const byBeginning = (a: Posting, b: Posting) =>
  a.claim.from.earliest - b.claim.from.earliest || a.claim.reading.position - b.claim.reading.position;

/** The place in a list sorted by position at which a position stands, or would. */
function placeOf(position: number, readings: readonly TimedReading[]): number {
  return placeAfter(readings, (timed) => timed.reading.position < position);
}

/** The place in a sorted list at which a seq stands, or would. */
function placeIn(seqs: readonly number[], wanted: number): number {
  return placeAfter(seqs, (seq) => seq < wanted);
}

/**
 * What the index holds of one subject: its readings in log order, and its claims by attribute once they were asked for.
 * From then on only the claims of new and of replaced readings are written.
 */
class Dossier {
  readonly subject: Subject;
  /** How many events are recorded on the subject itself. */
  revision = 0;
  readonly #readings: TimedReading[] = [];
  #postings: Map<string, Posting[]> | null = null;
  #all: Posting[] = [];
  /** The positions of which the claims are to be written; empty while nobody has asked for claims. */
  readonly #unwritten = new Set<number>();
  /** Whether claims of an unwritten position were written before, and are no longer so. */
  #hasStale = false;

  constructor(subject: Subject) {
    this.subject = subject;
  }

  /** Adds a reading that is later in the log than all others; the same one twice changes nothing. */
  add(timed: TimedReading): void {
    if (this.#readings.at(-1) === timed) return;
    this.#readings.push(timed);
    if (this.#postings !== null) this.#unwritten.add(timed.reading.position);
  }

  /** Puts other readings of one event in the place of those it had. */
  replace(position: number, timed: readonly TimedReading[]): void {
    const place = placeOf(position, this.#readings);
    this.#readings.splice(place, placeOf(position + 1, this.#readings) - place, ...timed);
    if (this.#postings === null) return;
    this.#unwritten.add(position);
    this.#hasStale = true;
  }

  readings(): readonly TimedReading[] {
    return this.#readings;
  }

  /** The postings of an attribute, or of all, sorted by (valid-from, position). */
  postings(attribute: Attribute | null): readonly Posting[] {
    const postings = this.#write();
    return attribute === null ? this.#all : (postings.get(attribute) ?? nothing);
  }

  #write(): ReadonlyMap<string, readonly Posting[]> {
    if (this.#postings === null) {
      this.#postings = new Map();
      this.#post(this.#readings, this.#postings);
    } else if (this.#unwritten.size > 0) {
      if (this.#hasStale) this.#dropStale(this.#postings);
      this.#post(
        [...this.#unwritten].flatMap((position) => this.#readingsAt(position)),
        this.#postings,
      );
    }
    this.#unwritten.clear();
    this.#hasStale = false;
    return this.#postings;
  }

  #readingsAt(position: number): readonly TimedReading[] {
    return this.#readings.slice(placeOf(position, this.#readings), placeOf(position + 1, this.#readings));
  }

  #dropStale(postings: Map<string, Posting[]>): void {
    const isFresh = ({ timed }: Posting) => !this.#unwritten.has(timed.reading.position);
    for (const [attribute, list] of postings) postings.set(attribute, list.filter(isFresh));
    this.#all = this.#all.filter(isFresh);
  }

  #post(readings: readonly TimedReading[], postings: Map<string, Posting[]>): void {
    const touched = new Set<Posting[]>([this.#all]);
    for (const timed of readings) {
      for (const claim of claimsOf(timed.reading)) {
        if (claim.subject !== this.subject) continue;
        const posting = { claim, timed };
        append(postings, claim.attribute, posting);
        this.#all.push(posting);
        touched.add(postings.get(claim.attribute) ?? this.#all);
      }
    }
    for (const list of touched) list.sort(byBeginning);
  }
}

const nothing: readonly Posting[] = [];
const noKeepers: readonly Keeper[] = [];

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/**
 * The index. `add` takes the events of the log in order; `at` answers at any clocks up to the size it has. Per subject
 * it holds the readings of events; the claims of a subject are written when it is first asked for and kept current.
 */
export class ClaimIndex {
  readonly #readAgain: ReadAgain | null;
  /** By seq, the event as it was recorded: one reading, so that the same event is the same object everywhere. */
  readonly #asRecorded: TimedReading[] = [];
  readonly #seqById = new Map<string, number>();
  readonly #seqsByType = new Map<EventTypeName, number[]>();
  readonly #dossiers = new Map<Subject, Dossier>();
  /** The same by kind of subject, so that a question about the few of one kind does not look at all. */
  readonly #dossiersByKind = new Map<SubjectKind, Dossier[]>();
  readonly #keepers = new Map<string, Keeper[]>();
  /** By seq. */
  readonly #corrected = new Map<number, readonly TimedReading[]>();
  /** By seq, what was corrected or retracted since the last question, and is to be read anew before the next. */
  readonly #unread = new Set<number>();
  readonly #objecting = new Map<string, number[]>();
  readonly #repeating = new Map<string, number[]>();

  /** @param readAgain reads an event once more that was added before; null: the index keeps all events itself. */
  constructor(readAgain: ReadAgain | null = null) {
    this.#readAgain = readAgain;
  }

  /** The number of events, which is the last position. */
  get size(): number {
    return this.#asRecorded.length;
  }

  /** The recorded event at a position, from 1. */
  recordedAt(position: number): Recorded | undefined {
    return this.#asRecorded[position - 1]?.reading.event;
  }

  /** The position of an event by its id. */
  positionOf(id: string): number | undefined {
    const seq = this.#seqById.get(id);
    return seq === undefined ? undefined : seq + 1;
  }

  /** How many events were recorded on the subject itself. */
  revisionOf(subject: string): number {
    return this.#dossiers.get(subject as Subject)?.revision ?? 0;
  }

  /** Whether any event ever spoke of the subject, at whatever clocks. */
  hasEver(subject: Subject): boolean {
    this.#readAnew();
    return this.#dossiers.has(subject);
  }

  /** Every subject of a kind that any event ever spoke of, at whatever clocks. */
  subjectsEver(kind: SubjectKind): Subject[] {
    this.#readAnew();
    return (this.#dossiersByKind.get(kind) ?? noDossiers).map(({ subject }) => subject);
  }

  /** Every reading that speaks of the subject at some clocks. */
  readingsEver(subject: Subject): readonly Reading[] {
    this.#readAnew();
    return (this.#dossiers.get(subject)?.readings() ?? []).map((timed) => timed.reading);
  }

  /** The positions of the events that speak against, confirm or follow up an event at some clocks, and its own. */
  positionsAbout(id: string): readonly number[] {
    this.#readAnew();
    const own = this.#seqById.get(id);
    const others = [...(this.#objecting.get(id) ?? noSeqs), ...(this.#repeating.get(id) ?? noSeqs)];
    return [...new Set(own === undefined ? others : [own, ...others])].map((seq) => seq + 1);
  }

  /** Every reading that the event at a position has at some clocks; where it has none, as it was recorded. */
  readingsAt(position: number): readonly Reading[] {
    this.#readAnew();
    const readings = this.#readingsAt(position - 1);
    const timed = readings.length === 0 ? this.#asRecorded.slice(position - 1, position) : readings;
    return timed.map((one) => one.reading);
  }

  /** What corrects or retracts an event, by log position. */
  keepersOf(id: string): readonly Keeper[] {
    return this.#keepers.get(id) ?? noKeepers;
  }

  /** Takes the next event of the log. Throws a RangeError where its `seq` is not the size. */
  add(event: Recorded): void {
    if (event.seq !== this.size) {
      throw new RangeError(
        `event ${event.id} has seq ${event.seq}, expected ${this.size}: the log has a gap`,
      );
    }
    this.#seqById.set(event.id, event.seq);
    append(this.#seqsByType, event.type, event.seq);
    const reading =
      this.#readAgain === null ? readingOf(event, event) : new UnkeptReading(event, this.#readAgain);
    const timed: TimedReading = { reading, isCurrent: null };
    this.#asRecorded.push(timed);
    for (const subject of subjectsIn(event)) this.#dossierOf(subject).add(timed);
    this.#dossierOf(event.subject).revision += 1;
    for (const objection of objectionsIn(event)) this.#relate(this.#objecting, objection.to, event.seq);
    for (const repeated of repeatedBy(event)) this.#relate(this.#repeating, repeated, event.seq);
    if (isKeeper(event)) this.#keep(event);
  }

  #dossierOf(subject: Subject): Dossier {
    const known = this.#dossiers.get(subject);
    if (known !== undefined) return known;
    const dossier = new Dossier(subject);
    this.#dossiers.set(subject, dossier);
    append(this.#dossiersByKind, kindOf(subject), dossier);
    return dossier;
  }

  /** A correction changes the readings of its target, and where that is a keeper, of the target's target, and so on. */
  #keep(keeper: Keeper): void {
    append(this.#keepers, keeper.data.event, keeper);
    const seen = new Set<string>();
    let id: string = keeper.data.event;
    while (!seen.has(id)) {
      seen.add(id);
      const seq = this.#seqById.get(id);
      if (seq === undefined) return;
      this.#unread.add(seq);
      const target = this.#keeperAt(seq);
      if (target === null) return;
      id = target.data.event;
    }
  }

  #keeperAt(seq: number): Keeper | null {
    for (const type of keeperTypes) {
      const seqs = this.#seqsByType.get(type) ?? noSeqs;
      if (seqs[placeIn(seqs, seq)] !== seq) continue;
      const event = this.recordedAt(seq + 1);
      return event !== undefined && isKeeper(event) ? event : null;
    }
    return null;
  }

  /** Reads anew what was corrected since the last question; a replay, which asks nothing, does not pay for it. */
  #readAnew(): void {
    if (this.#unread.size === 0) return;
    for (const seq of this.#unread) {
      const event = this.recordedAt(seq + 1);
      if (event !== undefined) this.#reread(event);
    }
    this.#unread.clear();
  }

  #reread(event: Recorded): void {
    const before = this.#readingsAt(event.seq);
    const after = readingsOf(event, (id) => this.#keepers.get(id) ?? noKeepers);
    this.#corrected.set(event.seq, after);
    for (const timed of [...before, ...after]) {
      for (const subject of subjectsOf(timed.reading.event)) {
        const speaking = after.filter((reading) => subjectsOf(reading.reading.event).has(subject));
        this.#dossierOf(subject).replace(event.seq + 1, speaking);
      }
      for (const { to } of objectionsIn(timed.reading.event)) this.#relate(this.#objecting, to, event.seq);
      for (const to of repeatedBy(timed.reading.event)) this.#relate(this.#repeating, to, event.seq);
    }
  }

  #relate(map: Map<string, number[]>, id: string, seq: number): void {
    const seqs = map.get(id);
    if (seqs === undefined) map.set(id, [seq]);
    else if ((seqs.at(-1) ?? -1) < seq) seqs.push(seq);
    else if (!seqs.includes(seq)) {
      seqs.push(seq);
      seqs.sort((a, b) => a - b);
    }
  }

  #readingsAt(seq: number): readonly TimedReading[] {
    return this.#corrected.get(seq) ?? this.#asRecorded.slice(seq, seq + 1);
  }

  /** The evidence at the clocks; `clocks.position` must not exceed the size. */
  at(clocks: Clocks): Evidence {
    this.#readAnew();
    return new IndexedEvidence(clocks, {
      dossiers: this.#dossiers,
      dossiersOf: (kind) => this.#dossiersByKind.get(kind) ?? noDossiers,
      current: (seq) => this.#currentAt(seq, clocks),
      seqOf: (id) => this.#seqById.get(id),
      objecting: (id) => this.#objecting.get(id) ?? noSeqs,
      repeating: (id) => this.#repeating.get(id) ?? noSeqs,
      asRecorded: this.#asRecorded,
      seqsOfType: (type) => this.#seqsByType.get(type) ?? noSeqs,
    });
  }

  #currentAt(seq: number, clocks: Clocks): Reading | null {
    if (seq >= clocks.position) return null;
    const timed = this.#readingsAt(seq).find((candidate) => isVisible(candidate, clocks));
    return timed?.reading ?? null;
  }
}

const noSeqs: readonly number[] = [];
const noDossiers: readonly Dossier[] = [];

function isVisible(timed: TimedReading, clocks: Clocks): boolean {
  return counts(timed.reading, clocks) && (timed.isCurrent === null || timed.isCurrent(clocks));
}

interface Shelves {
  readonly dossiers: ReadonlyMap<Subject, Dossier>;
  readonly dossiersOf: (kind: SubjectKind) => readonly Dossier[];
  readonly current: (seq: number) => Reading | null;
  readonly seqOf: (id: EventId) => number | undefined;
  readonly objecting: (id: EventId) => readonly number[];
  readonly repeating: (id: EventId) => readonly number[];
  readonly asRecorded: readonly TimedReading[];
  readonly seqsOfType: (type: EventTypeName) => readonly number[];
}

class IndexedEvidence implements Evidence {
  readonly clocks: Clocks;
  readonly #shelves: Shelves;
  /** Every denial asks for the readings of its subject, so they are told from the hidden ones only once. */
  readonly #visibleReadings = new Map<Subject, readonly Reading[]>();

  constructor(clocks: Clocks, shelves: Shelves) {
    this.clocks = clocks;
    this.#shelves = shelves;
  }

  #postings(subject: Subject, attribute: Attribute | null): readonly Posting[] {
    const dossier = this.#shelves.dossiers.get(subject);
    return dossier === undefined ? nothing : dossier.postings(attribute);
  }

  #visible(seqs: readonly number[]): Reading[] {
    return seqs.map((seq) => this.#shelves.current(seq)).filter((reading) => reading !== null);
  }

  claims<A extends Attribute>(subject: Subject, attribute: A, key?: string): readonly Claim<A>[] {
    const found: Claim<A>[] = [];
    for (const { claim, timed } of this.#postings(subject, attribute)) {
      if ((key === undefined || claim.key === key) && isVisible(timed, this.clocks))
        found.push(claim as Claim<A>);
    }
    return found;
  }

  allClaims(subject: Subject): readonly Claim[] {
    return this.#postings(subject, null)
      .filter(({ timed }) => isVisible(timed, this.clocks))
      .map(({ claim }) => claim);
  }

  readings(subject: Subject): readonly Reading[] {
    const known = this.#visibleReadings.get(subject);
    if (known !== undefined) return known;
    const all = this.#shelves.dossiers.get(subject)?.readings() ?? [];
    const visible = all.filter((timed) => isVisible(timed, this.clocks)).map((timed) => timed.reading);
    this.#visibleReadings.set(subject, visible);
    return visible;
  }

  reading(id: EventId): Reading | null {
    const seq = this.#shelves.seqOf(id);
    return seq === undefined ? null : this.#shelves.current(seq);
  }

  objections(id: EventId): readonly Objection[] {
    return this.#visible(this.#shelves.objecting(id)).flatMap((reading) =>
      objectionsIn(reading.event)
        .filter((objection) => objection.to === id)
        .map((objection) => ({ reading, how: objection.how })),
    );
  }

  repetitions(id: EventId): readonly Reading[] {
    return this.#visible(this.#shelves.repeating(id)).filter((reading) =>
      repeatedBy(reading.event).includes(id),
    );
  }

  subjects(kind: SubjectKind): readonly Slug[] {
    const found: Slug[] = [];
    for (const dossier of this.#shelves.dossiersOf(kind)) {
      if (dossier.readings().some((timed) => isVisible(timed, this.clocks)))
        found.push(slugOf(dossier.subject));
    }
    return found.toSorted((a, b) => (a < b ? -1 : 1));
  }

  everything(types?: readonly EventTypeName[]): readonly Reading[] {
    if (types !== undefined) return this.#visible(this.#seqsOf(types));
    return this.#visible(Array.from({ length: this.clocks.position }, (_, seq) => seq));
  }

  log(types: readonly EventTypeName[]): readonly Recorded[] {
    return this.#seqsOf(types).flatMap((seq) => this.#shelves.asRecorded[seq]?.reading.event ?? []);
  }

  recorded(id: EventId): Recorded | null {
    const seq = this.#shelves.seqOf(id);
    if (seq === undefined || seq >= this.clocks.position) return null;
    return this.#shelves.asRecorded[seq]?.reading.event ?? null;
  }

  #seqsOf(types: readonly EventTypeName[]): number[] {
    const { position } = this.clocks;
    return types
      .flatMap((type) => {
        const seqs = this.#shelves.seqsOfType(type);
        return seqs.slice(0, placeIn(seqs, position));
      })
      .toSorted((a, b) => a - b);
  }
}
