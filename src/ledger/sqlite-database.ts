// Is this file a ledger that we can read, and will it keep what is written to it?

import { DatabaseSync } from '@photostructure/sqlite';
import { unavailable, unknownFormat } from './failures.ts';
import { isBusy } from './sqlite-error.ts';

export type Database = InstanceType<typeof DatabaseSync>;

/** `Tide` in ASCII: SQLite's application_id, which file(1) shows. */
const APPLICATION_ID = 0x54696465;
const FORMAT_VERSION = 1;

/** Older ones have a bug in WAL mode that can corrupt a file (audit.md, "Storage facts"). */
const OLDEST_SQLITE: readonly [number, number, number] = [3, 51, 3];

/** What `PRAGMA synchronous` answers when every commit reaches the disk before it returns. */
const SYNCHRONOUS_FULL = 2;

/** How long a commit waits for another program that has the database locked, such as a backup. */
const BUSY_TIMEOUT_MS = 250;

/**
 * `seq` is the leaf index, `leaf` the bytes. `id_page` holds the ids of each full 1,024 events, so that a start need not
 * read every leaf to know them (id-index.ts). The insert trigger keeps the order free of gaps, and stops INSERT OR
 * REPLACE, which fires no delete trigger.
 */
const SCHEMA = `
  BEGIN IMMEDIATE;
  CREATE TABLE event (seq INTEGER PRIMARY KEY, leaf TEXT NOT NULL) STRICT;
  CREATE TABLE id_page (page INTEGER PRIMARY KEY, ids BLOB NOT NULL) STRICT;
  CREATE TRIGGER event_next BEFORE INSERT ON event
    WHEN NEW.seq IS NOT (SELECT coalesce(max(seq) + 1, 0) FROM event)
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: an event goes to the end'); END;
  CREATE TRIGGER event_kept BEFORE DELETE ON event
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: no event is deleted'); END;
  CREATE TRIGGER event_fixed BEFORE UPDATE ON event
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: no event is changed'); END;
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${FORMAT_VERSION};
  COMMIT;
`;

/**
 * Opens the database, or makes it if the file is new.
 *
 * @throws {LedgerError} `unknown-format`, `unavailable`; whatever SQLite throws for a file it cannot read.
 */
export function openDatabase(path: string): Database {
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS, defensive: true });
  try {
    refuseOldSqlite(database);
    refuseUnknownFormat(database, path);
    setDurable(database, path);
    if (isEmpty(database)) database.exec(SCHEMA);
    return database;
  } catch (cause) {
    database.close();
    throw cause;
  }
}

/**
 * Some SQLite builds fall back to synchronous=NORMAL in WAL mode, and a power cut then takes acknowledged events.
 *
 * @throws {LedgerError} `unavailable` unless a commit would be on the disk when it returns.
 */
export function refuseUnlessDurable(synchronous: unknown): void {
  if (synchronous === SYNCHRONOUS_FULL) return;
  throw unavailable(
    `Nothing is recorded without synchronous=FULL: expected PRAGMA synchronous to be ${SYNCHRONOUS_FULL}, ` +
      `saw ${String(synchronous)}. Use the SQLite that Tidemark installs.`,
  );
}

/**
 * Brings everything into the one file and lets go of the log beside it; to be called just before closing. SQLite does so
 * itself when the last connection closes, but @photostructure/sqlite 1.2 never finalizes its prepared statements, and
 * with one of them left SQLite keeps a closed connection half open until the garbage collector comes by. Where a reader
 * is still connected, the log stays and the next start takes it up: no event depends on this.
 */
export function leaveOneFile(database: Database): void {
  try {
    pragma(database, 'journal_mode = DELETE');
  } catch (cause) {
    if (!isBusy(cause)) throw cause;
  }
}

function setDurable(database: Database, path: string): void {
  const mode = pragma(database, 'journal_mode = WAL');
  if (mode !== 'wal') {
    throw unavailable(
      `Could not use ${path}: expected journal_mode wal, saw ${String(mode)}. Use a local disk.`,
    );
  }
  // fullfsync matters on macOS only, where fsync alone leaves the data in the drive's cache.
  database.exec('PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA trusted_schema = OFF;');
  refuseUnlessDurable(pragma(database, 'synchronous'));
}

function refuseOldSqlite(database: Database): void {
  const seen = String(database.prepare('SELECT sqlite_version() AS version').get().version);
  const parts = seen.split('.').map(Number);
  const first = OLDEST_SQLITE.findIndex((least, index) => parts[index] !== least);
  const [least, part] = [OLDEST_SQLITE[first], parts[first]];
  if (least === undefined || (part !== undefined && part > least)) return;
  throw unavailable(
    `Could not use SQLite ${seen}: expected ${OLDEST_SQLITE.join('.')} or later. Update @photostructure/sqlite.`,
  );
}

function refuseUnknownFormat(database: Database, path: string): void {
  if (isEmpty(database)) return;
  const application = pragma(database, 'application_id');
  if (application !== APPLICATION_ID) {
    throw unknownFormat(
      path,
      `a Tidemark ledger (application_id ${APPLICATION_ID})`,
      `application_id ${String(application)}`,
    );
  }
  const version = pragma(database, 'user_version');
  if (version !== FORMAT_VERSION)
    throw unknownFormat(path, `format ${FORMAT_VERSION}`, `format ${String(version)}`);
}

function isEmpty(database: Database): boolean {
  return database.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
}

function pragma(database: Database, text: string): unknown {
  return Object.values(database.prepare(`PRAGMA ${text}`).get() as object)[0];
}
