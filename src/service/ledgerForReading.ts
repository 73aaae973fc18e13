/** How is a ledger read while another process writes it? Through a connection that cannot write, without the writer's lock. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { corrupt, unavailable } from '../ledger/failures.ts';
import type { Ledger } from '../ledger/port.ts';

export type ReadableLedger = Pick<Ledger, 'read' | 'size' | 'close'>;

/** How long a read waits for a writer that is taking a checkpoint. */
const busyTimeoutMs = 2_000;

function openReadOnly(path: string) {
  if (!existsSync(path))
    throw unavailable(
      `There is no ledger at ${path}. Name the folder of one (as DATA_DIR, or as sqlite:<directory>), or run npm start first.`,
    );
  try {
    const database = new DatabaseSync(path, { readOnly: true, timeout: busyTimeoutMs });
    database.exec('PRAGMA trusted_schema = OFF');
    return database;
  } catch (cause) {
    throw unavailable(`Could not read the ledger at ${path}.`, cause);
  }
}

/** Opens the SQLite ledger of a data directory for reading alone. Throws a LedgerError `unavailable` where there is none. */
export function openLedgerForReading(place: { readonly directory: string }): ReadableLedger {
  const database = openReadOnly(join(resolve(place.directory), 'ledger.db'));
  const page = database.prepare('SELECT seq, leaf FROM event WHERE seq >= ? ORDER BY seq LIMIT ?');
  const size = database.prepare('SELECT coalesce(max(seq) + 1, 0) AS size FROM event');
  return {
    size: () => Promise.resolve(Number(size.get().size)),
    read: async (from, limit) =>
      page.all(from, limit).map((row: { readonly seq: number; readonly leaf: string }, at: number) => {
        if (row.seq !== from + at) throw corrupt(`seq ${from + at} was expected, saw ${row.seq}`);
        return { position: from + at + 1, bytes: row.leaf };
      }),
    close: () => {
      database.close();
      return Promise.resolve();
    },
  };
}
