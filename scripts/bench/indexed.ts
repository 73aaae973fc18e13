/** How does the log come into the index, as at every start? */
import type { ClaimIndex } from '../../projections/claimIndex.ts';
import type { Recorded } from '../../events/registry.ts';
import type { Ledger, StoredEvent } from '../../src/ledger/port.ts';
import { RunningIndex } from '../../src/service/runningIndex.ts';
import { openLedger } from './syntheticLedger.ts';

const pageSize = 1_000;

/** The leaves of a ledger, a page at a time. */
export async function* pagesOf(ledger: Ledger): AsyncGenerator<readonly StoredEvent[]> {
  for (let from = 0; ; from += pageSize) {
    const page = await ledger.read(from, pageSize);
    if (page.length === 0) return;
    yield page;
  }
}

/** A new index of all that the ledger holds, taken in as the service takes it in. */
export async function indexOf(ledger: Ledger): Promise<ClaimIndex> {
  const running = new RunningIndex();
  const stopping = new AbortController();
  const following = running.follow(ledger, stopping.signal);
  await running.reached(await ledger.size());
  stopping.abort();
  await following;
  return running.index;
}

/** The same for the ledger in a directory. */
export async function indexIn(directory: string): Promise<ClaimIndex> {
  const ledger = await openLedger(directory);
  try {
    return await indexOf(ledger);
  } finally {
    await ledger.close();
  }
}

/** Every event of an index, in log order. */
export function eventsOf(index: ClaimIndex): Recorded[] {
  const events: Recorded[] = [];
  for (let position = 1; position <= index.size; position += 1) {
    const event = index.recordedAt(position);
    if (event !== undefined) events.push(event);
  }
  return events;
}
