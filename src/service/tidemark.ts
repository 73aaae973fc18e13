/** What is the service, without HTTP? Opened on a ledger: record, ask, replay, feed. */
import type { Ledger } from '../ledger/port.ts';
import type { NamedInputs } from '../../events/provision.ts';
import { Ask } from './ask.ts';
import { CatchUp } from './catchUp.ts';
import { readInputs } from './chronicle/readInputs.ts';
import { Determinations } from './determinations.ts';
import { Feed } from './feed.ts';
import { Mementos } from './mementos.ts';
import { Recorder, refusalOf } from './record.ts';
import type { Replayed } from './replay.ts';
import { replayLedger, stateDigest } from './replay.ts';
import { RunningIndex } from './runningIndex.ts';
import type { RecordedHistory } from './shippedHistory.ts';
import { recordShippedHistory } from './shippedHistory.ts';
import { unlessAborted } from './unlessAborted.ts';

/** How long the ledger may take to say its size. */
const ledgerPatienceMs = 1_000;

export interface TidemarkParts {
  readonly ledger: Ledger;
  /** The folder of the shipped history; null: record none. */
  readonly chronicleDirectory: string | null;
  /** Where to note which history the log holds; null: nowhere. */
  readonly noteDirectory: string | null;
  /** Milliseconds since 1970 in UTC. */
  readonly clock: () => number;
  /** A new UUIDv7 in lower case. */
  readonly newId: () => string;
}

/** How a step of the start is going. */
export interface Progress {
  readonly step: 'replay' | 'history';
  readonly done: number;
  readonly total: number;
}

/** A replay, next to what the service answers from. */
export interface Audit extends Replayed {
  /** The digest of the running index at the same position. */
  readonly runningDigest: string;
  readonly agrees: boolean;
}

/** The yes/no questions that provisions ask come with the shipped history; without one there are none. */
function inputsOf({ chronicleDirectory }: TidemarkParts): NamedInputs {
  return chronicleDirectory === null ? {} : readInputs(chronicleDirectory).inputs;
}

export class Tidemark {
  readonly ask: Ask;
  readonly determinations: Determinations;
  readonly mementos: Mementos;
  readonly recorder: Recorder;
  readonly feed: Feed;
  readonly #parts: TidemarkParts;
  readonly #running = new RunningIndex();
  readonly #catchUp: CatchUp;
  readonly #stopping = new AbortController();
  readonly #replays = new Map<number, Promise<Replayed>>();
  #following: Promise<Error | null> = Promise.resolve(null);
  #isTakenIn = false;

  constructor(parts: TidemarkParts) {
    this.#parts = parts;
    const running = this.#running;
    this.ask = new Ask(running, parts.clock);
    this.determinations = new Determinations(this.ask, inputsOf(parts));
    this.mementos = new Mementos(running, this.ask, parts.clock);
    this.recorder = new Recorder({ ledger: parts.ledger, running, newId: parts.newId });
    this.feed = new Feed(running);
    this.#catchUp = new CatchUp(parts.ledger, running);
  }

  /** Whether questions are answered: the log was taken in, and the shipped history is in it. */
  get canAnswer(): boolean {
    return this.#isTakenIn;
  }

  /** Whether it also follows the log, so that events can be recorded and those of other nodes become known. */
  get isReady(): boolean {
    return this.#isTakenIn && this.stopped === null;
  }

  /** Why the log is no longer followed; null while it is. */
  get stopped(): Error | null {
    return this.#running.stopped;
  }

  /** Resolves when the log is no longer followed: with the reason, or with null where the service was closed. */
  get following(): Promise<Error | null> {
    return this.#following;
  }

  /** The last position that is known. */
  get position(): number {
    return this.#running.size;
  }

  /** Takes in the ledger, then records what the shipped history adds. Resolves when every question can be answered. */
  async start(onProgress?: (progress: Progress) => void): Promise<RecordedHistory> {
    const { ledger, chronicleDirectory, noteDirectory, clock } = this.#parts;
    const total = await ledger.size();
    const stopTelling = this.#running.onGrowth(() => {
      if (total > 0) onProgress?.({ step: 'replay', done: Math.min(this.position, total), total });
    });
    this.#following = this.#follow();
    await this.#running.reached(total);
    stopTelling();
    const history =
      chronicleDirectory === null
        ? { recorded: 0, missing: [], problems: [] }
        : await recordShippedHistory({
            ledger,
            running: this.#running,
            directory: chronicleDirectory,
            noteDirectory,
            clock,
            onProgress: (done, of) => onProgress?.({ step: 'history', done, total: of }),
          });
    this.#isTakenIn = true;
    return history;
  }

  /** A subscriber of a node that learns nothing more must not wait for it: its stream ends, and it looks for another. */
  async #follow(): Promise<Error | null> {
    try {
      await this.#running.follow(this.#parts.ledger, this.#stopping.signal);
      return null;
    } catch (error) {
      this.feed.close();
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  /** How many events are recorded and not known yet; null where the ledger cannot say, or not within a second. */
  async behind(): Promise<number | null> {
    try {
      const size = await unlessAborted(this.#parts.ledger.size(), AbortSignal.timeout(ledgerPatienceMs));
      return Math.max(0, size - this.position);
    } catch {
      return null;
    }
  }

  /**
   * Resolves once the position is known, and at once where the ledger itself does not have it. Throws a Refusal
   * `not-ready` where it does not come within two seconds; also when the signal is aborted, and while the service stops.
   */
  untilKnown(position: number, gone: AbortSignal): Promise<void> {
    return this.#catchUp.until(position, gone);
  }

  /** How many questions wait for an event that this node does not know yet. */
  get waitingCount(): number {
    return this.#catchUp.waitingCount;
  }

  /** How many events the subject's own stream has. */
  revisionOf(subject: string): number {
    return this.#running.revisionOf(subject);
  }

  /** Derives the state anew from the log, up to a position; those who ask for the same one at once share the work. */
  async replay(to: number | undefined): Promise<Audit> {
    const position = to ?? this.position;
    const running = this.#replays.get(position) ?? this.#replay(position);
    this.#replays.set(position, running);
    const replayed = await running.finally(() => this.#replays.delete(position));
    const runningDigest = stateDigest(this.#running.index, position);
    return { ...replayed, runningDigest, agrees: runningDigest === replayed.digest };
  }

  #replay(to: number): Promise<Replayed> {
    return replayLedger(this.#parts.ledger, { to, clock: this.#parts.clock }).catch((error: unknown) => {
      throw refusalOf(error);
    });
  }

  /** Ends what could last: subscriptions, and waits for what other nodes recorded. Questions are answered still. */
  windDown(): void {
    this.feed.close();
    this.#catchUp.close();
  }

  /** Winds down, stops following, and closes the ledger once what was being recorded is. */
  async close(): Promise<void> {
    this.#isTakenIn = false;
    this.windDown();
    this.#stopping.abort();
    await this.#following;
    await this.#parts.ledger.close();
  }
}
