/** The ledger as a node far away sees it: what is new comes only when it is let through, and it can be out of reach. */
import type { Ledger } from '../../src/ledger/port.ts';

export class FarLedger implements Ledger {
  readonly #ledger: Ledger;
  #held: Promise<void> = Promise.resolve();
  /** What becomes of a question for the size. */
  reach: 'there' | 'silent' | 'gone' = 'there';
  letThrough = (): void => {};

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  hold(): void {
    this.#held = new Promise((resolve) => {
      this.letThrough = resolve;
    });
  }

  size(): Promise<number> {
    if (this.reach === 'silent') return new Promise(() => {});
    if (this.reach === 'gone') return Promise.reject(new Error('The network is down.'));
    return this.#ledger.size();
  }

  follow: Ledger['follow'] = (from, deliver, signal) =>
    this.#ledger.follow(
      from,
      async (page) => {
        await this.#held;
        await deliver(page);
      },
      signal,
    );

  append: Ledger['append'] = (events, expectedSize) => this.#ledger.append(events, expectedSize);
  read: Ledger['read'] = (from, limit) => this.#ledger.read(from, limit);
  close: Ledger['close'] = () => this.#ledger.close();
}
