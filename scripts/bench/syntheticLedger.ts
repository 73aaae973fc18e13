/** Where is a ledger that holds a synthetic history? Written once for each size, in big batches. */
import type { Ledger, SealedEvent } from '../../src/ledger/port.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';
import { recordedMs, syntheticHistory } from './syntheticHistory.ts';

export const seed = 20_260_101;
const batchSize = 5_000;

/** Opens the ledger in a directory; `recordedAt` of what is appended is the time of the machine. */
export function openLedger(directory: string): Promise<Ledger> {
  return openSqliteLedger({ directory, clock: Date.now });
}

function* batchesOf(events: Iterable<SealedEvent>): Generator<SealedEvent[]> {
  let batch: SealedEvent[] = [];
  for (const event of events) {
    batch.push(event);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Fills an empty directory; each batch is recorded when its first event happened. */
export async function writeSyntheticLedger(
  directory: string,
  size: number,
  progress: (text: string) => void,
): Promise<void> {
  let written = 0;
  const ledger = await openSqliteLedger({ directory, clock: () => recordedMs(written, size) });
  try {
    for (const batch of batchesOf(syntheticHistory(seed, size))) {
      await ledger.append(batch);
      written += batch.length;
      progress(`${written.toLocaleString('en')} of ${size.toLocaleString('en')} events written`);
    }
  } finally {
    await ledger.close();
  }
}
