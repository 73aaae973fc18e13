// Does the ledger in SQLite keep the promises of a ledger, and those of a file that nobody can quietly change?

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DatabaseSync } from '@photostructure/sqlite';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LedgerError } from '../../src/ledger/failures.ts';
import { refuseUnlessDurable } from '../../src/ledger/sqlite-database.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';
import { SqliteStore } from '../../src/ledger/sqlite-store.ts';
import type { Ledger } from '../../src/ledger/port.ts';
import { ledgerContract } from './contract.ts';
import { idNumber, report, reports, settableClock } from './given.ts';

/** How long a spec may take that starts Node anew, on a busy machine. */
const ANOTHER_PROCESS_MS = 60_000;

ledgerContract('SQLite', async (clock) => {
  const directory = mkdtempSync(join(tmpdir(), 'tidemark-ledger-'));
  const ledger = await openSqliteLedger({ directory, clock });
  return { ledger, remove: () => rmSync(directory, { recursive: true }) };
});

describe('the SQLite file', () => {
  let parent: string;
  let directory: string;
  let clock: ReturnType<typeof settableClock>;
  const open: Ledger[] = [];

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'tidemark-file-'));
    directory = join(parent, 'a', 'data');
    clock = settableClock();
  });

  afterEach(async () => {
    for (const ledger of open.splice(0)) await ledger.close();
    rmSync(parent, { recursive: true });
  });

  async function openLedger(): Promise<Ledger> {
    const ledger = await openSqliteLedger({ directory, clock: clock.read });
    open.push(ledger);
    return ledger;
  }

  /** What anyone with a SQLite shell can do beside the service. */
  function byHand<Answer>(act: (database: InstanceType<typeof DatabaseSync>) => Answer): Answer {
    const database = new DatabaseSync(join(directory, 'ledger.db'));
    try {
      return act(database);
    } finally {
      database.close();
    }
  }

  it('holds after closing and opening all that was appended, and goes on where it ended', async () => {
    const first = await openLedger();
    clock.now += 5000;
    await first.append(reports(1, 1500));
    await first.append(reports(1501, 3000));
    const before = await first.read(0, 5000);
    await first.close();
    clock.now -= 5000;
    const second = await openLedger();
    expect(await second.read(0, 5000)).toEqual(before);
    expect(await second.append([report(3001)])).toEqual({
      outcome: 'appended',
      positions: [3001],
      recordedAt: '2025-01-05T00:00:05.000Z',
    });
  });

  it('knows after closing and opening every id it has, saved in pages or not', async () => {
    const first = await openLedger();
    await first.append(reports(1, 1500));
    await first.append(reports(1501, 3000));
    await first.close();
    const second = await openLedger();
    const everyOther = reports(1, 3000).filter((_event, index) => index % 2 === 0);
    expect(await second.append(everyOther)).toMatchObject({
      outcome: 'already-there',
      positions: everyOther.map((_event, index) => index * 2 + 1),
    });
    await expect(second.append([report(2, { notes: 'Other.' })])).rejects.toMatchObject({
      code: 'id-conflict',
    });
    expect(byHand((database) => database.prepare('SELECT count(*) AS pages FROM id_page').get().pages)).toBe(
      1,
    );
  });

  it('is written ahead, and is one file again when closed', async () => {
    const ledger = await openLedger();
    await ledger.append([report(1)]);
    expect(readdirSync(directory).toSorted()).toEqual([
      'ledger.db',
      'ledger.db-shm',
      'ledger.db-wal',
      'writer.lock',
    ]);
    await ledger.close();
    expect(readdirSync(directory).toSorted()).toEqual(['ledger.db', 'writer.lock']);
  });

  it('is written with synchronous=FULL: at the start, after writing, and after opening again', async () => {
    await (await openLedger()).close();
    for (const round of [1, 2]) {
      const store = new SqliteStore(join(directory, 'ledger.db'), () => {});
      expect(store.synchronous()).toBe(2);
      await store.write([
        { id: idNumber(round), leaf: JSON.stringify({ id: idNumber(round), seq: round - 1 }) },
      ]);
      expect(store.synchronous()).toBe(2);
      store.close();
    }
  });

  it('records nothing with synchronous=NORMAL', () => {
    expect(() => refuseUnlessDurable(1)).toThrow('expected PRAGMA synchronous to be 2, saw 1');
    expect(() => refuseUnlessDurable(2)).not.toThrow();
  });

  it.each([
    ['changed', "UPDATE event SET leaf = '{}' WHERE seq = 0"],
    ['deleted', 'DELETE FROM event WHERE seq = 0'],
    ['replaced', "INSERT OR REPLACE INTO event VALUES (0, '{}')"],
    ['inserted with a gap', "INSERT INTO event VALUES (7, '{}')"],
  ])('lets no event be %s, not even by hand', async (_what, sql) => {
    const ledger = await openLedger();
    await ledger.append(reports(1, 2));
    const before = await ledger.read(0, 10);
    expect(() => byHand((database) => database.exec(sql))).toThrow('the ledger is append-only');
    expect(await ledger.read(0, 10)).toEqual(before);
  });

  it('says that it is damaged when an event is missing in spite of the triggers', async () => {
    const ledger = await openLedger();
    await ledger.append(reports(1, 3));
    byHand((database) => database.exec('DROP TRIGGER event_kept; DELETE FROM event WHERE seq = 1'));
    await expect(ledger.read(0, 10)).rejects.toMatchObject({ code: 'corrupt' });
  });

  it('has one writer: a second one in this process is told which directory is taken', async () => {
    await openLedger();
    const failure = await openLedger().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'locked', failure: { directory } });
    expect(String(failure)).toContain('Stop the other process, or use another data directory.');
  });

  it(
    'has one writer: a second one in another process is told too, until the first has closed; it ends by itself',
    async () => {
      const ledger = await openLedger();
      expect(await openInAnotherProcess(directory)).toBe('locked');
      await ledger.close();
      expect(await openInAnotherProcess(directory)).toBe('opened');
    },
    ANOTHER_PROCESS_MS,
  );

  it('can be read by hand while the service writes', async () => {
    const ledger = await openLedger();
    await ledger.append(reports(1, 2));
    expect(byHand((database) => database.prepare('SELECT count(*) AS events FROM event').get().events)).toBe(
      2,
    );
  });

  it('records nothing while another program holds the database, and goes on when it lets go', async () => {
    const ledger = await openLedger();
    await ledger.append([report(1)]);
    const other = new DatabaseSync(join(directory, 'ledger.db'));
    other.exec('BEGIN IMMEDIATE');
    await expect(ledger.append([report(2)])).rejects.toMatchObject({ code: 'unavailable' });
    other.close();
    expect(await ledger.append([report(2)])).toMatchObject({ outcome: 'appended', positions: [2] });
  });

  it('names the directory that cannot be made', async () => {
    writeFileSync(join(parent, 'a'), 'a file where a directory should be');
    const failure = await openLedger().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'unavailable' });
    expect(String(failure)).toContain(directory);
  });

  it('does not touch the database of another program, a later version, or no database at all', async () => {
    await (await openLedger()).close();
    byHand((database) => database.exec('PRAGMA user_version = 2'));
    await expect(openLedger()).rejects.toMatchObject({ code: 'unknown-format' });
    byHand((database) => database.exec('PRAGMA user_version = 1; PRAGMA application_id = 7'));
    await expect(openLedger()).rejects.toMatchObject({ code: 'unknown-format' });
    const path = join(directory, 'ledger.db');
    writeFileSync(path, 'Dear diary, today I learned what a database is.\n'.repeat(100));
    const failure = await openLedger().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(LedgerError);
    expect(failure).toMatchObject({ code: 'corrupt' });
    expect(readFileSync(path, 'utf8')).toMatch(/^Dear diary/);
  });
});

/** Resolves when that process has ended, which it does by itself. */
async function openInAnotherProcess(directory: string): Promise<string> {
  const program = join(import.meta.dirname, 'open-once.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [
    program,
    directory,
    JSON.stringify(report(1)),
  ]);
  return stdout.trim();
}
