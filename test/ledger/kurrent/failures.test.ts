// What happens to a node when KurrentDB, or the network before it, fails?

import { describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKurrentLedger } from '../../../src/ledger/kurrent.ts';
import { sealedOf } from '../../../src/ledger/kurrent-event.ts';
import { FIFTH_OF_JANUARY_MS, idNumber, report, reports } from '../given.ts';
import type { AppendFault, KeptEvent } from './double.ts';
import { errorOf, failureOf, idsIn, reached, sharedLedger } from './given.ts';

jest.setTimeout(20_000);
const shared = sharedLedger(false);
const { double } = shared;

const always = (fault: AppendFault) => Array.from({ length: 1000 }, () => fault);

/** What stands in the stream now, to be put back changed. */
const kept = (): readonly KeptEvent[] => double.events(shared.stream);

/** An event as another node would have appended it. */
async function appendedElsewhere(
  size: number,
  ...events: Parameters<typeof report>[]
): Promise<readonly KeptEvent[]> {
  const { stream } = shared;
  const elsewhere = `${stream}-elsewhere`;
  double.keep(elsewhere, kept().slice(0, size));
  const ledger = await shared.node({ stream: elsewhere, clock: () => FIFTH_OF_JANUARY_MS + 7000 });
  await ledger.append(events.map((parts) => report(...parts)));
  return double.events(elsewhere);
}

describe('an append that meets a fault', () => {
  it.each<AppendFault>([
    'answer-lost',
    'cut-after',
    'cut-before',
    'held',
    'timeout-after',
    'timeout-before',
    'not-leader',
    'not-ready',
  ])('is recorded once, and answered as any other: %s', async (fault) => {
    const ledger = await shared.node();
    double.nextAppends(fault);
    expect(await ledger.append(reports(1, 2))).toEqual({
      outcome: 'appended',
      positions: [1, 2],
      recordedAt: '2025-01-05T00:00:00.000Z',
    });
    expect(await ledger.append([report(3)])).toMatchObject({ positions: [3] });
    expect(await idsIn(ledger)).toEqual([1, 2, 3].map(idNumber));
  });

  it('is not recorded a second time when the first call arrives after all', async () => {
    const ledger = await shared.node();
    double.nextAppends('held');
    await ledger.append([report(1)]);
    await ledger.append([report(2)]);
    double.letThrough();
    expect(await idsIn(ledger)).toEqual([1, 2].map(idNumber));
  });

  it('is answered with outcome-unknown when its fate stays open, and the retry settles it', async () => {
    const ledger = await shared.node({ callMs: 100, appendMs: 300 });
    double.nextAppends(...always('held'));
    expect(await failureOf(ledger.append([report(1)]))).toEqual({ code: 'outcome-unknown' });
    double.nextAppends();
    double.letThrough();
    expect(await ledger.append([report(1, { actor: 'a retry' })])).toMatchObject({ positions: [1] });
    expect(await idsIn(ledger)).toEqual([idNumber(1)]);
  });

  it('is answered with unavailable when it was certainly not recorded', async () => {
    const ledger = await shared.node({ appendMs: 300 });
    double.nextAppends(...always('not-ready'));
    expect(await failureOf(ledger.append([report(1)]))).toEqual({ code: 'unavailable' });
    expect(kept()).toEqual([]);
  });

  it('is refused at once where trying again is pointless', async () => {
    const ledger = await shared.node();
    const before = double.calls.append;
    double.nextAppends('access-denied', 'too-large');
    expect(await failureOf(ledger.append([report(1)]))).toEqual({ code: 'unavailable' });
    expect(await failureOf(ledger.append([report(1)]))).toMatchObject({
      code: 'too-large',
      limitBytes: 1024,
    });
    expect(double.calls.append - before).toBe(2);
  });

  it('is refused before it is sent when it is more than the server takes at once', async () => {
    const ledger = await shared.node({ appendBytes: 4096 });
    expect(await failureOf(ledger.append(reports(1, 9)))).toMatchObject({ code: 'too-large', id: null });
    await Promise.all(reports(1, 9).map((event) => ledger.append([event])));
    expect(await ledger.size()).toBe(9);
  });

  it('goes the unary way, which shares nothing with other clients of the process', async () => {
    expect(double.calls.batchAppend).toBe(0);
    expect(double.calls.append).toBeGreaterThan(0);
  });
});

