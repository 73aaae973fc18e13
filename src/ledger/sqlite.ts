// How is the ledger kept on one machine, with one writer, so that what was acknowledged outlives a power cut?

import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type LedgerError, unavailable } from './failures.ts';
import { OneWriter, type Clock } from './one-writer.ts';
import type { Ledger } from './port.ts';
import { storeFailure } from './sqlite-error.ts';
import { SqliteStore } from './sqlite-store.ts';
import type { Store } from './store.ts';
import { takeWriterLock } from './writer-lock.ts';

/**
 * Opens the ledger in a directory, which is made if it is missing, as its only writer. In it: `ledger.db` with its
 * `-wal` and `-shm`, and `writer.lock`.
 *
 * @throws {LedgerError} `locked` if it is open for writing already, here or in another process; `unavailable` if the
 * directory cannot be made or written to; `unknown-format` for a database of another program or a later version;
 * `corrupt` for a damaged one.
 */
export async function openSqliteLedger(place: {
  readonly directory: string;
  readonly clock: Clock;
}): Promise<Ledger> {
  const store = openSqliteStore(place);
  try {
    return new OneWriter(store, place.clock);
  } catch (cause) {
    store.close();
    throw openFailure(place.directory, cause);
  }
}

/** The same as a bare store, for leaves that already have their place and time. @throws {LedgerError} the same. */
export function openSqliteStore(place: { readonly directory: string }): Store {
  const directory = resolve(place.directory);
  makeDirectory(directory);
  const lock = takeWriterLock(directory);
  try {
    return new SqliteStore(join(directory, 'ledger.db'), () => lock.release());
  } catch (cause) {
    lock.release();
    throw openFailure(directory, cause);
  }
}

function openFailure(directory: string, cause: unknown): LedgerError {
  return storeFailure(
    `Could not open the ledger in ${resolve(directory)}. Check that it can be read and written.`,
    cause,
  );
}

/** Makes the directory and its missing parents, and makes their names durable; the database only cares for its own. */
function makeDirectory(directory: string): void {
  try {
    const first = mkdirSync(directory, { recursive: true, mode: 0o700 });
    if (first === undefined) return;
    for (let made = directory; made.length >= first.length; made = dirname(made))
      syncDirectory(dirname(made));
  } catch (cause) {
    throw unavailable(
      `Could not make the data directory ${directory}. Choose one that can be written to.`,
      cause,
    );
  }
}

function syncDirectory(directory: string): void {
  const handle = openSync(directory, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
