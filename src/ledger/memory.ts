// Where is the ledger kept when nothing needs to outlive the process?

import { IdIndex } from './id-index.ts';
import { OneWriter, type Clock } from './one-writer.ts';
import type { Ledger, StoredEvent } from './port.ts';
import type { NewLeaf, Store } from './store.ts';

/** A ledger that is gone when it is closed: for tests and for looking at a bundle. */
export function openMemoryLedger({ clock }: { readonly clock: Clock }): Promise<Ledger> {
  return Promise.resolve(new OneWriter(new MemoryStore(), clock));
}

class MemoryStore implements Store {
  #events: StoredEvent[] = [];
  #ids = new IdIndex();

  size(): number {
    return this.#events.length;
  }

  positionOf(id: string): number | undefined {
    return this.#ids.positionOf(id);
  }

  page(from: number, limit: number): readonly StoredEvent[] {
    return this.#events.slice(from, from + limit);
  }

  write(leaves: readonly NewLeaf[]): Promise<void> {
    for (const { id, leaf } of leaves) {
      this.#events.push({ position: this.#events.length + 1, bytes: leaf });
      this.#ids.add(id);
    }
    return Promise.resolve();
  }

  close(): void {
    this.#events = [];
    this.#ids = new IdIndex();
  }
}
