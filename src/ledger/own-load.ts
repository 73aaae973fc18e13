// Does this node append so much, and alone, that it need not be told what it appended?
//
// Each of its appends names the size of the stream, so one that succeeds says that nobody else appended in between. As
// long as they come thick and fast, a subscription would only bring back what this node has just sent.

/** The span over which appends are counted, and how many events in it are many: more than a person, or a feed, brings. */
const SPAN_MS = 500;
const MANY_EVENTS = 300;

/** How long this node listens closely once somebody else has appended. */
const CONTESTED_MS = 5000;

interface Burst {
  readonly atMs: number;
  readonly events: number;
}

export class OwnLoad {
  #bursts: Burst[] = [];
  #contestedAtMs = -Infinity;

  /** @param events that an append of this node has added. */
  appended(events: number, nowMs: number): void {
    this.#bursts = [...this.#recent(nowMs), { atMs: nowMs, events }];
  }

  /** Somebody else has appended. */
  overtaken(nowMs: number): void {
    this.#contestedAtMs = nowMs;
  }

  isDense(nowMs: number): boolean {
    const events = this.#recent(nowMs).reduce((sum, burst) => sum + burst.events, 0);
    return events >= MANY_EVENTS && nowMs - this.#contestedAtMs > CONTESTED_MS;
  }

  #recent(nowMs: number): Burst[] {
    return this.#bursts.filter(({ atMs }) => nowMs - atMs <= SPAN_MS);
  }
}
