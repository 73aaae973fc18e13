// What do the specs of the shared ledger start from? A double with a stream, and nodes on it that are quick to give up.

import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { LedgerError } from '../../../src/ledger/failures.ts';
import { openKurrentLedger, type KurrentPlace } from '../../../src/ledger/kurrent.ts';
import type { Ledger } from '../../../src/ledger/port.ts';
import { FIFTH_OF_JANUARY_MS } from '../given.ts';
import { KurrentDouble } from './double.ts';

/** The server that the specs of both kinds run against, where the environment names one. */
export const realServer = process.env['TIDEMARK_KURRENT_URL'];

export interface Shared {
  readonly double: KurrentDouble;
  /** A stream of its own for each spec. */
  readonly stream: string;
  /** Another node on the stream; closed after the spec. */
  node(changes?: Partial<KurrentPlace>): Promise<Ledger>;
}

/** Short enough for specs, long enough for a busy machine. */
const quick = { callMs: 400, appendMs: 2500, pauseMs: 20, checkMs: 100 };

/** @param mayBeReal whether the specs can run against a real server; else they need the double's faults. */
export function sharedLedger(mayBeReal: boolean): Shared {
  const real = mayBeReal ? realServer : undefined;
  const double = new KurrentDouble();
  const open: Ledger[] = [];
  const shared = {
    double,
    stream: '',
    async node(changes: Partial<KurrentPlace> = {}) {
      const patience = mayBeReal ? {} : quick;
      const place = { url: real ?? double.url(), clock: () => FIFTH_OF_JANUARY_MS, stream: shared.stream };
      const ledger = await openKurrentLedger({ ...place, ...patience, ...changes });
      open.push(ledger);
      return ledger;
    },
  };
  beforeAll(async () => {
    if (real === undefined) await double.start();
  });
  beforeEach(() => {
    shared.stream = `test-${randomUUID()}`;
  });
  afterEach(async () => {
    double.beWell();
    await Promise.all(open.splice(0).map((ledger) => ledger.close()));
  });
  afterAll(() => double.kill());
  return shared;
}

/** The failure that a call ends with. */
export async function failureOf(call: Promise<unknown>): Promise<LedgerError['failure']> {
  return (await errorOf(call)).failure;
}

/** The LedgerError that a call ends with. */
export async function errorOf(call: Promise<unknown>): Promise<LedgerError> {
  const error = await call.then(
    () => new Error('It was expected to fail, and did not.'),
    (reason: unknown) => reason,
  );
  if (error instanceof LedgerError) return error;
  throw error;
}

/** Resolves when a follower of the ledger has seen the position. */
export async function reached(ledger: Ledger, position: number): Promise<void> {
  const stop = new AbortController();
  await ledger.follow(
    0,
    async (events) => {
      if ((events.at(-1)?.position ?? 0) >= position) stop.abort();
    },
    stop.signal,
  );
}

/** How many events the ledger keeps, and which. */
export async function idsIn(ledger: Ledger): Promise<readonly string[]> {
  const events = await ledger.read(0, 100_000);
  return events.map(({ bytes }) => (JSON.parse(bytes) as { readonly id: string }).id);
}
