/** How fast is a question answered over HTTP, asked before or not, beside node:http sending the same bytes? */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomDay } from './clocks.ts';
import { Dice } from './dice.ts';
import type { Part } from './part.ts';
import { rateText, speedFigure } from './part.ts';
import type { Client, Server } from './processes.ts';
import { Client as LoadClient, copyLedger, getRequest, startRival, startService } from './processes.ts';
import type { KnownAnswer } from './rivals.ts';
import { interleaved } from './rounds.ts';
import { slugAt, subjectCounts } from './syntheticHistory.ts';

const connections = 32;
const rememberedPerRound = 20_000;
const composedPerRound = 400;
const against = 'node:http sending the same bytes from memory';

/** Questions to the shipped history, so that the bytes are the same at every size; each has been asked before. */
const remembered = [
  '/v1/companies/bytedance/posture?asOf=2025-01-05&publishedBy=2025-01-05',
  '/v1/companies/deepseek?asOf=2025-02-15&publishedBy=2025-02-15',
  '/v1/chips/h20?asOf=2025-06-01',
  '/v1/instruments/us-bis-ai-diffusion-ifr-2025-01?asOf=2025-06-01',
  '/v1/destinations/MY?asOf=2025-06-01',
];

async function knownAnswer(port: number, path: string): Promise<KnownAnswer> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    headers: { accept: 'application/json', 'accept-encoding': 'identity' },
  });
  const body = await response.text();
  if (response.status !== 200)
    throw new Error(`${path} was answered with ${response.status}: ${body.slice(0, 300)}`);
  const ofTheConnection = new Set([
    'connection',
    'keep-alive',
    'date',
    'transfer-encoding',
    'content-length',
  ]);
  const own = [...response.headers].filter(([name]) => !ofTheConnection.has(name)).flat();
  return { headers: [...own, 'content-length', String(Buffer.byteLength(body))], body };
}

async function knownAnswers(port: number, paths: readonly string[]): Promise<KnownAnswer[]> {
  const answers: KnownAnswer[] = [];
  for (const path of paths) answers.push(await knownAnswer(port, path));
  return answers;
}

function startBare(answers: readonly KnownAnswer[], scratch: string, name: string): Promise<Server> {
  const file = join(scratch, `${name}.json`);
  writeFileSync(file, JSON.stringify(answers));
  return startRival('bare', file);
}

function noteOf(answers: readonly KnownAnswer[], client: Client): string {
  const mean = answers.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0) / answers.length;
  const busy =
    client.busiest > 0.95
      ? `; the client took ${Math.round(client.busiest * 100)} % of a processor and bounds both sides`
      : '';
  return `answers of ${(mean / 1024).toFixed(1)} KiB on average${busy}`;
}

/** A company and two clocks that nobody asked for before: each call gives others. */
function newQuestions(dice: Dice, count: number): string[] {
  return Array.from({ length: count }, () => {
    const company = slugAt('party', dice.below(subjectCounts.party));
    return `/v1/companies/${company}/posture?asOf=${randomDay(dice)}&publishedBy=${randomDay(dice)}`;
  });
}

/** Those that have an answer: a company may not be known yet at a random day. */
async function answerable(port: number, questions: readonly string[]): Promise<KnownAnswer[]> {
  const answers: KnownAnswer[] = [];
  for (const question of questions) {
    const answer = await knownAnswer(port, question).catch(() => null);
    if (answer !== null) answers.push(answer);
  }
  return answers;
}

export const rememberedAnswers: Part = async ({ size, directory, scratch, rounds, progress }) => {
  progress('starting the service');
  const service = await startService(copyLedger(directory, scratch));
  const client = new LoadClient();
  const known = await knownAnswers(service.port, remembered);
  const bare = await startBare(known, scratch, 'remembered');
  const requests = remembered.map(getRequest);
  const cost = async (port: number) => {
    progress('asking what was asked before');
    const { seconds } = await client.measure({ port, requests, connections, count: rememberedPerRound });
    return seconds / rememberedPerRound;
  };
  const compared = await interleaved(
    rounds,
    () => cost(service.port),
    () => cost(bare.port),
  );
  await Promise.all([service.stop(), bare.stop(), client.stop()]);
  const line = { what: 'a question asked before, over HTTP', against, size, least: 0.85, show: rateText };
  return [speedFigure({ ...line, note: noteOf(known, client) }, compared)];
};

/** Days late enough that every company is known, so that no answer is a refusal. */
function lateQuestions(dice: Dice, count: number): string[] {
  return newQuestions(dice, count).map((question) =>
    question.replaceAll(/=20\d\d-/g, () => `=${2025 + dice.below(2)}-`),
  );
}

export const randomPosture: Part = async ({ size, directory, scratch, rounds, progress }) => {
  progress('starting the service');
  const service = await startService(copyLedger(directory, scratch));
  const client = new LoadClient();
  const dice = new Dice(11);
  const known = await answerable(service.port, lateQuestions(dice, composedPerRound));
  const bare = await startBare(known, scratch, 'posture');
  const cost = async (port: number, requests: readonly string[]) => {
    progress('asking what nobody asked before');
    const { seconds } = await client.measure({ port, requests, connections, count: composedPerRound });
    return seconds / composedPerRound;
  };
  const compared = await interleaved(
    rounds,
    () => cost(service.port, lateQuestions(dice, composedPerRound).map(getRequest)),
    () => cost(bare.port, [getRequest('/')]),
  );
  await Promise.all([service.stop(), bare.stop(), client.stop()]);
  const line = {
    what: 'a random company at random clocks, over HTTP',
    against,
    size,
    least: 0.35,
    show: rateText,
  };
  return [speedFigure({ ...line, growing: true, note: noteOf(known, client) }, compared)];
};
