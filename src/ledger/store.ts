// What must a store be able to do, so that one writer can keep the ledger's promises in it?
//
// For stores that this process alone writes: files and memory. Reading is synchronous, as in SQLite, where a page from
// the cache costs less than a promise; writing may happen elsewhere. A store that many machines write to (KurrentDB) has
// its own adapter: it competes for revisions and can promise none of this.

import type { StoredEvent } from './port.ts';

export interface NewLeaf {
  /** UUID in lower case. */
  readonly id: string;
  /** The bytes to keep, as text. */
  readonly leaf: string;
}

export interface Store {
  /** Durable events. */
  size(): number;

  /** The position of the durable event with this id. */
  positionOf(id: string): number | undefined;

  /**
   * The durable events after position `from`, exactly `min(limit, size - from)` of them, in order.
   *
   * @throws {LedgerError} `corrupt` if one is missing, `unavailable` if the store cannot be read.
   */
  page(from: number, limit: number): readonly StoredEvent[];

  /**
   * Adds leaves at the positions from `size() + 1`, all or nothing. When the promise is kept they are durable, and
   * `size`, `positionOf` and `page` know them; not before. Never called again before it has settled.
   *
   * @throws {LedgerError} `unavailable`: none is there; `outcome-unknown`: perhaps they are.
   */
  write(leaves: readonly NewLeaf[]): Promise<void>;

  /** Lets go of files and locks. */
  close(): void;
}
