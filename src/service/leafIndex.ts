/** How does the index come by its events? From the leaves of the log, which are kept as text and read when asked for. */
import { ClaimIndex } from '../../projections/claimIndex.ts';
import type { StoredEvent } from '../ledger/port.ts';
import { LeafTexts } from './leafTexts.ts';
import { readLeaf } from './readLeaf.ts';

/** A claim index of a log. Of a long log few events are asked for, and text is less to keep than what was parsed. */
export class LeafIndex {
  readonly #texts = new LeafTexts();
  readonly index = new ClaimIndex((seq) => readLeaf({ position: seq + 1, bytes: this.#texts.at(seq) }));

  /** Takes the next leaf of the log. Throws a RangeError where it leaves a gap. */
  add(stored: StoredEvent): void {
    const event = readLeaf(stored);
    // The index may ask for it again at once.
    if (event.seq === this.index.size) this.#texts.add(stored.bytes);
    this.index.add(event);
  }
}
