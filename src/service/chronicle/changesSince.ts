/** What does this release's chronicle add to a log that already holds an earlier one? */
import { createHash } from 'node:crypto';
import type { CivilDate } from '../../../events/dates.ts';
import type { EventId } from '../../../events/identity.ts';
import type { DataOf, Draft, Recorded } from '../../../events/registry.ts';
import { pointerOf, readDraft } from '../../../events/registry.ts';
import type { Json } from '../../../projections/pointer.ts';
import { withValue } from '../../../projections/pointer.ts';
import { canonicalize } from '../../ledger/canonical.ts';
import { entryId, entryName } from './entryId.ts';
import { inOrderOfPublication } from './orderOfPublication.ts';
import type { ChronicleEntry } from './readChronicle.ts';
import type { Problem } from './yamlText.ts';

/** The name under which the service records the chronicle. */
export const chronicleActor = 'chronicle';

/** The reason by which a correction of a changed entry is known. */
export const changedInRelease = "The chronicle's entry was changed in a later release.";

/** An event that the chronicle once recorded, and holds no longer. It stays in the log: nothing is retracted silently. */
export interface MissingEntry {
  readonly id: EventId;
  readonly subject: string;
  readonly type: string;
  readonly summary: string;
}

/** A draft with its id, which a chronicle's always has. */
export type IdentifiedDraft = Draft & { readonly id: EventId };

export interface ChronicleChanges {
  /** What to append, in this order. Empty when the log holds this chronicle already. */
  readonly drafts: readonly IdentifiedDraft[];
  readonly missing: readonly MissingEntry[];
  /** Changes that no correction can express. */
  readonly problems: readonly Problem[];
}

type Correction = Recorded<'EventCorrected'>;
type Change = DataOf<'EventCorrected'>['changes'][number];
type Fields = Readonly<Record<string, unknown>>;

/** The fields of an event that a correction may touch, in the order in which changes are listed. */
const correctable = [
  'publishedOn',
  'occurredOn',
  'standing',
  'summary',
  'data',
  'attribution',
  'sources',
  'doubts',
  'relates',
  'notes',
] as const;

/** A field that did not exist yet when the event was recorded is left out. */
function contentOf(event: Draft | Recorded): Fields {
  return Object.fromEntries(
    correctable.filter((field) => event[field] !== undefined).map((field) => [field, event[field]]),
  );
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The changes by which one object becomes the other, or null where a field would have to go: no value says "gone". */
function changesWithin(before: Fields, after: Fields, path: readonly string[]): Change[] | null {
  if (Object.keys(before).some((name) => before[name] !== undefined && after[name] === undefined))
    return null;
  return Object.keys(after)
    .filter((name) => after[name] !== undefined)
    .flatMap((name) => changesBetween(before[name], after[name], [...path, name]));
}

/** The smallest values whose replacement turns `before` into `after`. Lists of another length are replaced whole. */
function changesBetween(before: unknown, after: unknown, path: readonly string[]): Change[] {
  if (before !== undefined && canonicalize(before) === canonicalize(after)) return [];
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return after.flatMap((item, at) => changesBetween(before[at], item, [...path, String(at)]));
  }
  const within = isObject(before) && isObject(after) ? changesWithin(before, after, path) : null;
  return within ?? [{ pointer: pointerOf(path), value: after as Change['value'] }];
}

/** Brings what was recorded before a field existed to the present defaults, so that a default is no change. */
function inPresentShape(event: Recorded): Draft | Recorded {
  const reading = readDraft({ ...contentOf(event), type: event.type, subject: event.subject });
  return reading.ok ? reading.event : event;
}

function current(recorded: Recorded, corrections: readonly Correction[]): Recorded {
  return corrections
    .flatMap((correction) => correction.data.changes)
    .reduce((read, change) => withValue(read, change.pointer, change.value as Json), recorded);
}

/**
 * The same change after the same history has the same id, so that a start that repeats it, or a second node that
 * does it too, adds nothing; an entry that is changed back and forth gets a new correction each time.
 */
function correctionId(
  entry: ChronicleEntry,
  changes: readonly Change[],
  earlier: readonly Correction[],
): EventId {
  const content = canonicalize({ after: earlier.map((correction) => correction.id), changes });
  const digest = createHash('sha256').update(content).digest('hex');
  return entryId(`${entryName(entry.subject, entry.slug)}@${digest}`);
}

