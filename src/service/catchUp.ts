/** Is what another node recorded known here? A question that names its position waits for it, for a while. */
import type { Ledger } from '../ledger/port.ts';
import { Refusal } from './refusal.ts';
import type { RunningIndex } from './runningIndex.ts';
import { unlessAborted } from './unlessAborted.ts';

/** How long a question waits for an event that the ledger has and this node does not know yet. */
export const catchUpMs = 2_000;

export class CatchUp {
  readonly #ledger: Pick<Ledger, 'size'>;
  readonly #running: RunningIndex;
  readonly #waits = new Set<AbortController>();
  #isClosed = false;

  constructor(ledger: Pick<Ledger, 'size'>, running: RunningIndex) {
    this.#ledger = ledger;
    this.#running = running;
  }

  /** How many questions wait just now. */
  get waitingCount(): number {
    return this.#waits.size;
  }

  /**
   * Resolves once the position is known, and at once where the ledger itself does not have it. Throws a Refusal
   * `not-ready` where it does not come in time, the ledger cannot say, or nobody waits for it any more.
   */
  async until(position: number, gone: AbortSignal): Promise<void> {
    const wait = new AbortController();
    const end = () => wait.abort();
    const patience = setTimeout(end, catchUpMs);
    gone.addEventListener('abort', end, { once: true });
    this.#waits.add(wait);
    if (this.#isClosed || gone.aborted) end();
    try {
      await this.#untilKnown(position, wait.signal);
    } catch (cause) {
      throw this.#notYet(position, cause);
    } finally {
      clearTimeout(patience);
      gone.removeEventListener('abort', end);
      this.#waits.delete(wait);
    }
  }

  async #untilKnown(position: number, signal: AbortSignal): Promise<void> {
    if (this.#running.stopped !== null) throw this.#running.stopped;
    const size = await unlessAborted(this.#ledger.size(), signal);
    if (position <= size) await this.#running.reached(position, signal);
  }

  #notYet(position: number, cause: unknown): Refusal {
    return new Refusal(
      'not-ready',
      `Position ${position} was asked for, and this node knows the log up to ${this.#running.size} so far. Ask again, or ask another node.`,
      [],
      { cause },
    );
  }

  /** Ends every wait, and lets none begin. */
  close(): void {
    this.#isClosed = true;
    for (const wait of this.#waits) wait.abort();
  }
}
