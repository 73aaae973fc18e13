// How do many nodes append to, read and follow one ledger in KurrentDB?
//
// All events are in one stream, and each append names the size that the stream must have. So of those who append at the
// same moment one wins and the others are told; they take in what was appended, and try again. The server finds an append
// with the same ids and the same expected size to be a repetition and says yes, whatever else it contains. The ids are
// made of the leaves (kurrent-event.ts), so its yes says that these very bytes stand at that place.

import {
  batchTooLarge,
  closed,
  invalid,
  LedgerError,
  fork,
  outcomeUnknown,
  rollback,
  unavailable,
} from './failures.ts';
import { Group, type Batch } from './group.ts';
import { verdictOn } from './kurrent-error.ts';
import { BYTES_AROUND_LEAF, type SeenEvent } from './kurrent-event.ts';
import { KurrentHead } from './kurrent-head.ts';
import type { KurrentStream } from './kurrent-stream.ts';
import { prepareLeaf } from './leaf.ts';
import { OwnLoad } from './own-load.ts';
import type { Appended, Ledger, SealedEvent, StoredEvent } from './port.ts';

export interface KurrentParts {
  readonly stream: KurrentStream;
  /** Milliseconds since 1970 in UTC. */
  readonly clock: () => number;
  /** What one append may hold, in bytes: `MaxAppendSize` of the server. */
  readonly appendBytes: number;
  /** How long an append tries before it is answered with `unavailable` or `outcome-unknown`. */
  readonly appendMs: number;
  /** How long to wait before a call is tried again. */
  readonly pauseMs: number;
  /** How often to ask the server whether the subscription has told everything. */
  readonly checkMs: number;
  /** What the node had seen before it was started; `null`: nothing. */
  readonly remembered: Remembered | null;
  /** Called with what has been seen: now and then, and when the ledger is closed. */
  readonly remember: (seen: Remembered) => void;
  readonly release: () => Promise<void>;
}

/** What is enough to recognise the same history. */
export interface Remembered {
  readonly size: number;
  /** Of the last leaf. */
  readonly leafHash: string;
}

interface Waiting extends Batch {
  readonly sizeBytes: number;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: LedgerError) => void;
}

/** A group that was sent, and what to answer each batch if it is recorded. */
interface Attempt {
  readonly size: number;
  readonly leaves: readonly string[];
  readonly answers: readonly (Appended | LedgerError)[];
}

/** Events that `follow` reads at once. */
const FOLLOWED_PAGE = 1000;

/** Events that are read at once while this node is far behind. */
const CAUGHT_UP_AT_ONCE = 4 * FOLLOWED_PAGE;

/** How long to wait for the subscription before reading what it has not told yet. */
const GRACE_MS = 250;

/** How often to see whether a burst of this node's own appends is over. */
const BURST_CHECK_MS = 50;

const stoppingCodes: readonly string[] = ['rollback', 'fork', 'foreign-event', 'corrupt'];

export class KurrentLedger implements Ledger {
  readonly #parts: KurrentParts;
  readonly #stream: KurrentStream;
  readonly #head = new KurrentHead();
  readonly #ending = new AbortController();
  readonly #current: Promise<void>;
  readonly #sleepers = new Set<() => void>();
  #waiting: Waiting[] = [];
  #committing: Promise<void> | undefined;
  #closing: Promise<void> | undefined;
  readonly #ownLoad = new OwnLoad();
  /** Ends the subscription; null: there is none. */
  #subscribed: AbortController | null = null;
  /** Why nothing can be believed any more. */
  #stopped: LedgerError | undefined;
  /** The most events that the server has named. */
  #knownSize = 0;

  constructor(parts: KurrentParts) {
    this.#parts = parts;
    this.#stream = parts.stream;
    this.#current = this.#stayCurrent();
  }

