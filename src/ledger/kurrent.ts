// How is the ledger kept for more than one machine, in KurrentDB (EventStoreDB)?

import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { takeClient } from './kurrent-client.ts';
import { KurrentLedger } from './kurrent-ledger.ts';
import { readMemory, writeMemory } from './kurrent-memory.ts';
import { KurrentStream } from './kurrent-stream.ts';
import type { Ledger } from './port.ts';

export interface KurrentPlace {
  /** A connection string of KurrentDB: `esdb://…`. May hold a password; never printed. */
  readonly url: string;
  /** Milliseconds since 1970 in UTC. */
  readonly clock: () => number;
  /** The stream that is the ledger. */
  readonly stream?: string;
  /** The file in which this node notes what it has seen, so that it knows the history again when it is started anew. */
  readonly memoryFile?: string | null;
  /** `MaxAppendSize` of the server, in bytes. */
  readonly appendBytes?: number;
  readonly callMs?: number;
  readonly appendMs?: number;
  readonly pauseMs?: number;
  readonly checkMs?: number;
}

/** The stream of a Tidemark unless another is named. */
export const LEDGER_STREAM = 'tidemark-ledger';

const defaults = { appendBytes: 1024 * 1024, callMs: 5000, appendMs: 20_000, pauseMs: 100, checkMs: 5000 };

/**
 * Opens the ledger in a stream, beside any number of other nodes. Resolves as soon as the server has answered; the events
 * are taken in afterwards.
 *
 * @throws {LedgerError} `invalid` for a connection string that cannot work; `unavailable` if the server does not answer;
 * `rollback` or `fork` if the stream is not the one that this node has seen; `foreign-event` if its last event is not ours.
 */
export async function openKurrentLedger(place: KurrentPlace): Promise<Ledger> {
  const { appendBytes, callMs, appendMs, pauseMs, checkMs } = { ...defaults, ...place };
  const file = place.memoryFile ?? null;
  const remembered = file === null ? null : readMemory(file);
  const connection = await takeClient(place.url);
  const node = `${hostname()}/${randomUUID().slice(0, 8)}`;
  const ledger = new KurrentLedger({
    stream: new KurrentStream({ connection, stream: place.stream ?? LEDGER_STREAM, node, callMs }),
    clock: place.clock,
    appendBytes,
    appendMs,
    pauseMs,
    checkMs,
    remembered,
    remember: file === null ? () => {} : (seen) => writeMemory(file, seen),
    release: connection.release,
  });
  try {
    await ledger.begin();
    return ledger;
  } catch (error) {
    await ledger.close();
    throw error;
  }
}
