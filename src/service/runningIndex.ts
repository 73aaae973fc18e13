/** Is what was recorded already known? The claim index, kept current by following the ledger. */
import type { Ledger, StoredEvent } from '../ledger/port.ts';
import { LeafIndex } from './leafIndex.ts';
import { Refusal } from './refusal.ts';

interface Waiting {
  readonly position: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * Owns the index: nobody else adds to it. `reached` resolves once a position is in it; listeners hear of every page that
 * came in, after all of it is there.
 */
export class RunningIndex {
  readonly #leaves = new LeafIndex();
  readonly index = this.#leaves.index;
  readonly #listeners = new Set<() => void>();
  #waiting: Waiting[] = [];
  #stopped: Error | null = null;

  /** The last position that is known. */
  get size(): number {
    return this.index.size;
  }

  /** Why the index no longer follows the ledger; null while it does. */
  get stopped(): Error | null {
    return this.#stopped;
  }

  /** Follows the ledger until the signal is aborted, or it fails: then `stopped` says why. */
  async follow(ledger: Ledger, signal: AbortSignal): Promise<void> {
    try {
      await ledger.follow(this.size, async (page) => this.#take(page), signal);
      this.#stop(new Refusal('unavailable', 'The service is shutting down. Ask again later.'));
    } catch (error) {
      this.#stop(error instanceof Error ? error : new Error(String(error)));
      throw error;
    }
  }

  #take(page: readonly StoredEvent[]): void {
    for (const stored of page) this.#leaves.add(stored);
    const reached = this.#waiting.filter((waiting) => waiting.position <= this.size);
    this.#waiting = this.#waiting.filter((waiting) => waiting.position > this.size);
    for (const { resolve } of reached) resolve();
    for (const listener of this.#listeners) listener();
  }

  #stop(why: Error): void {
    this.#stopped = why;
    for (const { reject } of this.#waiting) reject(why);
    this.#waiting = [];
  }

  /**
   * Resolves once the position is in the index; rejects where the index has stopped following, or the signal is aborted
   * before.
   */
  reached(position: number, signal?: AbortSignal): Promise<void> {
    if (position <= this.size) return Promise.resolve();
    if (this.#stopped !== null) return Promise.reject(this.#stopped);
    return new Promise((resolve, reject) => {
      const waiting = { position, resolve, reject };
      this.#waiting.push(waiting);
      const giveUp = () => {
        this.#waiting = this.#waiting.filter((one) => one !== waiting);
        reject(new Error(`Position ${position} was waited for, and did not come in time.`));
      };
      if (signal?.aborted === true) giveUp();
      signal?.addEventListener('abort', giveUp, { once: true });
    });
  }

  /** Calls the listener whenever events came in. Returns how to stop that. */
  onGrowth(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** How many events the subject's own stream has: the revision that `If-Match` compares. */
  revisionOf(subject: string): number {
    return this.index.revisionOf(subject);
  }
}
