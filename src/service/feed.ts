/** Who hears of what is new? Subscriptions: catch-up and live in one order, each at the pace of its reader. */
import { LRUCache } from 'lru-cache';
import type { Recorded } from '../../events/registry.ts';
import { cloudEventOf } from './cloudEvent.ts';
import type { RunningIndex } from './runningIndex.ts';

/** Which events a subscriber wants; absent: all. */
export interface EventFilter {
  readonly type?: string | undefined;
  /** The event's own subject. */
  readonly subject?: string | undefined;
}

export function passes(event: Recorded, filter: EventFilter): boolean {
  return (
    (filter.type === undefined || event.type === filter.type) &&
    (filter.subject === undefined || event.subject === filter.subject)
  );
}

/** Where the events of a subscription go. Both return false while the reader cannot take more; then `resume` is due. */
export interface Reader {
  /** `cloudEvent`: JSON text of the CloudEvent at `position`. */
  event(position: number, cloudEvent: string): boolean;
  /** Everything up to `position` has been told; called once. */
  caughtUp(position: number): boolean;
  /** The service is shutting down. */
  ended(): void;
}

/** Events that one subscription is given in one turn of the event loop, so that a long catch-up lets others through. */
const eventsPerTurn = 500;

/** The texts of this many recent events are kept, so that each is written once however many subscribers hear it. */
const rememberedTexts = 2_048;

/** A subscriber holds nothing but its position: what it has not taken yet stays in the log. */
export class Subscription {
  readonly #feed: Feed;
  readonly #filter: EventFilter;
  readonly #reader: Reader;
  #position: number;
  #isCaughtUp = false;
  #isBlocked = false;
  #isClosed = false;
  #isScheduled = false;

  constructor(feed: Feed, after: number, filter: EventFilter, reader: Reader) {
    this.#feed = feed;
    this.#position = after;
    this.#filter = filter;
    this.#reader = reader;
  }

  /** Whether the reader has said that it cannot take more. */
  get isBlocked(): boolean {
    return this.#isBlocked;
  }

  /** The reader can take more. */
  resume(): void {
    this.#isBlocked = false;
    this.pump();
  }

  /** Gives the reader what is there, until it is full, has it all, or the turn is over. */
  pump(): void {
    let given = 0;
    while (!this.#isBlocked && !this.#isClosed && this.#position < this.#feed.size) {
      if (given === eventsPerTurn) return this.#goOnNextTurn();
      given += 1;
      this.#position += 1;
      const text = this.#feed.textAt(this.#position, this.#filter);
      if (text !== null) this.#isBlocked = !this.#reader.event(this.#position, text);
    }
    if (this.#isBlocked || this.#isClosed || this.#isCaughtUp) return;
    this.#isCaughtUp = true;
    this.#isBlocked = !this.#reader.caughtUp(this.#position);
  }

  #goOnNextTurn(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.pump();
    });
  }

  /** Ends it from the reader's side. */
  close(): void {
    this.#isClosed = true;
    this.#feed.forget(this);
  }

  /** Ends it from the service's side. */
  end(): void {
    if (this.#isClosed) return;
    this.close();
    this.#reader.ended();
  }
}

export class Feed {
  readonly #running: RunningIndex;
  readonly #subscriptions = new Set<Subscription>();
  readonly #texts = new LRUCache<number, string>({ max: rememberedTexts });
  readonly #stopListening: () => void;
  #isClosed = false;

  constructor(running: RunningIndex) {
    this.#running = running;
    this.#stopListening = running.onGrowth(() => {
      for (const subscription of this.#subscriptions) subscription.pump();
    });
  }

  /** The last position that subscribers can hear of. */
  get size(): number {
    return this.#running.size;
  }

  /** How many are subscribed. */
  get subscriberCount(): number {
    return this.#subscriptions.size;
  }

  /** The JSON text of the CloudEvent at a position, or null where the filter does not let it pass. */
  textAt(position: number, filter: EventFilter): string | null {
    const event = this.#running.index.recordedAt(position);
    if (event === undefined || !passes(event, filter)) return null;
    const known = this.#texts.get(position);
    if (known !== undefined) return known;
    const text = JSON.stringify(cloudEventOf(event));
    this.#texts.set(position, text);
    return text;
  }

  /** Begins after a position; the reader is first called before this returns. Close it when the reader is gone. */
  subscribe(after: number, filter: EventFilter, reader: Reader): Subscription {
    const subscription = new Subscription(this, after, filter, reader);
    this.#subscriptions.add(subscription);
    subscription.pump();
    if (this.#isClosed) subscription.end();
    return subscription;
  }

  forget(subscription: Subscription): void {
    this.#subscriptions.delete(subscription);
  }

  /** Ends every subscription. */
  close(): void {
    this.#isClosed = true;
    this.#stopListening();
    for (const subscription of this.#subscriptions) subscription.end();
  }
}