describe('a lost race', () => {
  it('is tried again behind the winner', async () => {
    const ledger = await shared.node();
    const winner = await appendedElsewhere(0, [9]);
    double.whenOvertaken((stream) => double.keep(stream, winner));
    double.nextAppends('overtaken');
    expect(await ledger.append([report(1)])).toMatchObject({ outcome: 'appended', positions: [2] });
    expect(await idsIn(ledger)).toEqual([9, 1].map(idNumber));
  });

  it('is told to a caller who named the size', async () => {
    const ledger = await shared.node();
    const winner = await appendedElsewhere(0, [9]);
    double.whenOvertaken((stream) => double.keep(stream, winner));
    double.nextAppends('overtaken');
    expect(await failureOf(ledger.append([report(1)], 0))).toEqual({
      code: 'wrong-expected-size',
      expected: 0,
      actual: 1,
    });
  });

  it('against the same events is answered with what the winner recorded, though the server calls it a success', async () => {
    const ledger = await shared.node();
    const winner = await appendedElsewhere(0, [1], [2]);
    double.whenOvertaken((stream) => double.keep(stream, winner));
    double.nextAppends('overtaken');
    expect(await ledger.append(reports(1, 2))).toEqual({
      outcome: 'already-there',
      positions: [1, 2],
      recordedAt: '2025-01-05T00:00:07.000Z',
    });
  });

  it('against other content under the same id is an id conflict', async () => {
    const ledger = await shared.node();
    const winner = await appendedElsewhere(0, [1, { notes: 'Other.' }]);
    double.whenOvertaken((stream) => double.keep(stream, winner));
    double.nextAppends('overtaken');
    expect(await failureOf(ledger.append([report(1)]))).toEqual({
      code: 'id-conflict',
      id: idNumber(1),
      position: 1,
    });
  });

  it('against a part of the batch records the rest', async () => {
    const ledger = await shared.node();
    const winner = await appendedElsewhere(0, [1]);
    double.whenOvertaken((stream) => double.keep(stream, winner));
    double.nextAppends('overtaken');
    expect(await ledger.append(reports(1, 2))).toMatchObject({ outcome: 'appended', positions: [1, 2] });
    expect(await idsIn(ledger)).toEqual([1, 2].map(idNumber));
  });
});

describe('a follower', () => {
  it('goes on after the server ended its subscription', async () => {
    const [ledger, other] = [await shared.node(), await shared.node()];
    await ledger.append([report(1)]);
    await reached(other, 1);
    double.dropSubscriptions();
    await ledger.append([report(2)]);
    await reached(other, 2);
    expect(await idsIn(other)).toEqual([1, 2].map(idNumber));
  });

  it('goes on after the server was killed and started again', async () => {
    const ledger = await shared.node();
    await ledger.append([report(1)]);
    double.kill();
    expect(await failureOf(ledger.size())).toEqual({ code: 'unavailable' });
    const waiting = ledger.append([report(2)]);
    await double.start();
    expect(await waiting).toMatchObject({ positions: [2] });
    await reached(ledger, 2);
  });

  it('goes on after the server was frozen, and questions meanwhile end', async () => {
    const ledger = await shared.node({ callMs: 150 });
    await ledger.append([report(1)]);
    double.freeze();
    expect(await failureOf(ledger.size())).toEqual({ code: 'unavailable' });
    double.thaw();
    expect(await ledger.append([report(2)])).toMatchObject({ positions: [2] });
  });

  it('notices when its subscription has fallen silent', async () => {
    const ledger = await shared.node();
    await ledger.append([report(1)]);
    const more = await appendedElsewhere(1, [2]);
    double.mute(true);
    double.keep(shared.stream, more);
    const before = double.calls.subscribe;
    while (double.calls.subscribe === before) await new Promise(setImmediate);
    double.mute(false);
    await reached(ledger, 2);
    expect(await ledger.size()).toBe(2);
  });
});

