// What becomes of the batches that were waiting at the same moment, each judged as if those before it were recorded?

import { idConflict, invalid, LedgerError, wrongExpectedSize } from './failures.ts';
import { recordedAtOf, sameContent, stampLeaf, type UnstampedLeaf } from './leaf.ts';
import type { Appended } from './port.ts';
import type { NewLeaf, Store } from './store.ts';

/** One call of append: a batch, and the size the caller saw when it decided to append. */
export interface Batch {
  readonly events: readonly UnstampedLeaf[];
  readonly expectedSize: number | undefined;
}

/** What must be known of the ledger to judge a batch: `page` is asked only for single events whose ids stand in it. */
export type Known = Pick<Store, 'size' | 'positionOf' | 'page'>;

/**
 * Collects what one transaction shall write. Nothing in here is true until that transaction is durable; the answers must
 * be kept back until then, refusals too, since a refusal may rest on an event of the same group.
 */
export class Group {
  readonly #store: Known;
  /** Where the ledger ends without this group. */
  readonly #durableSize: number;
  readonly #recordedAt: string;
  readonly #leaves: NewLeaf[] = [];
  readonly #positions = new Map<string, number>();

  /** @param recordedAt of all events of the group: they become durable together. */
  constructor(store: Known, recordedAt: string) {
    this.#store = store;
    this.#durableSize = store.size();
    this.#recordedAt = recordedAt;
  }

  /** What to write, in order. */
  get leaves(): readonly NewLeaf[] {
    return this.#leaves;
  }

  /** What to answer once the group is durable. A batch that is refused leaves nothing behind. */
  judge(batch: Batch): Appended | LedgerError {
    const sizeBefore = this.#size;
    try {
      return this.#place(batch, sizeBefore);
    } catch (refusal) {
      this.#shrinkTo(sizeBefore);
      if (refusal instanceof LedgerError) return refusal;
      throw refusal;
    }
  }

  get #size(): number {
    return this.#durableSize + this.#leaves.length;
  }

  #place(batch: Batch, sizeBefore: number): Appended {
    const positions = batch.events.map((event) => this.#positionFor(event, sizeBefore));
    if (this.#size > sizeBefore) {
      if (batch.expectedSize !== undefined && batch.expectedSize !== sizeBefore) {
        throw wrongExpectedSize(batch.expectedSize, sizeBefore);
      }
      return { outcome: 'appended', positions, recordedAt: this.#recordedAt };
    }
    if (positions.length === 0)
      throw invalid(null, 'The batch is empty: expected at least one event. Send one.');
    return {
      outcome: 'already-there',
      positions,
      recordedAt: recordedAtOf(this.#leafAt(Math.max(...positions))),
    };
  }

  #positionFor(event: UnstampedLeaf, sizeBefore: number): number {
    const known = this.#positions.get(event.id) ?? this.#store.positionOf(event.id);
    if (known === undefined) return this.#add(event);
    const sent = stampLeaf(event, known - 1, this.#recordedAt);
    if (sameContent(sent, this.#leafAt(known))) return known;
    throw idConflict(event.id, known > sizeBefore ? null : known);
  }

  #add(event: UnstampedLeaf): number {
    const position = this.#size + 1;
    this.#leaves.push({ id: event.id, leaf: stampLeaf(event, position - 1, this.#recordedAt) });
    this.#positions.set(event.id, position);
    return position;
  }

  #leafAt(position: number): string {
    const added = this.#leaves[position - this.#durableSize - 1];
    if (added !== undefined) return added.leaf;
    const [stored] = this.#store.page(position - 1, 1);
    if (stored === undefined) throw new RangeError(`The store has no event at position ${position}.`);
    return stored.bytes;
  }

  #shrinkTo(size: number): void {
    for (const { id } of this.#leaves.splice(size - this.#durableSize)) this.#positions.delete(id);
  }
}
