// What does a ledger promise, whatever keeps it?

/**
 * An event as its recorder lets go of it: everything but its place (`seq`) and time (`recordedAt`) in the ledger, which
 * only the ledger can give. Plain JSON, validated before it comes here. Further members are kept like these.
 */
export interface SealedEvent {
  /** UUID in lower case. Sending the same event again under the same id changes nothing. */
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly subject: string;
  readonly publishedOn: string;
  /** `null`: nobody said. */
  readonly occurredOn: string | null;
  readonly standing: string;
  readonly summary: string;
  readonly data: object;
  readonly attribution: object | null;
  readonly sources: readonly object[];
  readonly doubts: readonly object[];
  readonly relates: readonly object[];
  readonly notes: string | null;
  /** Who recorded it. Not part of the content: another actor sending the same event finds it already there. */
  readonly actor: string;
}

/** An event as it is kept: the leaf of the log. What is hashed is what is stored is what is exported. */
export interface StoredEvent {
  /** 1 for the first event; the size of the ledger after it; `seq + 1`. */
  readonly position: number;
  /** RFC 8785 canonical JSON of the envelope with `seq` and `recordedAt`, at most 61,440 bytes in UTF-8. */
  readonly bytes: string;
}

/** What became of a batch. */
export interface Appended {
  /** `appended`: at least one event is new. `already-there`: every one had been recorded before, content for content. */
  readonly outcome: 'appended' | 'already-there';
  /** For each event of the batch, in its order, the position it has: a new one, or the one it always had. */
  readonly positions: readonly number[];
  /** RFC 3339, UTC, milliseconds: when the new events were recorded; if none is new, when the last of them was. */
  readonly recordedAt: string;
}

/**
 * One ordered, gap-free, append-only ledger. Every method rejects with a LedgerError (failures.ts), whose `code` tells
 * the outcomes apart.
 *
 * A place in the ledger is always given as the position already seen: 0 is before the first event, and 7 means that the
 * events 8, 9, … are wanted.
 */
export interface Ledger {
  /**
   * Records a batch, all or nothing, and resolves when it is durable: it is there after a power cut.
   *
   * Events already recorded with the same content keep their positions; only the others are new. `recordedAt` never
   * decreases from one position to the next, even if the clock goes back.
   *
   * @param expectedSize append only if the ledger has this many events. Not asked of a batch that is already there, so
   * that a retry after `outcome-unknown` finds its events and not a changed size.
   * @throws `id-conflict`, `wrong-expected-size`, `too-large`, `invalid`: nothing was recorded, and trying again is
   * pointless. `unavailable`: nothing was recorded, try later. `outcome-unknown`: try again with the same ids.
   */
  append(events: readonly SealedEvent[], expectedSize?: number): Promise<Appended>;

  /**
   * The events after `from`, in order: as many as there are, at most `limit`. Empty at the end of the ledger.
   *
   * @throws `invalid` unless `from` is a whole number from 0 and `limit` one from 1; `corrupt` if one is missing.
   */
  read(from: number, limit: number): Promise<readonly StoredEvent[]>;

  /** How many events are durable; the position of the last one. */
  size(): Promise<number>;

  /**
   * Hands over every event after `from`, in order, without gap or repeat: first those that are there, then each as it
   * becomes durable. The next page is read when the promise of `deliver` is kept, so a slow reader is never flooded.
   * Resolves once `signal` is aborted and the page being delivered is done.
   *
   * @throws whatever `deliver` throws; `invalid` if the ledger has fewer than `from` events; `unavailable` when the
   * ledger is closed.
   */
  follow(
    from: number,
    deliver: (events: readonly StoredEvent[]) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void>;

  /** Finishes the appends that were waiting, ends every follower, lets go of files and locks. May be called twice. */
  close(): Promise<void>;
}
