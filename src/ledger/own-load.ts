// Does this node append so much, and alone, that it need not be told what it appended?
//
// Each of its appends names the size of the stream, so one that succeeds says that nobody else appended in between. As
// long as they come thick and fast, a subscription would only bring back what this node has just sent.

/** How long a burst counts after its last append. */
const BURST_MS = 250;

/** Events within a burst from which on it counts: far more than a person, or a feed, brings in that time. */
const BURST_EVENTS = 300;

/** How long this node listens closely once somebody else has appended. */
const CONTESTED_MS = 5000;

export class OwnLoad {
  #events = 0;
  #lastAtMs = -Infinity;
  #contestedAtMs = -Infinity;

  /** @param events that an append of this node has added. */
  appended(events: number, nowMs: number): void {
    this.#events = nowMs - this.#lastAtMs > BURST_MS ? events : this.#events + events;
    this.#lastAtMs = nowMs;
  }

  /** Somebody else has appended. */
  overtaken(nowMs: number): void {
    this.#contestedAtMs = nowMs;
  }

  isDense(nowMs: number): boolean {
    return (
      this.#events >= BURST_EVENTS &&
      nowMs - this.#lastAtMs <= BURST_MS &&
      nowMs - this.#contestedAtMs > CONTESTED_MS
    );
  }
}