  /** Resolves when the server has answered with the history that this node knows. To be called once, before all else. */
  async begin(): Promise<void> {
    const giveUpAt = performance.now() + this.#parts.appendMs;
    for (;;) {
      try {
        await this.size();
        return;
      } catch (error) {
        const isPassing =
          error instanceof LedgerError && error.code === 'unavailable' && !isRefusal(error.cause);
        if (!isPassing || performance.now() >= giveUpAt) throw error;
        await pause(this.#parts.pauseMs, this.#ending.signal);
      }
    }
  }

  async append(events: readonly SealedEvent[], expectedSize?: number): Promise<Appended> {
    this.#refuseIfOver();
    const unstamped = events.map(prepareLeaf);
    const sizeBytes = unstamped.reduce((sum, leaf) => sum + leaf.sizeBytes + BYTES_AROUND_LEAF, 0);
    if (sizeBytes > this.#parts.appendBytes) {
      // A single event that is too large is told so, in its own words, when it is stamped.
      if (unstamped.length > 1) throw batchTooLarge(sizeBytes, this.#parts.appendBytes);
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ events: unstamped, expectedSize, sizeBytes, resolve, reject });
      this.#committing ??= this.#commitAll();
    });
  }

  async read(from: number, limit: number): Promise<readonly StoredEvent[]> {
    this.#refuseIfOver();
    refuseUnlessWhole('from', from, 0);
    refuseUnlessWhole('limit', limit, 1);
    const kept = this.#head.kept(from, limit);
    if (kept !== undefined && (kept.length === limit || from + kept.length === this.#head.size)) return kept;
    return this.#asked(async () =>
      (await this.#stream.read(from, limit)).map(({ position, bytes }) => ({ position, bytes })),
    );
  }

  async size(): Promise<number> {
    this.#refuseIfOver();
    return this.#asked(() => this.#sameHistory());
  }

  async follow(
    from: number,
    deliver: (events: readonly StoredEvent[]) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    refuseUnlessWhole('from', from, 0);
    const size = from <= this.#head.size ? this.#head.size : await this.size();
    this.#refuseIfOver();
    if (from > size) {
      throw invalid(
        null,
        `Cannot follow from position ${from}: expected at most ${size}. Start from what you have seen.`,
      );
    }
    for (let seen = from; !signal.aborted;) {
      this.#refuseIfOver();
      const page = await this.#pageAfter(seen, signal);
      if (page.length > 0) await deliver(page);
      if (page.length === FOLLOWED_PAGE) await endOfTurn();
      seen += page.length;
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#finish();
    return this.#closing;
  }

  async #finish(): Promise<void> {
    this.#wake();
    await this.#committing;
    this.#ending.abort(closed());
    await this.#current;
    this.#remember();
    await this.#parts.release();
  }

  #refuseIfOver(): void {
    if (this.#closing !== undefined) throw closed();
    if (this.#stopped !== undefined) throw this.#stopped;
  }

  // Staying current

  /** Follows the stream until the ledger is closed or the stream can no longer be believed; subscribes anew as often as needed. */
  async #stayCurrent(): Promise<void> {
    while (!this.#ending.signal.aborted && this.#stopped === undefined) {
      await this.#burst();
      const attempt = new AbortController();
      const signal = AbortSignal.any([attempt.signal, this.#ending.signal]);
      try {
        await this.#catchUp(await this.#sameHistory(), signal);
        this.#subscribed = attempt;
        const following = this.#stream.follow(this.#head.size, (events) => this.#take(events), signal);
        await Promise.race([following, this.#watch(signal)]);
      } catch (error) {
        this.#stopIf(error);
        if (!attempt.signal.aborted) await pause(this.#parts.pauseMs, this.#ending.signal);
      } finally {
        this.#subscribed = null;
        attempt.abort(new Error('Subscribed anew.'));
      }
    }
  }

  /** While this node appends much and alone its appends tell it all; now and then it makes sure of the history all the same. */
  async #burst(): Promise<void> {
    let checkAt = performance.now() + this.#parts.checkMs;
    while (this.#ownLoad.isDense(performance.now()) && !this.#ending.signal.aborted) {
      await pause(BURST_CHECK_MS, this.#ending.signal);
      if (performance.now() < checkAt) continue;
      checkAt = performance.now() + this.#parts.checkMs;
      this.#remember();
      await this.#sameHistory().catch((error: unknown) => this.#stopIf(error));
      if (this.#stopped !== undefined) return;
    }
  }

  /** Reads what is far behind in long pages, each faster than a subscription tells it. */
  async #catchUp(size: number, signal: AbortSignal): Promise<void> {
    while (size - this.#head.size >= FOLLOWED_PAGE && !signal.aborted && this.#stopped === undefined) {
      await this.#readOn(CAUGHT_UP_AT_ONCE);
    }
  }

  /** Takes in what comes after what this node has seen. Throws where nothing does, though the server spoke of more. */
  async #readOn(limit: number): Promise<void> {
    const before = this.#head.size;
    this.#take(await this.#stream.read(before, limit));
    if (this.#head.size === before)
      throw new Error(`Events after position ${before} were asked for, and none came.`);
  }

  /** Rejects when the server has events that the subscription does not tell, or is not there at all. */
  async #watch(signal: AbortSignal): Promise<never> {
    for (;;) {
      const before = this.#head.size;
      await pause(this.#parts.checkMs, signal);
      signal.throwIfAborted();
      this.#remember();
      if ((await this.#sameHistory()) > this.#head.size && this.#head.size === before) {
        throw new Error('The subscription fell silent.');
      }
    }
  }

  /**
   * How many events the stream has, after making sure that it still begins with what this node has seen.
   *
   * @throws {LedgerError} `rollback`, `fork`.
   */
  async #sameHistory(): Promise<number> {
    const seen = this.#seen();
    const last = await this.#stream.last();
    const size = last?.position ?? 0;
    if (seen !== null) {
      if (size < seen.size) throw this.#stop(rollback(seen.size, size));
      const there = size === seen.size ? last : (await this.#stream.read(seen.size - 1, 1))[0];
      if (there === undefined)
        throw new Error(`The event at position ${seen.size} was asked for, and did not come.`);
      if (there.leafHash !== seen.leafHash) throw this.#stop(fork(seen.size));
    }
    this.#knownSize = Math.max(this.#knownSize, size);
    return size;
  }

  /** What the stream must still hold. After a start that is what was remembered, until more has been taken in. */
  #seen(): Remembered | null {
    const { last } = this.#head;
    const { remembered } = this.#parts;
    if (remembered !== null && remembered.size > this.#head.size) return remembered;
    return last === undefined ? null : { size: last.position, leafHash: last.leafHash };
  }

  #remember(): void {
    const seen = this.#seen();
    if (seen !== null) this.#parts.remember(seen);
  }

  #take(events: readonly SeenEvent[]): void {
    try {
      this.#head.take(events);
    } catch (error) {
      throw this.#stopIf(error);
    } finally {
      this.#wake();
    }
  }

  #stop(error: LedgerError): LedgerError {
    this.#stopped ??= error;
    this.#wake();
    return this.#stopped;
  }

  /** Stops for good if the error says that the stream cannot be believed. Returns the error. */
  #stopIf(error: unknown): unknown {
    return error instanceof LedgerError && stoppingCodes.includes(error.code) ? this.#stop(error) : error;
  }

  /** Until this node has seen so many events. Reads them itself where the subscription does not tell them soon. */
  async #reach(size: number): Promise<void> {
    while (this.#head.size < size) {
      if (this.#stopped !== undefined) throw this.#stopped;
      const before = this.#head.size;
      if (this.#subscribed !== null) await this.#grown(before, AbortSignal.timeout(GRACE_MS));
      if (this.#head.size === before) await this.#readOn(FOLLOWED_PAGE);
    }
  }

  async #pageAfter(seen: number, signal: AbortSignal): Promise<readonly StoredEvent[]> {
    if (seen >= this.#head.size) {
      await this.#grown(seen, signal);
      return [];
    }
    const kept = this.#head.kept(seen, FOLLOWED_PAGE);
    if (kept !== undefined) return kept;
    try {
      return await this.read(seen, Math.min(FOLLOWED_PAGE, this.#head.size - seen));
    } catch (error) {
      if (!(error instanceof LedgerError && error.code === 'unavailable')) throw error;
      await pause(this.#parts.pauseMs, signal);
      return [];
    }
  }

  /** Resolves when more than `seen` events have been seen, or the signal is aborted, or the ledger is over. */
  #grown(seen: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted || this.#head.size > seen || this.#stopped !== undefined) return resolve();
      const wake = () => {
        this.#sleepers.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#sleepers.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  #wake(): void {
    for (const wake of this.#sleepers) wake();
  }

  // Appending

  async #commitAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      await endOfTurn();
      await this.#commit(this.#nextGroup());
    }
    this.#committing = undefined;
  }

  /** As many of those that wait as one append can hold. */
  #nextGroup(): readonly Waiting[] {
    let sizeBytes = 0;
    const fits = this.#waiting.findIndex((batch) => (sizeBytes += batch.sizeBytes) > this.#parts.appendBytes);
    return this.#waiting.splice(0, fits === -1 ? this.#waiting.length : Math.max(1, fits));
  }

  async #commit(waiting: readonly Waiting[]): Promise<void> {
    try {
      const answers = await this.#record(waiting);
      waiting.forEach(({ resolve, reject }, index) => {
        const answer = answers[index];
        if (answer instanceof LedgerError) reject(answer);
        else if (answer !== undefined) resolve(answer);
      });
    } catch (error) {
      const failure =
        error instanceof LedgerError ? error : unavailable('Nothing was recorded. Try again.', error);
      for (const { reject } of waiting) reject(failure);
    }
  }

  /** Tries until the group is recorded or refused, or the time is up. */
  async #record(waiting: readonly Waiting[]): Promise<Attempt['answers']> {
    const giveUpAt = performance.now() + this.#parts.appendMs;
    let sent: Attempt | null = null;
    let isUnknown = false;
    for (;;) {
      try {
        await this.#reach(this.#knownSize);
        if (sent !== null && (await this.#holds(sent))) return sent.answers;
        // As long as nothing else took its place the very same bytes are sent again: an earlier call may still arrive.
        const attempt: Attempt =
          sent !== null && sent.size === this.#head.size ? sent : await this.#judge(waiting);
        if (attempt !== sent) isUnknown = false;
        sent = attempt;
        if (attempt.leaves.length === 0) return attempt.answers;
        this.#takeOwn(await this.#stream.append(attempt.leaves, attempt.size));
      } catch (error) {
        const { kind } = this.#judgeError(error, sent);
        if (kind === 'unknown' && sent !== null) isUnknown = true;
        if (performance.now() >= giveUpAt || (kind !== 'wrong-size' && this.#closing !== undefined))
          throw isUnknown ? outcomeUnknown(error) : notRecorded(error);
        if (kind !== 'wrong-size') await pause(this.#parts.pauseMs, this.#ending.signal);
      }
    }
  }

  /** What this node has just appended is there as it was sent; while it appends much, nobody need tell it. */
  #takeOwn(appended: readonly SeenEvent[]): void {
    this.#take(appended);
    const now = performance.now();
    this.#ownLoad.appended(appended.length, now);
    if (this.#ownLoad.isDense(now)) this.#subscribed?.abort(new Error('This node appends alone.'));
  }

  /** @throws {LedgerError} where trying again is pointless. */
  #judgeError(error: unknown, sent: Attempt | null): ReturnType<typeof verdictOn> {
    if (this.#stopIf(error) instanceof LedgerError) throw error;
    const verdict = verdictOn(error);
    if (verdict.kind === 'refused') throw notRecorded(error);
    if (verdict.kind === 'too-large') throw batchTooLarge(textLength(sent), verdict.limitBytes);
    if (verdict.kind === 'wrong-size') {
      if (verdict.actual < this.#head.size) throw this.#stop(rollback(this.#head.size, verdict.actual));
      this.#knownSize = Math.max(this.#knownSize, verdict.actual);
      this.#ownLoad.overtaken(performance.now());
    }
    return verdict;
  }

  /** Whether the stream has exactly what was sent, where it was to go. */
  async #holds({ size, leaves }: Attempt): Promise<boolean> {
    if (this.#head.size < size + leaves.length) return false;
    const there = this.#head.kept(size, leaves.length) ?? (await this.#stream.read(size, leaves.length));
    return there.length === leaves.length && there.every(({ bytes }, index) => bytes === leaves[index]);
  }

  /** What to append, and what to answer then, as things stand. */
  async #judge(waiting: readonly Waiting[]): Promise<Attempt> {
    const isAhead = ({ expectedSize }: Waiting) =>
      expectedSize !== undefined && expectedSize > this.#head.size;
    if (waiting.some(isAhead)) await this.#reach(await this.#sameHistory());
    const known = await this.#knownLeaves(waiting);
    const recordedAtMs = Math.max(
      Date.parse(this.#head.last?.recordedAt ?? new Date(0).toISOString()),
      this.#parts.clock(),
    );
    const { size } = this.#head;
    const group = new Group(
      {
        size: () => size,
        positionOf: (id) => this.#head.positionOf(id),
        page: (from) => known.get(from + 1) ?? [],
      },
      new Date(recordedAtMs).toISOString(),
    );
    const answers = waiting.map((batch) => group.judge(batch));
    return { size, leaves: group.leaves.map(({ leaf }) => leaf), answers };
  }

  /** The leaves of those events of the group that are recorded already. */
  async #knownLeaves(waiting: readonly Waiting[]): Promise<ReadonlyMap<number, readonly StoredEvent[]>> {
    const leaves = new Map<number, readonly StoredEvent[]>();
    // While some are read, others may be recorded by another node.
    for (;;) {
      const wanted = waiting
        .flatMap(({ events }) => events.map(({ id }) => this.#head.positionOf(id)))
        .filter((position) => position !== undefined)
        .filter((position) => !leaves.has(position));
      if (wanted.length === 0) return leaves;
      for (const position of new Set(wanted)) {
        leaves.set(position, this.#head.kept(position - 1, 1) ?? (await this.#stream.read(position - 1, 1)));
      }
    }
  }

  /** What the server answers to a question; where it does not, `unavailable`. */
  async #asked<Answer>(question: () => Promise<Answer>): Promise<Answer> {
    try {
      return await question();
    } catch (error) {
      this.#stopIf(error);
      if (error instanceof LedgerError) throw error;
      if (this.#closing !== undefined) throw closed();
      throw unavailable('KurrentDB did not answer. Try again.', error);
    }
  }
}

function textLength(sent: Attempt | null): number {
  return sent === null ? 0 : sent.leaves.reduce((sum, leaf) => sum + Buffer.byteLength(leaf), 0);
}

function isRefusal(cause: unknown): boolean {
  return verdictOn(cause).kind === 'refused';
}

function notRecorded(cause: unknown): LedgerError {
  return unavailable('Nothing was recorded: KurrentDB did not take the append. Try again.', cause);
}

/** Ends early when the signal is aborted. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const wake = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, milliseconds);
    signal.addEventListener('abort', wake);
  });
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
