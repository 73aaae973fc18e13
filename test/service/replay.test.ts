import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { readDraft } from '../../events/registry.ts';
import type { Draft } from '../../events/registry.ts';
import type { Ledger } from '../../src/ledger/port.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';
import { openLedgerForReading } from '../../src/service/ledgerForReading.ts';
import { replayLedger } from '../../src/service/replay.ts';
import { Tidemark } from '../../src/service/tidemark.ts';
import { release } from '../http/service.ts';
import { chronicleDirectory, copyRecordedHistory } from '../recordedHistory.ts';

const clock = () => Date.parse('2026-11-26T12:00:00Z');
const directory = mkdtempSync(join(tmpdir(), 'tidemark-replay-'));
let ledger: Ledger;
let tidemark: Tidemark;

async function open(): Promise<number> {
  ledger = await openSqliteLedger({ directory, clock });
  tidemark = new Tidemark({ ledger, chronicleDirectory, noteDirectory: directory, clock, newId: () => v7() });
  return (await tidemark.start()).recorded;
}
beforeAll(async () => {
  copyRecordedHistory(directory);
  await open();
}, 60_000);
afterAll(async () => {
  await tidemark.close();
  rmSync(directory, { recursive: true });
});

function draft(slug: string): Draft {
  const reading = readDraft(release({ subject: `model:${slug}` }));
  if (!reading.ok) throw new Error(JSON.stringify(reading.flaws));
  return reading.event;
}

describe('the digest of the whole state', () => {
  it('is that of the running index; after more events, a restart, and for another reader too', async () => {
    const head = tidemark.position;
    const first = await tidemark.replay(undefined);
    expect(first).toMatchObject({ position: head, events: head, agrees: true, runningDigest: first.digest });
    const batch = Array.from({ length: 1_000 }, (_, at) => draft(`later-${at}`));
    await tidemark.recorder.record(batch, { actor: 'spec' }, true);
    expect((await tidemark.replay(head)).digest).toBe(first.digest);
    await tidemark.close();
    expect(await open()).toBe(0);
    expect(tidemark.position).toBe(head + 1_000);
    const reader = openLedgerForReading({ directory });
    const seen: number[] = [];
    const onProgress = (read: number) => seen.push(read);
    expect((await replayLedger(reader, { to: head, clock, onProgress })).digest).toBe(first.digest);
    expect(seen.at(-1)).toBe(head);
    await reader.close();
  }, 60_000);

  it('tells one position from another, down to the empty log', async () => {
    const digests = new Set<string>();
    for (const position of [0, 1, 2]) digests.add((await tidemark.replay(position)).digest);
    expect(digests.size).toBe(3);
  });

  it('is not to be had for a position that has not come', async () => {
    await expect(tidemark.replay(1_000_000)).rejects.toMatchObject({ name: 'invalid-parameter' });
  });
});

describe('a reader without the lock', () => {
  it('says where there is no ledger', () => {
    expect(() => openLedgerForReading({ directory: join(directory, 'nothing') })).toThrow(
      /There is no ledger at/,
    );
  });
});
