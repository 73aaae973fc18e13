/** Does the log hold the history that ships with this release? What is missing is recorded, in order of publication. */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { dayInZone, dayText, utc } from '../../events/dates.ts';
import type { Recorded } from '../../events/registry.ts';
import type { Ledger } from '../ledger/port.ts';
import type { MissingEntry } from './chronicle/changesSince.ts';
import { changesSince, chronicleActor } from './chronicle/changesSince.ts';
import { readChronicle } from './chronicle/readChronicle.ts';
import type { Problem } from './chronicle/yamlText.ts';
import type { Named } from './judge.ts';
import { seal } from './record.ts';
import type { RunningIndex } from './runningIndex.ts';

/** Events recorded at once: one transaction, and one step of the progress bar. */
const eventsPerBatch = 100;

export interface HistoryParts {
  readonly ledger: Ledger;
  readonly running: RunningIndex;
  /** The folder of the chronicle. */
  readonly directory: string;
  /** Where to note which chronicle the log holds, so that the next start need not read it; null: nowhere. */
  readonly noteDirectory: string | null;
  readonly clock: () => number;
  readonly onProgress?: ((recorded: number, total: number) => void) | undefined;
}

export interface RecordedHistory {
  /** Events that this start recorded. */
  readonly recorded: number;
  readonly missing: readonly MissingEntry[];
  readonly problems: readonly Problem[];
}

const Note = z.strictObject({
  digest: z.string(),
  position: z.int().nonnegative(),
  id: z.string().nullable(),
});
type Note = z.infer<typeof Note>;

/** SHA-256 over the names and bytes of all files of the chronicle. */
function chronicleDigest(directory: string): string {
  const hash = createHash('sha256');
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ya?ml$/.test(file))
    .sort();
  for (const file of files)
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(directory, file)))
      .update('\0');
  return hash.digest('hex');
}

function notePath(noteDirectory: string): string {
  return join(noteDirectory, 'chronicle.json');
}

function readNote(noteDirectory: string): Note | null {
  try {
    return Note.parse(JSON.parse(readFileSync(notePath(noteDirectory), 'utf8')));
  } catch {
    return null;
  }
}

/** A note of another ledger does not count: the event that it names must stand where it says. */
function isNoted(note: Note | null, digest: string, { index }: RunningIndex): boolean {
  return note !== null && note.digest === digest && (index.recordedAt(note.position)?.id ?? null) === note.id;
}

function recordedById({ index }: RunningIndex): Map<string, Recorded> {
  const events = new Map<string, Recorded>();
  for (let position = 1; position <= index.size; position += 1) {
    const event = index.recordedAt(position);
    if (event !== undefined) events.set(event.id, event);
  }
  return events;
}

async function appendAll(
  drafts: readonly Named[],
  { ledger, running, onProgress }: HistoryParts,
): Promise<void> {
  for (let done = 0; done < drafts.length; done += eventsPerBatch) {
    const batch = drafts.slice(done, done + eventsPerBatch).map((draft) => seal(draft, chronicleActor));
    const { positions } = await ledger.append(batch);
    await running.reached(Math.max(...positions));
    onProgress?.(Math.min(done + eventsPerBatch, drafts.length), drafts.length);
  }
}

/** Records what the chronicle has and the log has not. Entries that cannot be read are left out, and said. */
export async function recordShippedHistory(parts: HistoryParts): Promise<RecordedHistory> {
  const { running, directory, noteDirectory } = parts;
  const digest = chronicleDigest(directory);
  if (noteDirectory !== null && isNoted(readNote(noteDirectory), digest, running)) {
    return { recorded: 0, missing: [], problems: [] };
  }
  const chronicle = readChronicle(directory);
  const today = dayText(dayInZone(parts.clock(), utc));
  const changes = changesSince(recordedById(running), chronicle.entries, today);
  const drafts = changes.drafts.filter((draft): draft is Named => draft.id !== undefined);
  await appendAll(drafts, parts);
  if (noteDirectory !== null) {
    const note: Note = {
      digest,
      position: running.size,
      id: running.index.recordedAt(running.size)?.id ?? null,
    };
    writeFileSync(notePath(noteDirectory), `${JSON.stringify(note)}\n`, { mode: 0o600 });
  }
  return {
    recorded: drafts.length,
    missing: changes.missing,
    problems: [...chronicle.problems, ...changes.problems],
  };
}