describe('a store that is not the one this node knows', () => {
  async function restartedWith(size: number, events: (now: readonly KeptEvent[]) => readonly KeptEvent[]) {
    const ledger = await shared.node();
    await ledger.append(reports(1, size));
    const following = failureOf(ledger.follow(size, async () => {}, new AbortController().signal));
    double.kill();
    double.keep(shared.stream, events(kept()));
    await double.start();
    const why = await following;
    expect(await failureOf(ledger.append([report(9)]))).toEqual(why);
    expect(await failureOf(ledger.read(0, 1))).toEqual(why);
    expect(await failureOf(ledger.size())).toEqual(why);
    return why;
  }

  it('is refused as rollback when it is empty', async () => {
    expect(await restartedWith(3, () => [])).toEqual({ code: 'rollback', seen: 3, actual: 0 });
  });

  it('is refused as rollback when it is shorter', async () => {
    expect(await restartedWith(3, (now) => now.slice(0, 2))).toEqual({
      code: 'rollback',
      seen: 3,
      actual: 2,
    });
  });

  it('is refused as fork when another event stands at the last position seen', async () => {
    const another = await appendedElsewhere(0, [1], [2], [8]);
    expect(await restartedWith(3, () => another)).toEqual({ code: 'fork', position: 3 });
  });

  it('is refused as fork when it has gone on from there', async () => {
    const another = await appendedElsewhere(0, [1], [2], [8], [9]);
    expect(await restartedWith(3, () => another)).toEqual({ code: 'fork', position: 3 });
  });

  it('is refused when an append finds it shorter', async () => {
    const ledger = await shared.node({ checkMs: 60_000 });
    await ledger.append(reports(1, 2));
    double.nextAppends('claims-no-stream');
    expect(await failureOf(ledger.append([report(3)]))).toEqual({ code: 'rollback', seen: 2, actual: 0 });
  });

  it('is refused by a node that was started anew, from what it noted', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'tidemark-kurrent-'));
    const memoryFile = join(directory, 'seen.json');
    const ledger = await shared.node({ memoryFile });
    await ledger.append(reports(1, 3));
    await ledger.close();
    await (await shared.node({ memoryFile })).close();
    const another = await appendedElsewhere(0, [1], [2], [8], [9]);
    double.keep(shared.stream, kept().slice(0, 2));
    expect(await failureOf(shared.node({ memoryFile }))).toEqual({ code: 'rollback', seen: 3, actual: 2 });
    double.keep(shared.stream, another);
    expect(await failureOf(shared.node({ memoryFile }))).toEqual({ code: 'fork', position: 3 });
    expect(readFileSync(memoryFile, 'utf8')).toContain('"size":3');
    writeFileSync(memoryFile, 'something else');
    expect(await failureOf(shared.node({ memoryFile }))).toEqual({ code: 'corrupt' });
    rmSync(directory, { recursive: true });
  });
});

