/** How is an event to be read, after the corrections and retractions that are visible? (events.md, "Record keeping".) */
import type { Span } from '../events/dates.ts';
import { addDays, spanAsPrinted, startOfDayMs, utc } from '../events/dates.ts';
import type { EventTypeName, Recorded } from '../events/registry.ts';
import { readDraft } from '../events/registry.ts';
import type { Reading } from './claim.ts';
import type { Moment } from './clocks.ts';
import { wasPublic } from './clocks.ts';
import type { Json } from './pointer.ts';
import { withValue } from './pointer.ts';

/** A correction or retraction. */
export type Keeper = Recorded<'EventCorrected' | 'EventRetracted'>;

/** The types of events that keep the record: what they say is how others are to be read. */
export const keeperTypes = ['EventCorrected', 'EventRetracted'] as const;

/** Whether an event is a correction or a retraction. */
export function isKeeper(event: Recorded): event is Keeper {
  return event.type === 'EventCorrected' || event.type === 'EventRetracted';
}

/** The corrections and retractions of an event, by log position. */
export type KeepersOf = (id: string) => readonly Keeper[];

/** The two clocks on which a reading depends. */
export interface KnowledgeClocks {
  readonly publishedBy: Moment | null;
  readonly position: number;
}

/** What corrects or retracts an event, as far as it was recorded after it: nothing speaks of what is still to come. */
function keepersAfter(event: Recorded, keepersOf: KeepersOf): readonly Keeper[] {
  return keepersOf(event.id).filter((keeper) => keeper.seq > event.seq);
}

/** A retraction or correction counts from its position; of `kind: source` also only from its own publication. */
function isVisible(keeper: Keeper, clocks: KnowledgeClocks): boolean {
  if (keeper.seq + 1 > clocks.position) return false;
  return keeper.data.kind === 'record' || wasPublic(spanAsPrinted(keeper.publishedOn), clocks.publishedBy);
}

/** What a correction makes of an event: a lawful one, with defaults filled in, or, where it would make none, no change. */
function corrected(event: Recorded, keeper: Recorded<'EventCorrected'>): Recorded {
  const { seq, recordedAt, actor, ...content } = keeper.data.changes.reduce(
    (read, change) => withValue(read, change.pointer, change.value as Json),
    event,
  );
  const reading = readDraft(content);
  return reading.ok ? { ...reading.event, id: event.id, seq, recordedAt, actor } : event;
}

/** By event, then by correction: the same corrections of the same event always give the same object. */
const made = new WeakMap<Recorded, WeakMap<Recorded, Recorded>>();

function apply(event: Recorded, keeper: Recorded<'EventCorrected'>): Recorded {
  const ofEvent = made.get(event) ?? new WeakMap<Recorded, Recorded>();
  made.set(event, ofEvent);
  const result = ofEvent.get(keeper) ?? corrected(event, keeper);
  ofEvent.set(keeper, result);
  return result;
}

/** The current reading of one keeper, or null where it is itself withdrawn or not visible. */
function currentKeeper(keeper: Keeper, keepersOf: KeepersOf, clocks: KnowledgeClocks): Keeper | null {
  const read = contentAt(keeper, keepersOf, clocks);
  return read !== null && isKeeper(read) && isVisible(read, clocks) ? read : null;
}

/**
 * The content of an event at the clocks, or null where it is retracted. Corrections apply in the order of the log, so
 * that the last one of a field wins; a retracted correction gives the earlier reading back. One that would leave what
 * is no lawful event has no effect: at these clocks, what it speaks of may not be there.
 */
export function contentAt(event: Recorded, keepersOf: KeepersOf, clocks: KnowledgeClocks): Recorded | null {
  const keepers = keepersAfter(event, keepersOf)
    .map((keeper) => currentKeeper(keeper, keepersOf, clocks))
    .filter((keeper) => keeper !== null);
  if (keepers.some((keeper) => keeper.type === 'EventRetracted')) return null;
  return keepers
    .filter((keeper) => keeper.type === 'EventCorrected')
    .reduce((read, keeper) => apply(read, keeper), event);
}

/** The reading of some content of an event. */
export function readingOf(original: Recorded, content: Recorded): Reading {
  return {
    event: content,
    position: original.seq + 1,
    publication: spanAsPrinted(content.publishedOn),
    corrected: content !== original,
  };
}

