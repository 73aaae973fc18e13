// How is one stream of KurrentDB appended to, read and followed, so that every call ends?

import type {
  Credentials,
  EventStoreDBClient,
  ReadStreamOptions,
  ResolvedEvent,
} from '@eventstore/db-client';
import { corrupt } from './failures.ts';
import { inTime } from './kurrent-client.ts';
import { CallTimedOut, verdictOn } from './kurrent-error.ts';
import { eventOf, seenIn, type SeenEvent } from './kurrent-event.ts';

export interface StreamPlace {
  readonly client: EventStoreDBClient;
  readonly credentials: Credentials;
  /** Its name. */
  readonly stream: string;
  /** Who appends, for those who look into the stream. */
  readonly node: string;
  /** How long an append, or a read between two events, may be silent. */
  readonly callMs: number;
}

/** Errors are the client's own, CallTimedOut, or a LedgerError for a stream that is no ledger. */
export class KurrentStream {
  readonly #place: StreamPlace;

  constructor(place: StreamPlace) {
    this.#place = place;
  }

  /** Appends if the stream has exactly `size` events. Resolves when it is durable, or when the same ids were there already. */
  async append(leaves: readonly string[], size: number): Promise<void> {
    const { client, credentials, stream, node, callMs } = this.#place;
    const events = leaves.map((leaf) => eventOf(leaf, node));
    const expectedRevision = size === 0 ? 'no_stream' : BigInt(size - 1);
    const call = client.appendToStream(stream, events, {
      expectedRevision,
      credentials,
      requiresLeader: true,
      deadline: callMs,
    });
    const { nextExpectedRevision } = await inTime(call, callMs, 'An append');
    if (Number(nextExpectedRevision) === size + leaves.length - 1) return;
    throw corrupt(
      `the last event of an append was expected at revision ${size + leaves.length - 1} of stream ${stream}, saw ` +
        `${nextExpectedRevision}; the stream was deleted and begun anew`,
    );
  }

  /** The events after the first `from`, at most `limit`. */
  async read(from: number, limit: number): Promise<readonly SeenEvent[]> {
    const events = await this.#collect({ fromRevision: BigInt(from), maxCount: limit });
    events.forEach(({ position }, index) => {
      if (position !== from + index + 1)
        throw corrupt(missing(this.#place.stream, from + index, position - 1));
    });
    return events;
  }

  /** The last event as the leader knows it; `undefined`: the stream is empty. */
  async last(): Promise<SeenEvent | undefined> {
    const [last] = await this.#collect({
      fromRevision: 'end',
      direction: 'backwards',
      maxCount: 1,
      requiresLeader: true,
    });
    return last;
  }

  /**
   * Hands over the events after the first `from`, then those that come, several at a time. Ends only with an error: of the
   * server, of `take`, or the reason of the signal.
   */
  follow(from: number, take: (events: readonly SeenEvent[]) => void, signal: AbortSignal): Promise<never> {
    const { client, credentials, stream } = this.#place;
    const fromRevision = from === 0 ? 'start' : BigInt(from - 1);
    const subscription = client.subscribeToStream(stream, { fromRevision, credentials });
    let arrived: SeenEvent[] = [];
    const following = new Promise<never>((_resolve, reject) => {
      const handOver = () => {
        const events = arrived;
        arrived = [];
        try {
          take(events);
        } catch (error) {
          reject(error);
        }
      };
      subscription.on('data', ({ event }: ResolvedEvent) => {
        if (event === undefined) return;
        try {
          arrived.push(seenIn(event));
        } catch (error) {
          // What came before the foreign event is good.
          handOver();
          reject(error);
        }
        if (arrived.length === 1) setImmediate(handOver);
      });
      subscription.on('error', reject);
      subscription.on('end', () => reject(new Error('The subscription ended.')));
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    return following.finally(() => cancel(() => subscription.unsubscribe()));
  }

  async #collect(options: ReadStreamOptions): Promise<readonly SeenEvent[]> {
    const { client, credentials, stream, callMs } = this.#place;
    const reading = client.readStream(stream, { ...options, credentials });
    const events: SeenEvent[] = [];
    const collected = new Promise<readonly SeenEvent[]>((resolve, reject) => {
      let timer = setTimeout(
        () => reject(new CallTimedOut(`A read was not answered within ${callMs} ms`)),
        callMs,
      );
      const settle = (how: () => void) => {
        clearTimeout(timer);
        how();
      };
      reading.on('data', ({ event }: ResolvedEvent) => {
        timer = timer.refresh();
        try {
          if (event !== undefined) events.push(seenIn(event));
        } catch (error) {
          settle(() => reject(error));
        }
      });
      reading.on('end', () => settle(() => resolve(events)));
      // Stays after the promise is settled: an error that comes late must find somebody who hears it.
      reading.on('error', (error) => settle(() => reject(error)));
    });
    try {
      return await collected;
    } catch (error) {
      cancel(() => reading.cancel());
      if (verdictOn(error).kind === 'no-stream') return [];
      throw error;
    }
  }
}

/** Of a call that may never have begun: nothing it says matters any more. */
function cancel(how: () => Promise<void>): void {
  how().catch(() => {});
}

function missing(stream: string, expected: number, seen: number): string {
  return `revision ${expected} of stream ${stream} was expected, saw ${seen}; events were removed (see $maxAge, $maxCount, $tb)`;
}
