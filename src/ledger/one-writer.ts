// How do many callers append to, read and follow a ledger that one process writes?
//
// Appends are committed in groups: all that wait when a commit can begin go into one transaction and are answered after
// it. The group closes at the end of a turn of the event loop, so that every request that arrived in the turn shares the
// commit; under load a commit is paid once for all writers, and a lone writer waits for nobody.

import { closed, invalid, LedgerError, unavailable } from './failures.ts';
import { Group, type Batch } from './group.ts';
import { prepareLeaf, recordedAtOf } from './leaf.ts';
import type { Appended, Ledger, SealedEvent, StoredEvent } from './port.ts';
import type { Store } from './store.ts';

/** Milliseconds since 1970 in UTC. */
export type Clock = () => number;

/** Events that `follow` reads at once: near the best rate of SQLite, and 60 MB at the very worst. */
const FOLLOWED_PAGE = 1000;

interface Waiting extends Batch {
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: LedgerError) => void;
}

/** A Ledger over a Store that nobody else writes to. */
export class OneWriter implements Ledger {
  readonly #store: Store;
  readonly #clock: Clock;
  #waiting: Waiting[] = [];
  #committing: Promise<void> | undefined;
  #closing: Promise<void> | undefined;
  /** Followers at the end of the ledger, each asleep until called. */
  readonly #sleepers = new Set<() => void>();
  #recordedAtMs: number;

  /** @param clock gives `recordedAt`; the last recorded event holds it back if it lags behind. */
  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    const [last] = store.size() === 0 ? [] : store.page(store.size() - 1, 1);
    this.#recordedAtMs = last === undefined ? Number.NEGATIVE_INFINITY : Date.parse(recordedAtOf(last.bytes));
  }

  async append(events: readonly SealedEvent[], expectedSize?: number): Promise<Appended> {
    this.#refuseIfClosed();
    const batch = { events: events.map(prepareLeaf), expectedSize };
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...batch, resolve, reject });
      this.#committing ??= this.#commitAll();
    });
  }

  async read(from: number, limit: number): Promise<readonly StoredEvent[]> {
    refuseUnlessWhole('from', from, 0);
    refuseUnlessWhole('limit', limit, 1);
    return this.#page(from, limit);
  }

  async size(): Promise<number> {
    this.#refuseIfClosed();
    return this.#store.size();
  }

  async follow(
    from: number,
    deliver: (events: readonly StoredEvent[]) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    refuseUnlessWhole('from', from, 0);
    const there = await this.size();
    if (from > there) {
      throw invalid(
        null,
        `Cannot follow from position ${from}: expected at most ${there}. Start from what you have seen.`,
      );
    }
    let seen = from;
    while (!signal.aborted) {
      const page = this.#page(seen, FOLLOWED_PAGE);
      // Nothing may be awaited between the empty page and falling asleep, or an event could slip through there.
      if (page.length === 0) await this.#somethingNew(signal);
      else await deliver(page);
      if (page.length === FOLLOWED_PAGE) await endOfTurn();
      seen += page.length;
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#finish();
    return this.#closing;
  }

  async #finish(): Promise<void> {
    this.#wakeFollowers();
    await this.#committing;
    this.#store.close();
  }

  #refuseIfClosed(): void {
    if (this.#closing !== undefined) throw closed();
  }

  async #commitAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      await endOfTurn();
      const group = this.#waiting;
      this.#waiting = [];
      await this.#commit(group);
    }
    this.#committing = undefined;
  }

  async #commit(waiting: readonly Waiting[]): Promise<void> {
    try {
      const recordedAtMs = Math.max(this.#recordedAtMs, this.#clock());
      const group = new Group(this.#store, new Date(recordedAtMs).toISOString());
      const judged = waiting.map((batch) => ({ batch, answer: group.judge(batch) }));
      if (group.leaves.length > 0) {
        await this.#store.write(group.leaves);
        this.#recordedAtMs = recordedAtMs;
        this.#wakeFollowers();
      }
      for (const { batch, answer } of judged) {
        if (answer instanceof LedgerError) batch.reject(answer);
        else batch.resolve(answer);
      }
    } catch (error) {
      const failure =
        error instanceof LedgerError ? error : unavailable('Nothing was recorded. Try again.', error);
      for (const { reject } of waiting) reject(failure);
    }
  }

  #page(from: number, limit: number): readonly StoredEvent[] {
    this.#refuseIfClosed();
    return from >= this.#store.size() ? [] : this.#store.page(from, limit);
  }

  /** Resolves when another event is durable, or the signal is aborted, or the ledger closes. */
  #somethingNew(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#sleepers.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#sleepers.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  #wakeFollowers(): void {
    for (const wake of this.#sleepers) wake();
  }
}

function endOfTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function refuseUnlessWhole(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw invalid(null, `${name} is ${value}: expected a whole number from ${least}. Send one.`);
}
