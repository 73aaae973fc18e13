import { describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { readDraft } from '../../events/registry.ts';
import type { Draft } from '../../events/registry.ts';
import { openMemoryLedger } from '../../src/ledger/memory.ts';
import type { Reader } from '../../src/service/feed.ts';
import { Tidemark } from '../../src/service/tidemark.ts';
import { release } from '../http/service.ts';

const clock = () => Date.parse('2026-11-26T12:00:00Z');

async function opened(): Promise<Tidemark> {
  const ledger = await openMemoryLedger({ clock });
  const tidemark = new Tidemark({
    ledger,
    chronicleDirectory: null,
    noteDirectory: null,
    clock,
    newId: () => v7(),
  });
  await tidemark.start();
  return tidemark;
}

function draft(at: number): Draft {
  const reading = readDraft(release({ subject: `model:model-${at}` }));
  if (!reading.ok) throw new Error(JSON.stringify(reading.flaws));
  return reading.event;
}
const record = (tidemark: Tidemark, count: number) =>
  tidemark.recorder.record(
    Array.from({ length: count }, (_, at) => draft(at)),
    { actor: 'spec' },
    true,
  );
const sequence = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

/** Takes `capacity` events, then says that it is full. */
class SlowReader implements Reader {
  readonly heard: number[] = [];
  readonly caughtUpAt: number[] = [];
  isEnded = false;
  capacity: number;

  constructor(capacity: number) {
    this.capacity = capacity;
  }
  event(position: number): boolean {
    this.heard.push(position);
    this.capacity -= 1;
    return this.capacity > 0;
  }
  caughtUp(position: number): boolean {
    this.caughtUpAt.push(position);
    return this.capacity > 0;
  }
  ended(): void {
    this.isEnded = true;
  }
}

describe('a reader that is slower than the log', () => {
  it('is given no more than it takes, and nothing is lost', async () => {
    const tidemark = await opened();
    await record(tidemark, 10);
    const reader = new SlowReader(4);
    const subscription = tidemark.feed.subscribe(0, {}, reader);
    expect(reader.heard).toEqual(sequence(1, 4));
    await record(tidemark, 10);
    expect(reader.heard).toEqual(sequence(1, 4));
    expect(subscription.isBlocked).toBe(true);
    reader.capacity = 100;
    subscription.resume();
    expect(reader.heard).toEqual(sequence(1, 20));
    expect(reader.caughtUpAt).toEqual([20]);
    await record(tidemark, 3);
    expect(reader.heard).toEqual(sequence(1, 23));
    await tidemark.close();
  });

  it('does not hold up the others', async () => {
    const tidemark = await opened();
    const [slow, quick] = [new SlowReader(1), new SlowReader(1_000)];
    tidemark.feed.subscribe(0, {}, slow);
    tidemark.feed.subscribe(0, {}, quick);
    await record(tidemark, 5);
    expect([slow.heard, quick.heard]).toEqual([[1], sequence(1, 5)]);
    await tidemark.close();
  });

  it('lets others have their turn during a long catch-up', async () => {
    const tidemark = await opened();
    await record(tidemark, 1_000);
    await record(tidemark, 200);
    const reader = new SlowReader(10_000);
    tidemark.feed.subscribe(0, {}, reader);
    expect(reader.heard.length).toBeLessThan(1_200);
    await record(tidemark, 1);
    while (reader.caughtUpAt.length === 0) await new Promise((resolve) => { setImmediate(resolve); }); // prettier-ignore
    expect(reader.heard).toEqual(sequence(1, 1_201));
    await tidemark.close();
  });
});

describe('the end of a feed', () => {
  it('is told to every reader, also to one that comes too late', async () => {
    const tidemark = await opened();
    const [early, late] = [new SlowReader(10), new SlowReader(10)];
    tidemark.feed.subscribe(0, {}, early);
    tidemark.feed.close();
    tidemark.feed.subscribe(0, {}, late);
    expect([early.isEnded, late.isEnded, tidemark.feed.subscriberCount]).toEqual([true, true, 0]);
    await tidemark.close();
  });
});
