// Does a log that is moved arrive as it was, even if the move breaks off?

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command } from '../../../src/command.ts';
import { openSqliteLedger } from '../../../src/ledger/sqlite.ts';
import { copyLeaves, openSource, openTarget } from '../../../src/service/copy.ts';
import type { SealedEvent } from '../../../src/ledger/port.ts';
import { FIFTH_OF_JANUARY_MS, report, reports, settableClock } from '../given.ts';
import { failureOf, realServer, sharedLedger } from './given.ts';

jest.setTimeout(60_000);
const shared = sharedLedger(true);
const esdb = () => realServer ?? shared.double.url();

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tidemark-copy-'));
});
afterEach(() => rmSync(root, { recursive: true }));

async function sqliteWith(name: string, count: number): Promise<string> {
  const clock = settableClock();
  const ledger = await openSqliteLedger({ directory: join(root, name), clock: clock.read });
  for (let n = 1; n <= count; n += 50) {
    clock.now = FIFTH_OF_JANUARY_MS + n;
    const batch = reports(n, Math.min(n + 49, count));
    await ledger.append(batch.map((event) => ({ ...event, data: dataOf(event) })));
  }
  await ledger.close();
  return `sqlite:${join(root, name)}`;
}

/** Names that no JavaScript object keeps in order, and now and then a long text. */
function dataOf({ id, data }: SealedEvent): object {
  return { ...data, '10': id, '2': '芯', long: 'x'.repeat(id.endsWith('7') ? 40_000 : 1) };
}

async function copy(from: string, to: string, onProgress?: Parameters<typeof copyLeaves>[2]) {
  const [source, target] = [await openSource(from, shared.stream), await openTarget(to, shared.stream)];
  try {
    return await copyLeaves(source, target, onProgress);
  } finally {
    await Promise.all([source.close(), target.close()]);
  }
}

async function leavesOf(place: string): Promise<readonly string[]> {
  const source = await openSource(place, shared.stream);
  const leaves = await source.read(0, 10_000);
  await source.close();
  return leaves.map(({ bytes }) => bytes);
}

describe('a log copied from SQLite to KurrentDB and back', () => {
  it('has the same leaves, with place and time, and the same digest', async () => {
    const from = await sqliteWith('first', 120);
    const there = await copy(from, esdb());
    const back = await copy(esdb(), `sqlite:${join(root, 'second')}`);
    const leaves = await leavesOf(from);
    expect(there).toEqual({
      copied: 120,
      size: 120,
      digest: createHash('sha256')
        .update(leaves.map((leaf) => `${leaf}\n`).join(''))
        .digest('hex'),
    });
    expect(back).toEqual(there);
    expect(await leavesOf(`sqlite:${join(root, 'second')}`)).toEqual(leaves);
    expect(await leavesOf(esdb())).toEqual(leaves);
  });

  it('can be gone on with by a node of the service', async () => {
    await copy(await sqliteWith('first', 10), esdb());
    const ledger = await shared.node();
    expect(await ledger.append([report(99)])).toMatchObject({
      positions: [11],
      recordedAt: '2025-01-05T00:00:00.001Z',
    });
    await copy(esdb(), `sqlite:${join(root, 'second')}`);
    const local = await openSqliteLedger({ directory: join(root, 'second'), clock: () => 0 });
    expect(await local.append([report(99)])).toMatchObject({ outcome: 'already-there', positions: [11] });
    await local.close();
  });

  it('is gone on with where a copy broke off, and says how far it is', async () => {
    const from = await sqliteWith('first', 401);
    const brokenOff = copy(from, esdb(), ({ step, done }) => {
      if (step === 'copy' && done >= 200) throw new Error('The machine was switched off.');
    });
    await expect(brokenOff).rejects.toThrow('switched off');
    const told: string[] = [];
    const copied = await copy(from, esdb(), ({ step, done, total }) => told.push(`${step} ${done}/${total}`));
    expect(copied).toMatchObject({ copied: 201, size: 401 });
    expect(told).toEqual([
      'compare 200/200',
      'copy 400/401',
      'copy 401/401',
      'verify 200/401',
      'verify 400/401',
      'verify 401/401',
    ]);
    expect(await copy(from, esdb())).toMatchObject({ copied: 0, digest: copied.digest });
  });

  it('is refused where the target holds something else, and leaves it as it is', async () => {
    const ledger = await shared.node();
    await ledger.append(reports(1, 3));
    expect(await failureOf(copy(await sqliteWith('first', 10), esdb()))).toEqual({ code: 'corrupt' });
    expect(await failureOf(copy(await sqliteWith('short', 2), esdb()))).toEqual({ code: 'corrupt' });
    expect(await ledger.size()).toBe(3);
  });

  it('goes on when the server drops an answer', async () => {
    shared.double.nextAppends('cut-after', 'not-ready');
    expect(await copy(await sqliteWith('first', 5), esdb())).toMatchObject({ copied: 5 });
  });

  it('goes by command, resumed and verified, with how far it is', async () => {
    const from = await sqliteWith('first', 401);
    const told: string[] = [];
    const run = async (...args: string[]) => {
      const written: string[] = [];
      const code = await command(['copy', ...args, '--stream', shared.stream], {
        environment: {},
        out: (text) => written.push(text),
        err: (text) => written.push(text),
        bar: { show: ({ step, done, total }) => told.push(`${step} ${done}/${total}`), stop: () => {} },
      });
      return { code, written };
    };
    await copy(await sqliteWith('begun', 200), esdb());
    const digest = createHash('sha256')
      .update((await leavesOf(from)).map((leaf) => `${leaf}\n`).join(''))
      .digest('hex');
    const there = await run('--from', from, '--to', esdb());
    expect(there).toEqual({
      code: 0,
      written: ['copied   201 of 401 events; both places hold the same', `digest   ${digest}`],
    });
    expect(told).toEqual([
      'compare 200/200',
      'copy 400/401',
      'copy 401/401',
      'verify 200/401',
      'verify 400/401',
      'verify 401/401',
    ]);
    const back = await run('--from', esdb(), '--to', `sqlite:${join(root, 'back')}`);
    expect(back.written).toEqual([
      'copied   401 of 401 events; both places hold the same',
      `digest   ${digest}`,
    ]);
    expect(await leavesOf(`sqlite:${join(root, 'back')}`)).toEqual(await leavesOf(from));
    const other = await run('--from', await sqliteWith('other', 3), '--to', esdb());
    expect(other).toEqual({ code: 1, written: [expect.stringContaining('no copy of the source')] });
  });

  it('is refused from or to a place of another kind, without repeating it', async () => {
    expect(await failureOf(openSource('postgres://user:secret@host'))).toEqual({ code: 'invalid', id: null });
    await expect(openTarget('postgres://user:secret@host')).rejects.not.toThrow(/secret/);
  });
});
