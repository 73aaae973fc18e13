// How is one stream of KurrentDB appended to, read and followed, so that every call ends?

import type { EventStoreDBClient, ReadStreamOptions, ResolvedEvent } from '@eventstore/db-client';
import { corrupt } from './failures.ts';
import { inTime, type TakenClient } from './kurrent-client.ts';
import { CallTimedOut, verdictOn } from './kurrent-error.ts';
import { sealedOf, seenIn, type SeenEvent } from './kurrent-event.ts';

export interface StreamPlace {
  readonly connection: TakenClient;
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

  /** Appends if the stream has exactly `size` events. Resolves with them as they stand there, when they are durable or were there already. */
  async append(leaves: readonly string[], size: number): Promise<readonly SeenEvent[]> {
    const { connection, stream, node, callMs } = this.#place;
    const { credentials } = connection;
    const client = connection.client();
    const sealed = leaves.map((leaf, index) => sealedOf(leaf, size + index + 1, node));
    const events = sealed.map(({ event }) => event);
    const expectedRevision = size === 0 ? 'no_stream' : BigInt(size - 1);
    const call = client.appendToStream(stream, events, {
      expectedRevision,
      credentials,
      requiresLeader: true,
      deadline: callMs,
    });
    const { nextExpectedRevision } = await inTime(call, callMs, 'An append').catch((error: unknown) =>
      this.#renewIfSilent(client, error),
    );
    if (Number(nextExpectedRevision) === size + leaves.length - 1) return sealed.map(({ seen }) => seen);
    throw corrupt(
      `the last event of an append was expected at revision ${size + leaves.length - 1} of stream ${stream}, saw ` +
        `${nextExpectedRevision}; the stream was deleted and begun anew`,
    );
  }

  /** The events after the first `from`, at most `limit`. */
  async read(from: number, limit: number): Promise<readonly SeenEvent[]> {
    const reading = this.#collect({ fromRevision: BigInt(from), maxCount: limit });
    const events = (await thereOrNot(reading)) ?? [];
    events.forEach(({ position }, index) => {
      if (position !== from + index + 1)
        throw corrupt(missing(this.#place.stream, from + index, position - 1));
    });
    return events;
  }

  /** The last event as the leader knows it; `undefined`: the stream is empty. */
  async last(): Promise<SeenEvent | undefined> {
    const options = {
      fromRevision: 'end',
      direction: 'backwards',
      maxCount: 1,
      requiresLeader: true,
    } as const;
    const events = await thereOrNot(this.#collect(options));
    if (events === undefined) return undefined;
    const [last] = events;
    if (last === undefined) throw new Error('The last event was asked for, and the call ended without it.');
    return last;
  }

  /**
   * Hands over the events after the first `from`, then those that come, several at a time. Ends only with an error: of the
   * server, of `take`, or the reason of the signal.
   */
  follow(from: number, take: (events: readonly SeenEvent[]) => void, signal: AbortSignal): Promise<never> {
    const { connection, stream } = this.#place;
    const { credentials } = connection;
    const client = connection.client();
    const replaced = connection.replaced();
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
      for (const end of [signal, replaced])
        end.addEventListener('abort', () => reject(end.reason), { once: true });
    });
    return following.finally(() => cancel(() => subscription.unsubscribe()));
  }

  async #collect(options: ReadStreamOptions): Promise<readonly SeenEvent[]> {
    const { connection, stream, callMs } = this.#place;
    const { credentials } = connection;
    const client = connection.client();
    const reading = client.readStream(stream, { ...options, credentials });
    const replaced = connection.replaced();
    const events: SeenEvent[] = [];
    const collected = new Promise<readonly SeenEvent[]>((resolve, reject) => {
      let timer = setTimeout(
        () => reject(new CallTimedOut(`A read was not answered within ${callMs} ms`)),
        callMs,
      );
      const settle = (how: () => void) => {
        clearTimeout(timer);
        replaced.removeEventListener('abort', onReplaced);
        how();
      };
      const onReplaced = () => settle(() => reject(replaced.reason));
      replaced.addEventListener('abort', onReplaced);
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
      return this.#renewIfSilent(client, error);
    }
  }

  async #renewIfSilent(client: EventStoreDBClient, error: unknown): Promise<never> {
    if (error instanceof CallTimedOut) await this.#place.connection.renew(client);
    throw error;
  }
}

/** What was read; `undefined` if the server says that there is no such stream. */
async function thereOrNot<Value>(reading: Promise<Value>): Promise<Value | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (verdictOn(error).kind === 'no-stream') return undefined;
    throw error;
  }
}

/** Of a call that may never have begun: nothing it says matters any more. */
function cancel(how: () => Promise<void>): void {
  how().catch(() => {});
}

function missing(stream: string, expected: number, seen: number): string {
  return `revision ${expected} of stream ${stream} was expected, saw ${seen}; events were removed (see $maxAge, $maxCount, $tb)`;
}
