/** The shipped history as a first start has recorded it; prepare.mjs made it before the suite. */
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Recorded } from '../events/registry.ts';

const prepared = join(import.meta.dirname, '..', 'dist', 'for-tests');

/** The folder of the shipped history's entries. */
export const chronicleDirectory = join(import.meta.dirname, '..', 'events', 'chronicle');

/** Makes a folder of data that already holds the shipped history. */
export function copyRecordedHistory(to: string): void {
  cpSync(join(prepared, 'data'), to, { recursive: true });
}

/** Every event of the shipped history, in order of its log. */
export function recordedHistory(): readonly Recorded[] {
  const leaves = readFileSync(join(prepared, 'leaves.ndjson'), 'utf8').trimEnd().split('\n');
  return leaves.map((leaf) => JSON.parse(leaf) as Recorded);
}
