// Is this process the only one that writes in this directory?

import { DatabaseSync } from '@photostructure/sqlite';
import { join } from 'node:path';
import { locked, unavailable } from './failures.ts';
import { isBusy } from './sqlite-error.ts';

/** Held until `release`, which may be called twice, or until the process ends, however it ends. */
export interface WriterLock {
  release(): void;
}

/**
 * Takes the lock of a data directory.
 *
 * An empty database beside the ledger is locked exclusively for life. That is an advisory lock of the operating system
 * (fcntl), so a killed process leaves none behind, and SQLite keeps it between the threads of one process too, which
 * fcntl alone does not. Nothing is ever written to it, so it needs no journal on disk. The ledger's own file stays free for readers: export, backup, a curious sqlite3.
 *
 * @throws {LedgerError} `locked`, at once, if another writer has it; `unavailable` if the file cannot be made.
 */
export function takeWriterLock(directory: string): WriterLock {
  const database = openLockFile(directory);
  try {
    database.exec('PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;');
  } catch (cause) {
    database.close();
    throw isBusy(cause)
      ? locked(directory, cause)
      : unavailable(`Could not lock ${directory}. Check that it can be written to.`, cause);
  }
  return {
    release: () => {
      if (database.isOpen) database.close();
    },
  };
}

function openLockFile(directory: string): InstanceType<typeof DatabaseSync> {
  try {
    return new DatabaseSync(join(directory, 'writer.lock'), { timeout: 0 });
  } catch (cause) {
    throw unavailable(
      `Could not open the lock file in ${directory}. Check that it can be written to.`,
      cause,
    );
  }
}