/** How a recorded event is read once more, by its seq. */
export type ReadAgain = (seq: number) => Recorded;

/**
 * The reading of an event as it was recorded, without the event: it is read again when somebody first asks for it, and
 * kept from then on. Of a long log few events are ever asked for.
 */
export class UnkeptReading implements Reading {
  readonly position: number;
  readonly publication: Span;
  readonly type: EventTypeName;
  readonly #readAgain: ReadAgain;
  #event: Recorded | null = null;

  constructor(event: Recorded, readAgain: ReadAgain) {
    this.position = event.seq + 1;
    this.publication = spanAsPrinted(event.publishedOn);
    this.type = event.type;
    this.#readAgain = readAgain;
  }

  get event(): Recorded {
    this.#event ??= this.#readAgain(this.position - 1);
    return this.#event;
  }

  get corrected(): boolean {
    return false;
  }

  /** Printed like any other reading. */
  toJSON(): Reading {
    return readingOf(this.event, this.event);
  }
}

/** Asked of every reading at every question, so without reading the event again. */
function isCoverage(reading: Reading): boolean {
  return (reading instanceof UnkeptReading ? reading.type : reading.event.type) === 'CoverageDeclared';
}

/**
 * A reading counts where its event is recorded and, unless it only says how far the record reaches, was public.
 */
export function counts(reading: Reading, clocks: KnowledgeClocks): boolean {
  if (reading.position > clocks.position) return false;
  return isCoverage(reading) || wasPublic(reading.publication, clocks.publishedBy);
}

/** Where a keeper can begin to count: its position and, of `kind: source`, its publication. */
interface Cut {
  readonly position: number;
  readonly publication: Span | null;
}

/** A reading together with the clocks at which it is the current one of its event. */
export interface TimedReading {
  readonly reading: Reading;
  /** null: at all clocks. */
  readonly isCurrent: ((clocks: KnowledgeClocks) => boolean) | null;
}

/** The limits at which a publication comes to count, by day and by instant (`wasPublic`), and those just before. */
function limitsAt(publication: Span): Moment[] {
  const days: Moment[] = [publication.latest, addDays(publication.earliest, -1)].map((day) => ({
    kind: 'day',
    day,
  }));
  const starts = publication.instantMs ?? startOfDayMs(addDays(publication.latest, 1), utc);
  return [...days, { kind: 'instant', ms: starts }, { kind: 'instant', ms: starts - 1 }];
}

function publicationMoments(cuts: readonly Cut[]): (Moment | null)[] {
  return [null, ...cuts.flatMap(({ publication }) => (publication === null ? [] : limitsAt(publication)))];
}

/** The readings that an event can have, and where one of its keepers, or of theirs, can begin to count. */
interface Explored {
  readonly readings: TimedReading[];
  readonly cuts: Cut[];
}

/** A keeper counts from the publication of each of its own readings, for that too may be corrected. */
function cutOf({ reading }: TimedReading): Cut {
  const { event, position, publication } = reading;
  return { position, publication: isKeeper(event) && event.data.kind === 'record' ? null : publication };
}

function explore(original: Recorded, keepersOf: KeepersOf): Explored {
  const keepers = keepersAfter(original, keepersOf).map((keeper) => explore(keeper, keepersOf));
  if (keepers.length === 0)
    return { readings: [{ reading: readingOf(original, original), isCurrent: null }], cuts: [] };
  const cuts = keepers.flatMap((keeper) => [...keeper.readings.map(cutOf), ...keeper.cuts]);
  const positions = [...new Set([original.seq + 1, ...cuts.map((cut) => cut.position)])];
  const found = new Map<Recorded, TimedReading>();
  for (const position of positions) {
    for (const publishedBy of publicationMoments(cuts)) {
      const content = contentAt(original, keepersOf, { position, publishedBy });
      if (content === null || found.has(content)) continue;
      const isCurrent = (clocks: KnowledgeClocks) => contentAt(original, keepersOf, clocks) === content;
      found.set(content, { reading: readingOf(original, content), isCurrent });
    }
  }
  return { readings: [...found.values()], cuts };
}

/**
 * All the readings that an event can have, each with when it is current. They are found by trying every pair of
 * bounds at which a keeper begins to count; between two bounds nothing changes.
 */
export function readingsOf(original: Recorded, keepersOf: KeepersOf): TimedReading[] {
  return explore(original, keepersOf).readings;
}
