/**
 * What does the ledger cost on top of the KurrentDB client, and how do several nodes share one ledger? Needs a server:
 * `npx tsx scripts/bench/kurrent.ts esdb://…`. Both sides use the same path (the unary append) on the same server.
 */
import { EventStoreDBClient } from '@eventstore/db-client';
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { openKurrentLedger } from '../../src/ledger/kurrent.ts';
import { sealedOf } from '../../src/ledger/kurrent-event.ts';
import { prepareLeaf, stampLeaf } from '../../src/ledger/leaf.ts';
import type { Ledger, SealedEvent } from '../../src/ledger/port.ts';
import { interleaved, median, secondsOf } from './rounds.ts';
import { syntheticHistory } from './syntheticHistory.ts';

const rounds = 3;
const writers = 8;
const batchSize = 100;
const batchesPerWriter = 4;
const perRound = writers * batchSize * batchesPerWriter;
const nodeSeconds = 6;
const credentials = { username: 'admin', password: 'changeit' };

const [url = '', role = 'bench', stream = `bench-${randomUUID()}`, seed = '1'] = process.argv.slice(2);
const open = (name: string) => openKurrentLedger({ url, stream: name, clock: () => Date.now() });

function batches(from: Iterator<SealedEvent>, count: number, size: number): SealedEvent[][] {
  return Array.from({ length: count }, () =>
    Array.from({ length: size }, () => from.next().value as SealedEvent),
  );
}

async function together(work: (writer: number) => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: writers }, (_, writer) => work(writer)));
}

function compared(what: string, costRatio: number, ours: number, theirs: number): void {
  const rate = (seconds: number) => `${Math.round(1 / seconds).toLocaleString('en')}/s`;
  console.log(
    `${what}: ${(1 / costRatio).toFixed(2)} of the client alone (≥ 0.7 asked): ${rate(ours)} beside ${rate(theirs)}`,
  );
}

async function compareAppends(client: EventStoreDBClient): Promise<void> {
  const fresh = syntheticHistory(7, 2 * perRound * (rounds + 2));
  const bare = `bench-${randomUUID()}`;
  const ledger = await open(stream);
  const one = async (append: (batch: readonly SealedEvent[]) => Promise<unknown>) => {
    const work = batches(fresh, writers * batchesPerWriter, batchSize);
    const seconds = await secondsOf(() =>
      together(async (writer) => {
        for (let n = 0; n < batchesPerWriter; n += 1) await append(work[writer * batchesPerWriter + n] ?? []);
      }),
    );
    return seconds / perRound;
  };
  const ours = () => one((batch) => ledger.append(batch));
  const theirs = () =>
    one((batch) => {
      const leaves = batch.map((event) => stampLeaf(prepareLeaf(event), 0, '2025-01-05T00:00:00.000Z'));
      const events = leaves.map((leaf) => sealedOf(leaf, 1, 'bench').event);
      return client.appendToStream(bare, events, { expectedRevision: 'any', credentials });
    });
  const { costRatio, oursSeconds, theirsSeconds } = await interleaved(rounds, ours, theirs);
  compared(`append, batches of ${batchSize}, ${writers} writers`, costRatio, oursSeconds, theirsSeconds);
  await ledger.close();
}

async function followTo(ledger: Ledger, size: number): Promise<void> {
  const stop = new AbortController();
  await ledger.follow(
    0,
    async (page) => {
      if ((page.at(-1)?.position ?? 0) >= size) stop.abort();
    },
    stop.signal,
  );
}

async function compareCatchUp(client: EventStoreDBClient): Promise<void> {
  const size = perRound * (rounds + 1);
  const ours = async () => {
    const seconds = await secondsOf(async () => {
      const ledger = await open(stream);
      await followTo(ledger, size);
      await ledger.close();
    });
    return seconds / size;
  };
  const theirs = async () => {
    const seconds = await secondsOf(async () => {
      let count = 0;
      for await (const { event } of client.readStream(stream)) count += event === undefined ? 0 : 1;
      if (count !== size) throw new Error(`${size} events were expected, saw ${count}.`);
    });
    return seconds / size;
  };
  const { costRatio, oursSeconds, theirsSeconds } = await interleaved(rounds, ours, theirs);
  compared(
    `catch-up from the first event, ${size.toLocaleString('en')} events`,
    costRatio,
    oursSeconds,
    theirsSeconds,
  );
}

