// Is every acknowledged event there after the process was killed, or could not write on, in the middle of its work?

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { RecordedEvent } from '../../src/ledger/decode.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';
import { report } from './given.ts';

type Acknowledged = readonly (readonly [position: number, id: string])[];

/** How long a spec may take that starts Node anew, on a busy machine. */
const ANOTHER_PROCESS_MS = 60_000;

describe('killed without warning', () => {
  let directory: string;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'tidemark-crash-'));
  });

  afterAll(() => rmSync(directory, { recursive: true }));

  // All kills hit the same ledger, so the later ones also start from what an earlier one left behind. The child goes on
  // working until the signal reaches it, so the kill falls anywhere in a commit.
  it.each([1, 60, 300])(
    'after %d acknowledged batches, has them all, in place and without a gap',
    async (batches) => {
      const acknowledged = await appendAndKill(directory, batches);
      expect(acknowledged.length).toBeGreaterThan(batches - 1);
      const there = await idsByPosition(directory);
      expect(acknowledged.flat().filter(([position, id]) => there[position - 1] !== id)).toEqual([]);
    },
    ANOTHER_PROCESS_MS,
  );
});

describe('unable to write on', () => {
  it(
    'says that the outcome of that batch is unknown, takes no other, and a new start knows what is there',
    async () => {
      const directory = mkdtempSync(join(tmpdir(), 'tidemark-full-'));
      const { acknowledged, first, failure, next } = await appendUntilFull(directory);
      expect({ failure, next }).toEqual({ failure: 'outcome-unknown', next: 'unavailable' });
      expect(acknowledged).toBeGreaterThan(0);
      const there = await idsByPosition(directory);
      expect([acknowledged, acknowledged + 100]).toContain(there.length);
      expect(there.indexOf(first)).toBe(there.length === acknowledged ? -1 : acknowledged);
      rmSync(directory, { recursive: true });
    },
    ANOTHER_PROCESS_MS,
  );
});

/** Starts an appending process that cannot make a file larger than a few hundred KiB. */
async function appendUntilFull(directory: string): Promise<FailedAppend> {
  const program = join(import.meta.dirname, 'append-until-full.mjs');
  const limited = 'trap "" XFSZ; ulimit -f 600; exec "$0" "$@"';
  const { stdout } = await promisify(execFile)('sh', [
    '-c',
    limited,
    process.execPath,
    program,
    directory,
    JSON.stringify(report(1)),
  ]);
  return JSON.parse(stdout) as FailedAppend;
}

interface FailedAppend {
  readonly acknowledged: number;
  readonly first: string;
  readonly failure: string;
  readonly next: string;
}

/** Starts an appending process and kills it with SIGKILL once it has acknowledged so many batches. */
async function appendAndKill(directory: string, batches: number): Promise<Acknowledged[]> {
  const program = join(import.meta.dirname, 'append-until-killed.mjs');
  const child = spawn(process.execPath, [program, directory, JSON.stringify(report(1))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged: Acknowledged[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    // The kill may cut the last line in two; what had not been said in full was not acknowledged.
    if (line.endsWith(']]')) acknowledged.push(JSON.parse(line) as Acknowledged);
    if (acknowledged.length === batches) child.kill('SIGKILL');
  }
  return acknowledged;
}

/** Opens what the killed process left, reads it all, and checks that each leaf says the place it is in. */
async function idsByPosition(directory: string): Promise<readonly string[]> {
  const ledger = await openSqliteLedger({ directory, clock: Date.now });
  const events = await ledger.read(0, 1_000_000);
  await ledger.close();
  const leaves = events.map(({ bytes }) => JSON.parse(bytes) as RecordedEvent);
  expect(leaves.filter(({ seq }, index) => seq !== index)).toEqual([]);
  return leaves.map(({ id }) => id);
}
