/** How fast is a license determination over HTTP, beside Express sending the same bytes, and what does a whole history cost? */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dayText, spanAsPrinted } from '../../events/dates.ts';
import type { Day } from '../../events/dates.ts';
import { DeterminationQuestion } from '../../projections/determination/question.ts';
import { ruleBook, ruleBookTypes } from '../../projections/determination/ruleBook.ts';
import { statusHistory } from '../../projections/determination/statusHistory.ts';
import type { ClaimIndex } from '../../projections/claimIndex.ts';
import { momentOf } from '../../projections/clocks.ts';
import { openMemoryLedger } from '../../src/ledger/memory.ts';
import { readInputs } from '../../src/service/chronicle/readInputs.ts';
import { Tidemark } from '../../src/service/tidemark.ts';
import { Dice } from './dice.ts';
import { indexOf } from './indexed.ts';
import type { Figure, Part } from './part.ts';
import { rateText, speedFigure, timeText } from './part.ts';
import { Client, copyLedger, postRequest, startRival, startService } from './processes.ts';
import { interleaved, median } from './rounds.ts';

const connections = 32;
const perRound = 2_000;
const askedBefore = 50;
const against = 'Express reading the same POST and sending the same bytes';
/** What the issue asks of a history, in seconds of processor time. */
const most = 5e-3;

const chronicle = fileURLToPath(new URL('../../../../events/chronicle', import.meta.url));
const path = '/v1/determinations';
const destinations = ['CN', 'HK', 'MO', 'MY', 'AE', 'SG', 'IN', 'DE', 'VN', 'SA'];
const firstDay = spanAsPrinted('2022-08-01').earliest;
const lastDay = spanAsPrinted('2026-10-01').earliest;

/** A question about a chip of the record, on one of so many days that hardly one is asked twice. */
function newQuestion(dice: Dice, chips: readonly string[]): string {
  const headquarters = dice.one(destinations);
  return JSON.stringify({
    item: { chip: dice.one(chips) },
    activity: 'export',
    from: 'US',
    destination: dice.one(destinations),
    parties: [{ role: 'end-user', headquarters, ultimateParentHeadquarters: dice.one(destinations) }],
    asOf: dayText((firstDay + dice.below(lastDay - firstDay)) as Day),
  });
}

async function chipsOf(port: number): Promise<string[]> {
  const response = await fetch(`http://127.0.0.1:${port}/v1/chips?limit=200&asOf=2026-09-01`);
  const { items } = (await response.json()) as { readonly items: readonly { readonly id: string }[] };
  return items.map(({ id }) => id).filter((id) => !/^chip-\d/.test(id));
}

async function answerTo(port: number, question: string): Promise<string> {
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers,
    body: question,
  });
  const body = await response.text();
  if (response.status !== 200) throw new Error(`${question} was answered with ${response.status}: ${body}`);
  return body;
}

const requestOf = (question: string) => postRequest(path, question);

/** Two lines: questions that were asked before, and questions that hardly anybody asked before. */
async function overHttp({
  size,
  directory,
  scratch,
  rounds,
  progress,
}: Parameters<Part>[0]): Promise<Figure[]> {
  progress('starting the service');
  const service = await startService(copyLedger(directory, scratch));
  const chips = await chipsOf(service.port);
  const dice = new Dice(13);
  const known = Array.from({ length: askedBefore }, () => newQuestion(dice, chips));
  const answers: string[] = [];
  for (const question of known) answers.push(await answerTo(service.port, question));
  const file = join(scratch, 'determinations.json');
  writeFileSync(file, JSON.stringify(answers));
  const express = await startRival('answering', file);
  const client = new Client();
  const cost = async (port: number, requests: readonly string[]) => {
    progress('asking');
    const { seconds } = await client.measure({ port, requests, connections, count: perRound });
    return seconds / perRound;
  };
  const fresh = () => Array.from({ length: perRound }, () => requestOf(newQuestion(dice, chips)));
  const repeated = known.map(requestOf);
  const again = await interleaved(
    rounds,
    () => cost(service.port, repeated),
    () => cost(express.port, repeated),
  );
  const anew = await interleaved(
    rounds,
    () => cost(service.port, fresh()),
    () => cost(express.port, fresh()),
  );
  await Promise.all([service.stop(), express.stop(), client.stop()]);
  const mean = answers.reduce((sum, answer) => sum + Buffer.byteLength(answer), 0) / answers.length;
  const line = { against, size, least: 0.7, show: rateText };
  const note = `answers of ${(mean / 1024).toFixed(1)} KiB on average`;
  return [
    speedFigure({ ...line, what: 'a determination asked before, over HTTP', note }, again),
    speedFigure({ ...line, what: 'a determination asked for the first time, over HTTP', note: '' }, anew),
  ];
}

/** The log of the shipped history. */
async function shippedIndex(): Promise<ClaimIndex> {
  const clock = Date.now;
  const ledger = await openMemoryLedger({ clock });
  const tidemark = new Tidemark({
    ledger,
    chronicleDirectory: chronicle,
    noteDirectory: null,
    clock,
    newId: () => '',
  });
  await tidemark.start();
  const index = await indexOf(ledger);
  await tidemark.close();
  return index;
}

/** The processor time of the history of each chip in China, asked for the first time. */
async function histories({ size, rounds, progress }: Parameters<Part>[0]): Promise<Figure> {
  progress('recording the shipped history');
  const index = await shippedIndex();
  const evidence = index.at({ asOf: momentOf('2026-09-01'), publishedBy: null, position: index.size });
  const recorded = evidence.everything(ruleBookTypes).map(({ event }) => event);
  const inputs = Object.entries(readInputs(chronicle).inputs).map(([name, input]) => ({ name, ...input }));
  const seconds: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const book = ruleBook({ recorded, visible: recorded, inputs });
    for (const chip of book.chips.keys()) {
      const {
        asOf: _asOf,
        publishedBy: _publishedBy,
        recordedBy: _recordedBy,
        ...asked
      } = DeterminationQuestion.parse({
        item: { chip },
        activity: 'export',
        from: 'US',
        destination: 'CN',
        parties: [{ role: 'end-user', headquarters: 'CN', ultimateParentHeadquarters: 'CN' }],
      });
      const before = process.cpuUsage();
      statusHistory(book, asked, { from: spanAsPrinted('2018-08-13').earliest, to: lastDay });
      const { user, system } = process.cpuUsage(before);
      if (round > 0) seconds.push((user + system) / 1e6);
    }
  }
  const middle = median(seconds);
  return {
    what: 'the whole status history of one chip, asked for the first time, in processor time',
    against: '–',
    size,
    reach: `< ${timeText(most)}`,
    ratio: timeText(middle),
    holds: middle < most,
    ours: timeText(middle),
    theirs: '–',
    growing: null,
    note: `the slowest of ${seconds.length} took ${timeText(Math.max(...seconds))}; the shipped history alone`,
  };
}

export const determinations: Part = async (setting) => [
  ...(await overHttp(setting)),
  await histories(setting),
];
