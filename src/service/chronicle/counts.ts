/** How much does the chronicle hold, and did any of it get lost? */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { kindOf } from '../../../events/identity.ts';
import type { ChronicleEntry } from './readChronicle.ts';
import { folders } from './readChronicle.ts';
import type { Problem } from './yamlText.ts';

const Count = z.int().nonnegative();
/** What is counted in each folder. */
const FolderCounts = z.strictObject({
  subjects: Count,
  events: Count,
  sources: Count,
  doubts: Count,
  notes: Count,
  provisions: Count,
});
export type FolderCounts = z.infer<typeof FolderCounts>;
const Counts = z.record(z.string(), FolderCounts);
/** By folder: `parties`. */
export type Counts = z.infer<typeof Counts>;

export const countsFile = 'counts.json';
/** The explicit act by which a chronicle may shrink. */
export const acceptCounts = 'npm run chronicle -- --accept-counts';

function countsOf(entries: readonly ChronicleEntry[]): FolderCounts {
  const sum = (of: (entry: ChronicleEntry) => number) =>
    entries.reduce((total, entry) => total + of(entry), 0);
  return {
    subjects: new Set(entries.map((entry) => entry.subject)).size,
    events: entries.length,
    sources: sum(({ draft }) => draft.sources.length),
    doubts: sum(({ draft }) => draft.doubts.length),
    notes: sum(({ draft }) => (draft.notes === null ? 0 : 1)),
    provisions: sum(({ draft: { data } }) =>
      'provisions' in data && data.provisions !== undefined ? data.provisions.length : 0,
    ),
  };
}

/** Counts a chronicle, folder by folder. */
export function count(entries: readonly ChronicleEntry[]): Counts {
  return Object.fromEntries(
    Object.entries(folders).map(([kind, folder]) => [
      folder,
      countsOf(entries.filter((entry) => kindOf(entry.subject) === kind)),
    ]),
  );
}

/** The counts that were last accepted. */
export function readCounts(directory: string): Counts {
  return Counts.parse(JSON.parse(readFileSync(join(directory, countsFile), 'utf8')));
}

/** Accepts counts. */
export function writeCounts(directory: string, counts: Counts): void {
  writeFileSync(join(directory, countsFile), `${JSON.stringify(counts, null, 2)}\n`);
}

const nothing: FolderCounts = { subjects: 0, events: 0, sources: 0, doubts: 0, notes: 0, provisions: 0 };

/** Every count that is smaller than the accepted one. */
export function shrunk(accepted: Counts, now: Counts): Problem[] {
  return Object.entries(accepted).flatMap(([folder, before], at) =>
    Object.keys(nothing).flatMap((name, nameAt) => {
      const field = name as keyof FolderCounts;
      const after = (now[folder] ?? nothing)[field];
      if (after >= before[field]) return [];
      const line = 3 + at * (Object.keys(nothing).length + 2) + nameAt;
      const message =
        `${folder} had ${before[field]} ${field} and has ${after} – put back what is gone; ` +
        `where it is meant to go, say so in the commit and run ${acceptCounts}`;
      return [{ file: countsFile, line, path: `${folder}.${field}`, message }];
    }),
  );
}
