// How do leaves get into SQLite and out again?

import { corrupt, outcomeUnknown, unavailable } from './failures.ts';
import { IdIndex, IDS_PER_PAGE } from './id-index.ts';
import { idOf } from './leaf.ts';
import type { StoredEvent } from './port.ts';
import { leaveOneFile, openDatabase, refuseUnlessDurable, type Database } from './sqlite-database.ts';
import { isDiskFull, storeFailure } from './sqlite-error.ts';
import type { NewLeaf, Store } from './store.ts';

type Statement = ReturnType<Database['prepare']>;

/** Rows in one INSERT. Fewer calls: measured a quarter faster than one row at a time; more rows gain nothing. */
const ROWS_PER_INSERT = 20;

/** Id pages read at once when the ledger is opened: 1 MiB. */
const ID_PAGES_PER_READ = 64;

/** The leaves after the last id page are read this many at a time. */
const LEAVES_PER_READ = 1000;

/** The one writing connection, and the reading one too: a page out of SQLite's cache costs microseconds. */
export class SqliteStore implements Store {
  readonly #database: Database;
  readonly #release: () => void;
  readonly #statements: Statements;
  readonly #ids = new IdIndex();
  #size: number;
  #savedIdPages = 0;
  /** Why nothing can be written any more. */
  #broken: unknown;

  /** @param release called when the database has been closed. */
  constructor(path: string, release: () => void) {
    this.#release = release;
    this.#database = openDatabase(path);
    try {
      this.#statements = prepare(this.#database);
      this.#size = Number(this.#statements.size.get().size);
      this.#loadIds();
    } catch (cause) {
      this.#database.close();
      throw cause;
    }
  }

  size(): number {
    return this.#size;
  }

  positionOf(id: string): number | undefined {
    return this.#ids.positionOf(id);
  }

  page(from: number, limit: number): readonly StoredEvent[] {
    const expected = Math.min(limit, this.#size - from);
    const leaves = this.#leavesBetween(from, from + expected);
    // Distinct whole numbers from a range: if all are there, none is missing and each is in its place.
    if (leaves.length !== expected) {
      throw corrupt(`${expected} events were expected after position ${from}, saw ${leaves.length}`);
    }
    return leaves.map(({ leaf }, index) => ({ position: from + index + 1, bytes: leaf }));
  }

  async write(leaves: readonly NewLeaf[]): Promise<void> {
    if (this.#broken !== undefined) {
      throw unavailable(
        'Nothing is recorded after a failed commit until the service is started anew.',
        this.#broken,
      );
    }
    const idPages = Math.floor(this.#ids.size / IDS_PER_PAGE);
    this.#insert(leaves, idPages);
    this.#commit();
    this.#size += leaves.length;
    this.#savedIdPages = idPages;
    for (const { id } of leaves) this.#ids.add(id);
  }

  /** What `PRAGMA synchronous` says now. */
  synchronous(): unknown {
    return this.#statements.synchronous.get().synchronous;
  }

  close(): void {
    try {
      leaveOneFile(this.#database);
    } finally {
      this.#database.close();
      this.#release();
    }
  }

  /** Opens the transaction and fills it. If that fails, nothing has been written. */
  #insert(leaves: readonly NewLeaf[], idPages: number): void {
    try {
      refuseUnlessDurable(this.synchronous());
      this.#statements.begin.run();
      this.#insertLeaves(leaves);
      // Only pages that are full already: with those of this batch, a rollback would have to take ids back.
      for (let page = this.#savedIdPages; page < idPages; page += 1) {
        this.#statements.insertIdPage.run(page, this.#ids.fullPage(page));
      }
    } catch (cause) {
      this.#rollBack();
      throw storeFailure('Nothing was recorded: SQLite would not take the batch. Try again.', cause);
    }
  }

  #insertLeaves(leaves: readonly NewLeaf[]): void {
    const inTwenties = leaves.length - (leaves.length % ROWS_PER_INSERT);
    let seq = this.#size;
    for (let start = 0; start < inTwenties; start += ROWS_PER_INSERT) {
      const rows: (number | string)[] = [];
      for (const { leaf } of leaves.slice(start, start + ROWS_PER_INSERT)) rows.push(seq++, leaf);
      this.#statements.insertTwenty.run(...rows);
    }
    for (const { leaf } of leaves.slice(inTwenties)) this.#statements.insertOne.run(seq++, leaf);
  }

  /**
   * After a failed commit SQLite has forgotten the batch, but its pages may be in the log file and come back at the next
   * start; so its outcome is unknown. With a full disk the next commit overwrites them. With any other error the
   * operating system may have dropped pages that it will never report again (the fsync problem that PostgreSQL met in
   * 2018): only a new start, which reads what is really there, can be trusted.
   */
  #commit(): void {
    try {
      this.#statements.commit.run();
    } catch (cause) {
      this.#rollBack();
      if (!isDiskFull(cause)) this.#broken = cause;
      throw outcomeUnknown(cause);
    }
  }

  #rollBack(): void {
    try {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
    } catch (cause) {
      this.#broken = cause;
    }
  }

  #leavesBetween(from: number, to: number): readonly { readonly leaf: string }[] {
    try {
      return this.#statements.leaves.all(from, to);
    } catch (cause) {
      throw storeFailure('SQLite could not read the ledger. Try again.', cause);
    }
  }

  #loadIds(): void {
    for (let pages = this.#idPagesFrom(0); pages.length > 0; pages = this.#idPagesFrom(this.#savedIdPages)) {
      for (const { ids } of pages) this.#ids.addPage(ids);
      this.#savedIdPages += pages.length;
    }
    if (this.#ids.size > this.#size) {
      throw corrupt(
        `at least ${this.#ids.size} events were expected, one for each saved id, saw ${this.#size}`,
      );
    }
    while (this.#ids.size < this.#size) {
      for (const { bytes } of this.page(this.#ids.size, LEAVES_PER_READ)) this.#ids.add(idOf(bytes));
    }
  }

  #idPagesFrom(page: number): readonly { readonly ids: Uint8Array }[] {
    return this.#statements.idPages.all(page, page + ID_PAGES_PER_READ);
  }
}

interface Statements {
  readonly size: Statement;
  readonly synchronous: Statement;
  readonly leaves: Statement;
  readonly idPages: Statement;
  readonly begin: Statement;
  readonly insertOne: Statement;
  readonly insertTwenty: Statement;
  readonly insertIdPage: Statement;
  readonly commit: Statement;
}

function prepare(database: Database): Statements {
  const rows = Array.from({ length: ROWS_PER_INSERT }, () => '(?, ?)').join(', ');
  return {
    size: database.prepare('SELECT coalesce(max(seq) + 1, 0) AS size FROM event'),
    synchronous: database.prepare('PRAGMA synchronous'),
    leaves: database.prepare('SELECT leaf FROM event WHERE seq >= ? AND seq < ? ORDER BY seq'),
    idPages: database.prepare('SELECT ids FROM id_page WHERE page >= ? AND page < ? ORDER BY page'),
    begin: database.prepare('BEGIN IMMEDIATE'),
    insertOne: database.prepare('INSERT INTO event (seq, leaf) VALUES (?, ?)'),
    insertTwenty: database.prepare(`INSERT INTO event (seq, leaf) VALUES ${rows}`),
    insertIdPage: database.prepare('INSERT INTO id_page (page, ids) VALUES (?, ?)'),
    commit: database.prepare('COMMIT'),
  };
}
