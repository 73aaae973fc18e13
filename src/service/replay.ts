/** Does the log, read from zero, give the state that the service answers from? */
import { createHash } from 'node:crypto';
import type { ClaimIndex } from '../../projections/claimIndex.ts';
import { momentOf } from '../../projections/clocks.ts';
import { withMerges } from '../../projections/merges.ts';
import { stateView } from '../../projections/views/state.ts';
import { canonicalize } from '../ledger/canonical.ts';
import type { Ledger } from '../ledger/port.ts';
import { LeafIndex } from './leafIndex.ts';
import { refuseParameter } from './refusal.ts';

/** Events read from the ledger at once; between two pages others have their turn. */
const eventsPerPage = 1000;

/** The instant at which the state of an empty log is taken. */
const beforeEverything = '1970-01-01T00:00:00.000Z';

export interface Replayed {
  /** The last position that was read. */
  readonly position: number;
  /** When it was recorded, which is the `asOf` of the state; null for an empty log. */
  readonly recordedAt: string | null;
  /** SHA-256, in hex, of the canonical JSON (RFC 8785) of the whole state. */
  readonly digest: string;
  readonly events: number;
  readonly seconds: number;
}

export interface ReplayOptions {
  /** The position to stop at; absent: the head of the ledger. */
  readonly to?: number | undefined;
  /** Told after every page how many of how many events are read. */
  readonly onProgress?: ((read: number, total: number) => void) | undefined;
  /** Milliseconds since 1970 in UTC. */
  readonly clock: () => number;
}

/**
 * The digest of the whole state at a position: as of the instant at which that position was recorded, with no limit of
 * publication. It depends on the log up to there alone, so it is the same on every machine, in every time zone, and
 * however many events came later.
 */
export function stateDigest(index: ClaimIndex, position: number): string {
  const asOf = momentOf(index.recordedAt(position)?.recordedAt ?? beforeEverything);
  const state = stateView(withMerges(index.at({ asOf, publishedBy: null, position })));
  return createHash('sha256').update(canonicalize(state)).digest('hex');
}

const nextTurn = () =>
  new Promise<void>((resolve) => {
    setImmediate(resolve);
  });

/** Reads the ledger from zero into an index of its own. Throws `invalid-parameter` where `to` is after the head. */
export async function replayLedger(
  ledger: Pick<Ledger, 'read' | 'size'>,
  options: ReplayOptions,
): Promise<Replayed> {
  const startedMs = options.clock();
  const size = await ledger.size();
  const to = options.to ?? size;
  if (to > size)
    throw refuseParameter(
      'invalid-parameter',
      'to',
      `is ${to}, after the head of the log, which is ${size}; give a position up to it`,
    );
  const leaves = new LeafIndex();
  const { index } = leaves;
  while (index.size < to) {
    const page = await ledger.read(index.size, Math.min(eventsPerPage, to - index.size));
    for (const stored of page) leaves.add(stored);
    options.onProgress?.(index.size, to);
    await nextTurn();
  }
  return {
    position: to,
    recordedAt: index.recordedAt(to)?.recordedAt ?? null,
    digest: stateDigest(index, to),
    events: index.size,
    seconds: (options.clock() - startedMs) / 1000,
  };
}