describe('an event that Tidemark did not append', () => {
  const changed = (change: (event: KeptEvent) => Partial<KeptEvent>) => (event: KeptEvent) => ({
    ...event,
    ...change(event),
  });
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

  it.each([
    ['without our metadata', changed(() => ({ metadata: new Uint8Array() })), /no leafHash/],
    [
      'with other data than were hashed',
      changed(({ data }) => ({ data: Buffer.from(text(data).replace('h20', 'h21')) })),
      /leafHash was made from/,
    ],
    ['that is no JSON', changed(() => ({ data: Buffer.from('{"id":') })), /leafHash was made from/],
    [
      'of another type than its leaf',
      changed(() => ({ type: 'Surprise' })),
      /its leaf says type StockReported/,
    ],
    [
      'with another id than its leaf gives',
      changed(() => ({ id: idNumber(77) })),
      /not made of its leafHash/,
    ],
  ])('stops the node, which says where it is: %s', async (_what, change, why) => {
    const ledger = await shared.node();
    await ledger.append(reports(1, 2));
    const following = errorOf(ledger.follow(2, async () => {}, new AbortController().signal));
    const more = await appendedElsewhere(2, [3]);
    double.keep(
      shared.stream,
      more.map((event, index) => (index === 2 ? change(event) : event)),
    );
    const error = await following;
    expect(error.failure).toEqual({ code: 'foreign-event', revision: 2 });
    expect(error.message).toMatch(why);
    expect(error.message).toContain(`${shared.stream} has at revision 2`);
    expect(await failureOf(ledger.append([report(4)]))).toEqual(error.failure);
  });

  it('is noticed when it stands in the wrong place, or twice', async () => {
    const ledger = await shared.node();
    await ledger.append(reports(1, 2));
    double.keep(shared.stream, [...kept(), ...kept().slice(1)]);
    const following = failureOf(ledger.follow(2, async () => {}, new AbortController().signal));
    expect(await following).toEqual({ code: 'foreign-event', revision: 2 });
  });
});

describe('the bytes of a leaf', () => {
  it('are readable JSON in the stream, with the type, and an id that is made of them alone', async () => {
    const ledger = await shared.node();
    await ledger.append([report(1)]);
    const [event] = kept();
    const [stored] = await ledger.read(0, 1);
    expect(event).toMatchObject({ type: 'StockReported', contentType: 'application/json' });
    expect(event?.id).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(event?.id).toBe(sealedOf(stored?.bytes ?? '', 1, 'another node').event.id);
    expect(event?.id).not.toBe(
      sealedOf(stored?.bytes.replace('"seq":0', '"seq":1') ?? '', 2, 'spec').event.id,
    );
    expect(Buffer.from(event?.data ?? []).toString()).toBe(stored?.bytes);
  });

  it('come back unchanged even where JSON.parse would put members in another order', async () => {
    const ledger = await shared.node();
    const data = { '10': 'ten', '2': 'two', b: 1e21, a: -0, 字: '\u2028' };
    await ledger.append([report(1, { data })]);
    const other = await shared.node();
    const [stored] = await other.read(0, 1);
    expect(stored?.bytes).toContain('"data":{"10":"ten","2":"two","a":0,"b":1e+21,"字":"\u2028"}');
    expect(kept()[0]?.contentType).toBe('application/octet-stream');
    expect(Buffer.from(kept()[0]?.data ?? []).toString()).toBe(stored?.bytes);
  });
});

describe('the connection string', () => {
  const clock = () => 0;

  it.each([
    ['https://user:secret@host:2113', /cannot be read/],
    ['esdb://user:secret@host:port', /cannot be read/],
    ['esdb://host:2113', /no user/],
    ['esdb://user:secret@host:2113?throwOnAppendFailure=false', /hides which appends failed/],
    ['esdb://user:secret@host:2113?tlsVerifyCert=false', /tlsCAFile/],
  ])('is refused when it cannot work: %s', async (url, why) => {
    const error = await errorOf(openKurrentLedger({ url, clock }));
    expect(error.failure).toEqual({ code: 'invalid', id: null });
    expect(error.message).toMatch(why);
    expect(error.message).not.toContain('secret');
  });

  it('may ask for the nodes of a cluster', async () => {
    const before = double.calls.gossip;
    const ledger = await shared.node({ url: double.url('discover') });
    await ledger.append([report(1)]);
    expect(double.calls.gossip).toBeGreaterThan(before);
  });

  it('gives one client to all ledgers of the process, until the last is closed', async () => {
    const [first, second] = [await shared.node(), await shared.node()];
    await first.close();
    await second.append([report(1)]);
    expect(await second.size()).toBe(1);
  });

  it('of a server that is not there is unavailable, after a bounded time', async () => {
    const url = 'esdb://127.0.0.1:1?tls=false';
    expect(await failureOf(openKurrentLedger({ url, clock, appendMs: 100, callMs: 100 }))).toEqual({
      code: 'unavailable',
    });
  });
});