function correctionOf(
  entry: ChronicleEntry,
  recorded: Recorded,
  earlier: readonly Correction[],
  today: CivilDate,
): IdentifiedDraft | null {
  const [reading, now] = [current(recorded, earlier), contentOf(entry.draft)];
  if (canonicalize(contentOf(reading)) === canonicalize(now)) return null;
  const changes = changesWithin(contentOf(inPresentShape(reading)), now, []);
  if (changes === null || changes.length === 0) return null;
  return {
    id: correctionId(entry, changes, earlier),
    type: 'EventCorrected',
    version: 1,
    subject: entry.subject,
    publishedOn: today,
    occurredOn: null,
    standing: 'official',
    summary: `The entry "${entry.slug}" of ${entry.subject} is to be read as the chronicle has it now.`,
    data: { event: entry.draft.id, kind: 'record', changes, reason: changedInRelease },
    attribution: null,
    sources: [],
    doubts: [],
    relates: [],
    notes: null,
  };
}

/** The corrections that earlier starts made of changed entries, by the event they correct, in the order of the log. */
function earlierCorrections(recorded: Iterable<Recorded>): Map<string, Correction[]> {
  const corrections = new Map<string, Correction[]>();
  for (const event of recorded) {
    if (!isOwnCorrection(event)) continue;
    const known = corrections.get(event.data.event);
    if (known === undefined) corrections.set(event.data.event, [event]);
    else known.push(event);
  }
  for (const known of corrections.values()) known.sort((one, other) => one.seq - other.seq);
  return corrections;
}

function isOwnCorrection(event: Recorded): event is Correction {
  return (
    event.type === 'EventCorrected' &&
    event.actor === chronicleActor &&
    event.data.reason === changedInRelease
  );
}

/** What the chronicle recorded, holds no longer, and nobody retracted. */
function missingFrom(
  recorded: ReadonlyMap<string, Recorded>,
  entries: readonly ChronicleEntry[],
): MissingEntry[] {
  const held = new Set<string>(entries.map((entry) => entry.draft.id));
  for (const event of recorded.values()) if (event.type === 'EventRetracted') held.add(event.data.event);
  return [...recorded.values()]
    .filter((event) => event.actor === chronicleActor && !isOwnCorrection(event) && !held.has(event.id))
    .map(({ id, subject, type, summary }) => ({ id, subject, type, summary }));
}

function changedType(entry: ChronicleEntry, recorded: Recorded): Problem | null {
  const { draft, file, lineAt } = entry;
  if (recorded.type === draft.type && recorded.subject === draft.subject) return null;
  const message =
    `was recorded as a ${recorded.type} of ${recorded.subject} and is now a ${draft.type} of ${draft.subject}; ` +
    'neither can be corrected – put the old entry back, add an EventRetracted for it, and give this one a new slug';
  return { file, line: lineAt(['type']), path: 'type', message };
}

/**
 * What to append so that the log reads as the chronicle does: new entries as they are, in order of publication; for
 * each changed entry one correction (`kind: record`) of only what changed. `recorded` holds the events of the log by
 * id, at least those of the actor `chronicle` and all retractions; `today` is the day of the start. Asked again after
 * appending, it has nothing to add.
 */
export function changesSince(
  recorded: ReadonlyMap<string, Recorded>,
  entries: readonly ChronicleEntry[],
  today: CivilDate,
): ChronicleChanges {
  const corrections = earlierCorrections(recorded.values());
  const added: IdentifiedDraft[] = [];
  const corrected: IdentifiedDraft[] = [];
  const problems: Problem[] = [];
  for (const entry of inOrderOfPublication(entries)) {
    const before = recorded.get(entry.draft.id);
    if (before === undefined) {
      added.push(entry.draft);
      continue;
    }
    const problem = changedType(entry, before);
    if (problem !== null) {
      problems.push(problem);
      continue;
    }
    const correction = correctionOf(entry, before, corrections.get(entry.draft.id) ?? none, today);
    if (correction !== null) corrected.push(correction);
  }
  return { drafts: [...added, ...corrected], missing: missingFrom(recorded, entries), problems };
}

const none: readonly Correction[] = [];
