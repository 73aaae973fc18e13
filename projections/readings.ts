/** How is an event to be read, after the corrections and retractions that are visible? (events.md, "Record keeping".) */
import type { Span } from '../events/dates.ts';
import { spanAsPrinted } from '../events/dates.ts';
import type { Recorded } from '../events/registry.ts';
import type { Reading } from './claim.ts';
import type { Moment } from './clocks.ts';
import { wasPublic } from './clocks.ts';
import type { Json } from './pointer.ts';
import { withValue } from './pointer.ts';

/** A correction or retraction. */
export type Keeper = Recorded<'EventCorrected' | 'EventRetracted'>;

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

/** A retraction or correction counts from its position; of `kind: source` also only from its own publication. */
function isVisible(keeper: Keeper, clocks: KnowledgeClocks): boolean {
  if (keeper.seq + 1 > clocks.position) return false;
  return keeper.data.kind === 'record' || wasPublic(spanAsPrinted(keeper.publishedOn), clocks.publishedBy);
}

function apply(event: Recorded, keeper: Recorded<'EventCorrected'>): Recorded {
  return keeper.data.changes.reduce(
    (read, change) => withValue(read, change.pointer, change.value as Json),
    event,
  );
}

/** The current reading of one keeper, or null where it is itself withdrawn or not visible. */
function currentKeeper(keeper: Keeper, keepersOf: KeepersOf, clocks: KnowledgeClocks): Keeper | null {
  const read = contentAt(keeper, keepersOf, clocks);
  return read !== null && isKeeper(read) && isVisible(read, clocks) ? read : null;
}

/**
 * The content of an event at the clocks, or null where it is retracted. Corrections apply in the order of the log, so
 * that the last one of a field wins; a retracted correction gives the earlier reading back.
 */
export function contentAt(event: Recorded, keepersOf: KeepersOf, clocks: KnowledgeClocks): Recorded | null {
  const keepers = keepersOf(event.id)
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

/**
 * A reading counts where its event is recorded and, unless it only says how far the record reaches, was public.
 */
export function counts(reading: Reading, clocks: KnowledgeClocks): boolean {
  if (reading.position > clocks.position) return false;
  return reading.event.type === 'CoverageDeclared' || wasPublic(reading.publication, clocks.publishedBy);
}

/** Where a keeper begins to count: its position and, of `kind: source`, its publication. */
interface Cut {
  readonly position: number;
  readonly publication: Span | null;
}

/** A keeper whose kind or publication could itself be corrected counts with its publication in any case. */
function cutOf(keeper: Keeper, keepersOf: KeepersOf): Cut {
  const certain = keeper.data.kind === 'record' && keepersOf(keeper.id).length === 0;
  return { position: keeper.seq + 1, publication: certain ? null : spanAsPrinted(keeper.publishedOn) };
}

function cutsOf(id: string, keepersOf: KeepersOf): Cut[] {
  return keepersOf(id).flatMap((keeper) => [cutOf(keeper, keepersOf), ...cutsOf(keeper.id, keepersOf)]);
}

/** A reading together with the clocks at which it is the current one of its event. */
export interface TimedReading {
  readonly reading: Reading;
  /** null: at all clocks. */
  readonly isCurrent: ((clocks: KnowledgeClocks) => boolean) | null;
}

function publicationMoments(cuts: readonly Cut[]): (Moment | null)[] {
  const limits: (Moment | null)[] = [null];
  for (const { publication } of cuts) {
    if (publication === null) continue;
    limits.push({ kind: 'day', day: publication.latest }, { kind: 'day', day: (publication.earliest - 1) as typeof publication.earliest });
    if (publication.instantMs !== null) {
      limits.push({ kind: 'instant', ms: publication.instantMs }, { kind: 'instant', ms: publication.instantMs - 1 });
    }
  }
  return limits;
}

/**
 * All the readings that an event can have, each with when it is current. They are found by trying every pair of
 * bounds at which a keeper begins to count; between two bounds nothing changes.
 */
export function readingsOf(original: Recorded, keepersOf: KeepersOf): TimedReading[] {
  if (keepersOf(original.id).length === 0) return [{ reading: readingOf(original, original), isCurrent: null }];
  const cuts = cutsOf(original.id, keepersOf);
  const positions = [...new Set([original.seq + 1, ...cuts.map((cut) => cut.position)])];
  const found = new Map<string, TimedReading>();
  for (const position of positions) {
    for (const publishedBy of publicationMoments(cuts)) {
      const content = contentAt(original, keepersOf, { position, publishedBy });
      if (content === null) continue;
      const signature = content === original ? '' : JSON.stringify(content);
      if (found.has(signature)) continue;
      found.set(signature, {
        reading: readingOf(original, content),
        isCurrent: (clocks) => {
          const current = contentAt(original, keepersOf, clocks);
          return current !== null && (current === original ? '' : JSON.stringify(current)) === signature;
        },
      });
    }
  }
  return [...found.values()];
}
