// How are leaves that already have their place and time put into KurrentDB, and read from there?

import { corrupt, LedgerError, unavailable } from './failures.ts';
import { takeClient } from './kurrent-client.ts';
import { verdictOn } from './kurrent-error.ts';
import { BYTES_AROUND_LEAF } from './kurrent-event.ts';
import { KurrentStream } from './kurrent-stream.ts';
import { LEDGER_STREAM } from './kurrent.ts';
import type { StoredEvent } from './port.ts';

export interface KurrentLeaves {
  size(): Promise<number>;
  read(from: number, limit: number): Promise<readonly StoredEvent[]>;
  /** In as many appends as the server needs, each all or nothing. The same leaves again change nothing. */
  write(leaves: readonly { readonly leaf: string }[], from: number): Promise<void>;
  close(): Promise<void>;
}

export interface LeavesPlace {
  readonly url: string;
  readonly stream?: string;
  readonly appendBytes?: number;
  readonly callMs?: number;
}

/** How often a call is made before it is given up, with a pause between. */
const TRIES = 60;
const PAUSE_MS = 500;

/** @throws {LedgerError} as openKurrentLedger does. */
export async function openKurrentLeaves(place: LeavesPlace): Promise<KurrentLeaves> {
  const { appendBytes = 1024 * 1024, callMs = 10_000 } = place;
  const connection = await takeClient(place.url);
  const stream = new KurrentStream({
    connection,
    stream: place.stream ?? LEDGER_STREAM,
    node: 'copy',
    callMs,
  });
  return {
    size: () => persistently(async () => (await stream.last())?.position ?? 0),
    read: (from, limit) => persistently(() => stream.read(from, limit)),
    async write(leaves, from) {
      for (let done = 0; done < leaves.length;) {
        const part = fitting(leaves.slice(done), appendBytes);
        const start = from + done;
        await persistently(() => stream.append(part, start));
        done += part.length;
      }
    },
    close: connection.release,
  };
}

/** As many of the first leaves as one append can hold; one at least. */
function fitting(leaves: readonly { readonly leaf: string }[], appendBytes: number): readonly string[] {
  let sizeBytes = 0;
  const fits = leaves.findIndex(
    ({ leaf }) => (sizeBytes += Buffer.byteLength(leaf) + BYTES_AROUND_LEAF) > appendBytes,
  );
  return leaves.slice(0, fits === -1 ? leaves.length : Math.max(1, fits)).map(({ leaf }) => leaf);
}

/** The same ids and the same expected size: trying again is safe, whatever became of the last try. */
async function persistently<Value>(call: () => Promise<Value>): Promise<Value> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      if (error instanceof LedgerError) throw error;
      const verdict = verdictOn(error);
      if (verdict.kind === 'wrong-size') {
        throw corrupt(
          `the stream was expected to stand still, and has ${verdict.actual} events; somebody else writes to it`,
          error,
        );
      }
      if (verdict.kind === 'refused' || verdict.kind === 'too-large' || tries === TRIES) {
        throw unavailable(
          'KurrentDB did not do what was asked. Start again: what is there stays, and the rest follows.',
          error,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}
