// Does a ledger keep the promises of src/ledger/port.ts? The same specs for every adapter.

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { canonicalize } from '../../src/ledger/canonical.ts';
import { LedgerError } from '../../src/ledger/failures.ts';
import { LEAF_LIMIT_BYTES } from '../../src/ledger/leaf.ts';
import type { Ledger, StoredEvent } from '../../src/ledger/port.ts';
import { FIFTH_OF_JANUARY_MS, idNumber, report, reports, settableClock } from './given.ts';

/** An empty ledger of its own for each spec, closed by the suite; `remove` clears away what it leaves on disk. */
export interface Opened {
  readonly ledger: Ledger;
  readonly remove: () => void;
}

const MIDNIGHT = '2025-01-05T00:00:00.000Z';

/** @param open must make `recordedAt` from the clock it is given. */
export function ledgerContract(name: string, open: (clock: () => number) => Promise<Opened>): void {
  let clock = settableClock();
  let ledger: Ledger;
  let remove: () => void;

  beforeEach(async () => {
    clock = settableClock();
    ({ ledger, remove } = await open(clock.read));
  });

  afterEach(async () => {
    await ledger.close();
    remove();
  });

  async function all(): Promise<readonly StoredEvent[]> {
    return ledger.read(0, 1_000_000);
  }

  describe(`${name}: appending`, () => {
    it('gives events the positions 1, 2, 3, and says when they were recorded', async () => {
      expect(await ledger.append([report(1), report(2)])).toEqual({
        outcome: 'appended',
        positions: [1, 2],
        recordedAt: MIDNIGHT,
      });
      expect(await ledger.append([report(3)])).toMatchObject({ positions: [3] });
      expect(await ledger.size()).toBe(3);
    });

    it('keeps the canonical JSON of the whole event, with its place and time', async () => {
      await ledger.append(reports(1, 2));
      expect((await all()).map(({ bytes }) => bytes)).toEqual([
        canonicalize({ ...report(1), seq: 0, recordedAt: MIDNIGHT }),
        canonicalize({ ...report(2), seq: 1, recordedAt: MIDNIGHT }),
      ]);
    });

    it('keeps an event as it was when it was handed over, whatever happens to the object later', async () => {
      const data = { holder: 'bytedance' };
      const appended = ledger.append([report(1, { data })]);
      data.holder = 'tencent';
      await appended;
      expect((await all())[0]?.bytes).toContain('"holder":"bytedance"');
    });

    it('keeps every script, quotation mark, control character and emoji as it is', async () => {
      const summary = '字节跳动 «كمبيوتر» \u0000\u0007\n\t"\\\u2028 é e\u0301 \u{1f4be} \ufeff\uffff';
      await ledger.append([report(1, { summary })]);
      expect(JSON.parse((await all())[0]?.bytes ?? '')).toMatchObject({ summary });
    });

    it('never lets recorded time go back, even if the clock does', async () => {
      clock.now = FIFTH_OF_JANUARY_MS + 5000;
      await ledger.append([report(1)]);
      clock.now = FIFTH_OF_JANUARY_MS;
      expect(await ledger.append([report(2)])).toMatchObject({ recordedAt: '2025-01-05T00:00:05.000Z' });
      clock.now = FIFTH_OF_JANUARY_MS + 6000;
      expect(await ledger.append([report(3)])).toMatchObject({ recordedAt: '2025-01-05T00:00:06.000Z' });
    });

    it('numbers the appends of many callers without a gap or a repeat', async () => {
      const appended = await Promise.all(reports(1, 300).map((event) => ledger.append([event])));
      const positions = appended.flatMap((answer) => answer.positions).sort((a, b) => a - b);
      expect(positions).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
      expect(new Set((await all()).map(({ bytes }) => idIn(bytes))).size).toBe(300);
    });
  });

  describe(`${name}: the same event again`, () => {
    it('finds it already there, at its first position and time', async () => {
      await ledger.append(reports(1, 3));
      clock.now += 1000;
      expect(await ledger.append([report(3), report(1)])).toEqual({
        outcome: 'already-there',
        positions: [3, 1],
        recordedAt: MIDNIGHT,
      });
      expect(await ledger.size()).toBe(3);
    });

    it('finds it already there when members come in another order or another actor sends it', async () => {
      await ledger.append([report(1)]);
      const { id, data, ...rest } = report(1);
      const reordered = { ...rest, data: Object.fromEntries(Object.entries(data).toReversed()), id };
      expect(await ledger.append([reordered])).toMatchObject({ outcome: 'already-there', positions: [1] });
      expect(await ledger.append([report(1, { actor: 'someone-else' })])).toMatchObject({
        outcome: 'already-there',
      });
    });

    it('adds what is new in a batch and keeps the place of what is not', async () => {
      await ledger.append(reports(1, 2));
      expect(await ledger.append([report(3), report(2), report(4), report(3)])).toMatchObject({
        outcome: 'appended',
        positions: [3, 2, 4, 3],
      });
      expect(await ledger.size()).toBe(4);
    });

    it('records it once when many callers send it at the same moment', async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => ledger.append([report(1)])));
      expect(answers.map(({ positions }) => positions)).toEqual(Array.from({ length: 20 }, () => [1]));
      expect(answers.filter(({ outcome }) => outcome === 'appended')).toHaveLength(1);
      expect(await ledger.size()).toBe(1);
    });

    it('finds it already there whatever size the caller expected, so that a retry is safe', async () => {
      await ledger.append([report(1)], 0);
      expect(await ledger.append([report(1)], 0)).toMatchObject({ outcome: 'already-there', positions: [1] });
    });
  });

  describe(`${name}: refusing`, () => {
    it('refuses other content under a used id and says where the id stands', async () => {
      await ledger.append(reports(1, 2));
      const failure = await failureOf(ledger.append([report(2, { summary: 'Something else.' })]));
      expect(failure).toEqual({ code: 'id-conflict', id: idNumber(2), position: 2 });
    });

    it('refuses one id for two events of a batch', async () => {
      const failure = await failureOf(ledger.append([report(1), report(1, { notes: 'Other.' })]));
      expect(failure).toEqual({ code: 'id-conflict', id: idNumber(1), position: null });
      expect(await ledger.size()).toBe(0);
    });

    it('refuses other content under an id that another caller uses at the same moment', async () => {
      const first = ledger.append([report(1)]);
      const second = failureOf(ledger.append([report(2), report(1, { notes: 'Other.' })]));
      expect(await second).toEqual({ code: 'id-conflict', id: idNumber(1), position: 1 });
      expect(await first).toMatchObject({ positions: [1] });
      expect(await ledger.size()).toBe(1);
    });

    it('refuses when the ledger is not as long as the caller thinks, and says how long it is', async () => {
      await ledger.append(reports(1, 2), 0);
      expect(await failureOf(ledger.append([report(3)], 1))).toEqual({
        code: 'wrong-expected-size',
        expected: 1,
        actual: 2,
      });
      expect(await ledger.append([report(3)], 2)).toMatchObject({ positions: [3] });
    });

    it('lets exactly one of many callers append who all expect the same size', async () => {
      const outcomes = await Promise.all(
        reports(1, 20).map((event) => ledger.append([event], 0).then(() => 'appended', codeOf)),
      );
      expect(outcomes.filter((outcome) => outcome === 'appended')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === 'wrong-expected-size')).toHaveLength(19);
    });

    it('records nothing of a batch in which one event is refused, and leaves its ids free', async () => {
      await ledger.append([report(9)]);
      const batch = [report(1), report(2), report(9, { notes: 'Other.' })];
      expect(await failureOf(ledger.append(batch))).toMatchObject({ code: 'id-conflict' });
      expect(await ledger.size()).toBe(1);
      expect(await ledger.append([report(2, { notes: 'Changed since.' })])).toMatchObject({ positions: [2] });
    });

    it('does not let a refused batch touch the others of the same moment', async () => {
      const answers = await Promise.allSettled([
        ledger.append(reports(1, 2)),
        ledger.append([report(3), report(1, { notes: 'Other.' })]),
        ledger.append([report(4)]),
      ]);
      expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect((await all()).map(({ bytes }) => idIn(bytes))).toEqual([1, 2, 4].map(idNumber));
    });

    it('takes a leaf of exactly 60 KiB and refuses one byte more, counting bytes and not characters', async () => {
      const emptyLeaf = canonicalize({ ...report(1, { summary: '' }), seq: 0, recordedAt: MIDNIGHT });
      const room = LEAF_LIMIT_BYTES - Buffer.byteLength(emptyLeaf);
      const summary = '芯'.repeat(Math.floor(room / 3)) + 'x'.repeat(room % 3);
      expect(await failureOf(ledger.append([report(1, { summary: `${summary}x` })]))).toEqual({
        code: 'too-large',
        id: idNumber(1),
        sizeBytes: 61_441,
        limitBytes: 61_440,
      });
      await ledger.append([report(1, { summary })]);
      expect(Buffer.byteLength((await all())[0]?.bytes ?? '')).toBe(61_440);
    });

    it.each([
      ['text with half a character', report(1, { summary: 'a\ud800' })],
      ['a number that is none', report(1, { data: { best: Number.NaN } })],
      ['a member without a value', report(1, { data: { best: undefined } })],
      ['a place of its own choice', report(1, { seq: 7 })],
      ['a time of its own choice', report(1, { recordedAt: MIDNIGHT })],
      ['a member that JavaScript would lose', { ...report(1), ['__proto__']: 1 }],
      ['an id in upper case', report(1, { id: idNumber(0xabc).toUpperCase() })],
    ])('refuses %s', async (_what, event) => {
      expect(await failureOf(ledger.append([event]))).toMatchObject({ code: 'invalid' });
      expect(await ledger.size()).toBe(0);
    });

    it('refuses a batch without events', async () => {
      expect(await failureOf(ledger.append([]))).toEqual({ code: 'invalid', id: null });
    });
  });

  describe(`${name}: reading`, () => {
    it('reads page after page in order, and then nothing', async () => {
      await ledger.append(reports(1, 25));
      const pages = [await ledger.read(0, 10), await ledger.read(10, 10), await ledger.read(20, 10)];
      expect(pages.map((page) => page.length)).toEqual([10, 10, 5]);
      expect(pages.flat().map(({ position }) => position)).toEqual(
        Array.from({ length: 25 }, (_, index) => index + 1),
      );
      expect(pages.flat().map(({ bytes }) => idIn(bytes))).toEqual(reports(1, 25).map(({ id }) => id));
      expect(await ledger.read(25, 10)).toEqual([]);
      expect(await ledger.read(99, 10)).toEqual([]);
    });

    it.each([
      [-1, 10],
      [0.5, 10],
      [Number.NaN, 10],
      [0, 0],
      [0, 1.5],
    ])('refuses to read from %d, %d at a time', async (from, limit) => {
      expect(await failureOf(ledger.read(from, limit))).toMatchObject({ code: 'invalid' });
    });
  });

  describe(`${name}: following`, () => {
    it('delivers what is there and then what comes, once each and in order', async () => {
      await ledger.append(reports(1, 3));
      const reader = follower(ledger, 1);
      await reader.hasSeen(3);
      await ledger.append([report(4)]);
      await ledger.append([report(5)]);
      await reader.hasSeen(5);
      expect(await reader.stop()).toEqual([2, 3, 4, 5]);
    });

    it('loses and repeats nothing when it catches up while many append', async () => {
      await ledger.append(reports(1, 1100));
      const readers = [0, 1, 100, 999, 1000, 1099, 1100].map((from) => ({
        from,
        reader: follower(ledger, from),
      }));
      await Promise.all(reports(1101, 1250).map((event) => ledger.append([event])));
      readers.push({ from: 1200, reader: follower(ledger, 1200) });
      for (let n = 1251; n <= 1280; n += 1) await ledger.append([report(n)]);
      for (const { from, reader } of readers) {
        await reader.hasSeen(1280);
        expect(await reader.stop()).toEqual(
          Array.from({ length: 1280 - from }, (_, index) => from + index + 1),
        );
      }
    });

    it('never delivers an event that is not yet durable', async () => {
      const early: number[] = [];
      const stop = new AbortController();
      const following = ledger.follow(
        0,
        async (events) => {
          const size = await ledger.size();
          early.push(...events.map(({ position }) => position).filter((position) => position > size));
          if ((events.at(-1)?.position ?? 0) === 100) stop.abort();
        },
        stop.signal,
      );
      await Promise.all(reports(1, 100).map((event) => ledger.append([event])));
      await following;
      expect(early).toEqual([]);
    });

    it('waits for a slow reader before it delivers more', async () => {
      let delivering = 0;
      let most = 0;
      const stop = new AbortController();
      const following = ledger.follow(
        0,
        async (events) => {
          delivering += 1;
          most = Math.max(most, delivering);
          await ledger.append([report(100 + (events.at(-1)?.position ?? 0))]);
          delivering -= 1;
          if ((events.at(-1)?.position ?? 0) >= 5) stop.abort();
        },
        stop.signal,
      );
      await ledger.append([report(1)]);
      await following;
      expect(most).toBe(1);
    });

    it('lets others work during a long catch-up', async () => {
      await ledger.append(reports(1, 1000));
      await ledger.append(reports(1001, 2001));
      const turns: string[] = [];
      const reader = follower(ledger, 0, (position) => turns.push(`reader at ${position}`));
      setImmediate(() => turns.push('somebody else'));
      await reader.hasSeen(2001);
      await reader.stop();
      expect(turns.indexOf('somebody else')).toBeLessThan(turns.indexOf('reader at 2001'));
      expect(turns.indexOf('somebody else')).toBeGreaterThan(-1);
    });

    it('stops when it is told to: before it starts, while it waits, and between pages', async () => {
      await expect(ledger.follow(0, neverCalled, AbortSignal.abort())).resolves.toBeUndefined();
      const waiting = follower(ledger, 0);
      expect(await waiting.stop()).toEqual([]);
      await ledger.append(reports(1, 1001));
      const stop = new AbortController();
      const seen: number[] = [];
      await ledger.follow(
        0,
        async (events) => {
          seen.push(...events.map(({ position }) => position));
          stop.abort();
        },
        stop.signal,
      );
      expect(seen.length).toBeLessThan(1001);
      expect(seen[0]).toBe(1);
    });

    it('ends with the error of a reader that fails', async () => {
      await ledger.append([report(1)]);
      const following = ledger.follow(
        0,
        () => Promise.reject(new Error('no more')),
        new AbortController().signal,
      );
      await expect(following).rejects.toThrow('no more');
    });

    it('refuses to follow from beyond the end', async () => {
      const following = ledger.follow(1, neverCalled, new AbortController().signal);
      expect(await failureOf(following)).toMatchObject({ code: 'invalid' });
    });
  });

  describe(`${name}: closing`, () => {
    it('finishes the appends that were waiting', async () => {
      const appended = ledger.append(reports(1, 3));
      await ledger.close();
      expect(await appended).toMatchObject({ outcome: 'appended', positions: [1, 2, 3] });
    });

    it('refuses everything afterwards, except to be closed again', async () => {
      await ledger.close();
      await ledger.close();
      expect(await failureOf(ledger.append([report(1)]))).toEqual({ code: 'unavailable' });
      expect(await failureOf(ledger.read(0, 1))).toEqual({ code: 'unavailable' });
      expect(await failureOf(ledger.size())).toEqual({ code: 'unavailable' });
    });

    it('ends those who follow, with the reason', async () => {
      const following = failureOf(ledger.follow(0, neverCalled, new AbortController().signal));
      await ledger.close();
      expect(await following).toEqual({ code: 'unavailable' });
    });
  });
}