interface NodeFigures {
  readonly appended: number;
  readonly read: number;
  readonly latenciesMs: readonly number[];
  readonly catchUpPerSecond: number;
}

/** A node in a process of its own: two writers and one reader, until the time is up. */
async function runNode(): Promise<void> {
  const ledger = await open(stream);
  const size = await ledger.size();
  const catchUpSeconds = await secondsOf(() => (size === 0 ? undefined : followTo(ledger, size)));
  const fresh = syntheticHistory(Number(seed), 100_000);
  process.send?.('ready');
  await new Promise((resolve) => process.once('message', resolve));
  const end = performance.now() + nodeSeconds * 1000;
  const figures = {
    appended: 0,
    read: 0,
    latenciesMs: [] as number[],
    catchUpPerSecond: size / catchUpSeconds,
  };
  const write = async () => {
    while (performance.now() < end) {
      const batch = batches(fresh, 1, 10)[0] ?? [];
      figures.latenciesMs.push((await secondsOf(() => ledger.append(batch))) * 1000);
      figures.appended += batch.length;
    }
  };
  const read = async () => {
    while (performance.now() < end) {
      figures.read += (await ledger.read(Math.floor((figures.read * 7919) % Math.max(1, size)), 100)).length;
      await new Promise(setImmediate);
    }
  };
  await Promise.all([write(), write(), read()]);
  process.send?.(figures);
  await ledger.close();
  process.disconnect();
}

function startNode(name: string, number: number) {
  const child = fork(process.argv[1] ?? '', [url, 'node', name, String(100 + number)]);
  const next = () => new Promise<unknown>((resolve) => child.once('message', resolve));
  return { child, ready: next(), figures: () => next() as Promise<NodeFigures> };
}

async function compareNodes(): Promise<void> {
  console.log('nodes  appends/s  median ms  p99 ms  events read/s  catch-up events/s');
  for (const count of [1, 2, 4]) {
    const name = `bench-${randomUUID()}`;
    const first = await open(name);
    for (const batch of batches(syntheticHistory(3, 2000), 20, 100)) await first.append(batch);
    await first.close();
    const nodes = Array.from({ length: count }, (_, number) => startNode(name, number));
    await Promise.all(nodes.map(({ ready }) => ready));
    const figures = nodes.map((node) => node.figures());
    for (const { child } of nodes) child.send('go');
    const all = await Promise.all(figures);
    const sum = (of: (figure: NodeFigures) => number) => all.reduce((total, figure) => total + of(figure), 0);
    const latencies = all.flatMap(({ latenciesMs }) => latenciesMs).toSorted((a, b) => a - b);
    const columns = [
      String(count).padEnd(5),
      Math.round(sum(({ appended }) => appended) / nodeSeconds)
        .toLocaleString('en')
        .padStart(9),
      median(latencies).toFixed(1).padStart(9),
      (latencies[Math.floor(latencies.length * 0.99)] ?? Number.NaN).toFixed(1).padStart(6),
      Math.round(sum(({ read }) => read) / nodeSeconds)
        .toLocaleString('en')
        .padStart(13),
      Math.round(median(all.map(({ catchUpPerSecond }) => catchUpPerSecond)))
        .toLocaleString('en')
        .padStart(17),
    ];
    console.log(columns.join('  '));
  }
}

if (role === 'node') await runNode();
else if (url === '') console.log('No server is given: npx tsx scripts/bench/kurrent.ts esdb://host:2113');
else {
  const client = EventStoreDBClient.connectionString(url);
  await compareAppends(client);
  await compareCatchUp(client);
  await client.dispose();
  await compareNodes();
  process.exit(0);
}
