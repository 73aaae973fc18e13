// What has this node seen of a ledger that others write to as well?
//
// Owns the ids, the size and the last leaf hash, and the latest leaves, so that followers who keep up never ask the server.
// Takes events from whoever has read them, as often as they come: the subscription, and reads that could not wait for it.

import { corrupt } from './failures.ts';
import { IdIndex } from './id-index.ts';
import type { StoredEvent } from './port.ts';
import type { SeenEvent } from './kurrent-event.ts';

/** Leaves kept in memory: enough for a follower to take part in a catch-up that somebody else reads. */
const KEPT_EVENTS = 8192;
const KEPT_CHARACTERS = 32 * 1024 * 1024;

export class KurrentHead {
  readonly #ids = new IdIndex();
  #last: SeenEvent | undefined;
  #kept: StoredEvent[] = [];
  #keptCharacters = 0;

  /** How many events this node has seen. */
  get size(): number {
    return this.#ids.size;
  }

  /** The event at position `size`. */
  get last(): SeenEvent | undefined {
    return this.#last;
  }

  positionOf(id: string): number | undefined {
    return this.#ids.positionOf(id);
  }

  /** Takes what it has not seen yet. @throws {LedgerError} `corrupt` for a gap, a repeated id, or time that goes back. */
  take(events: readonly SeenEvent[]): void {
    for (const event of events) if (event.position > this.size) this.#takeOne(event);
    this.#forget();
  }

  /** The events after `from`, at most `limit`; `undefined` if the first of them is not in memory. */
  kept(from: number, limit: number): readonly StoredEvent[] | undefined {
    const start = from - (this.size - this.#kept.length);
    return start < 0 || start >= this.#kept.length ? undefined : this.#kept.slice(start, start + limit);
  }

  #takeOne(event: SeenEvent): void {
    const { position, id, recordedAt, bytes } = event;
    if (position !== this.size + 1) throw corrupt(`position ${this.size + 1} was expected, saw ${position}`);
    const first = this.#ids.positionOf(id);
    if (first !== undefined)
      throw corrupt(`the id ${id} stands at position ${first} and again at ${position}`);
    if (this.#last !== undefined && recordedAt < this.#last.recordedAt) {
      throw corrupt(
        `recorded time goes back at position ${position}: ${recordedAt} after ${this.#last.recordedAt}`,
      );
    }
    this.#ids.add(id);
    this.#last = event;
    this.#kept.push({ position, bytes });
    this.#keptCharacters += bytes.length;
  }

  /** Half at a time, so that it costs nothing for each event. */
  #forget(): void {
    while (
      this.#kept.length > 2 * KEPT_EVENTS ||
      (this.#keptCharacters > 2 * KEPT_CHARACTERS && this.#kept.length > 1)
    ) {
      for (const { bytes } of this.#kept.splice(0, this.#kept.length >> 1))
        this.#keptCharacters -= bytes.length;
    }
  }
}