interface Follower {
  hasSeen(position: number): Promise<void>;
  /** Stops following; the positions delivered, in the order of delivery. */
  stop(): Promise<readonly number[]>;
}

/** @param onPage told the last position of each page delivered. */
function follower(ledger: Ledger, from: number, onPage: (position: number) => void = () => {}): Follower {
  const seen: number[] = [];
  const stop = new AbortController();
  let told = () => {};
  const following = ledger.follow(
    from,
    async (events) => {
      seen.push(...events.map(({ position }) => position));
      onPage(seen.at(-1) ?? from);
      told();
    },
    stop.signal,
  );
  return {
    async hasSeen(position) {
      while ((seen.at(-1) ?? from) < position) {
        await new Promise<void>((resolve) => {
          told = resolve;
        });
      }
    },
    async stop() {
      stop.abort();
      await following;
      return seen;
    },
  };
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  const error = await promise.then(
    () => new Error('It was expected to fail, and did not.'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof LedgerError)) throw error;
  return error.failure;
}

function codeOf(error: unknown): string {
  return error instanceof LedgerError ? error.code : String(error);
}

function idIn(bytes: string): string {
  return (JSON.parse(bytes) as { readonly id: string }).id;
}

function neverCalled(): Promise<void> {
  throw new Error('Nothing was expected to be delivered.');
}
