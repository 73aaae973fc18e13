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
const busiest = 50;
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

/** A company and two clocks, among so many that hardly one was asked for before. */
function newQuestions(dice: Dice, companies: readonly string[], count: number): string[] {
  const in2025 = () => randomDay(dice).replace(/^\d{4}/, '2025');
  return Array.from(
    { length: count },
    () => `/v1/companies/${dice.one(companies)}/posture?asOf=${in2025()}&publishedBy=${in2025()}`,
  );
}

/**
 * The companies that are known at the end of 2024, so that a question about a later day finds an answer. The busiest are
 * left out: an answer cites every report behind it, which of the first company alone makes 40 MB at 100,000 events.
 */
async function knownCompanies(port: number): Promise<string[]> {
  const ranks = Array.from({ length: subjectCounts.party - busiest }, (_, rank) => rank + busiest);
  const companies = ranks.map((rank) => slugAt('party', rank));
  const found: string[] = [];
  for (const company of companies) {
    const url = `http://127.0.0.1:${port}/v1/companies/${company}?asOf=2024-12-31&publishedBy=2024-12-31`;
    const response = await fetch(url);
    await response.arrayBuffer();
    if (response.ok) found.push(company);
  }
  return found;
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

export const randomPosture: Part = async ({ size, directory, scratch, rounds, progress }) => {
  progress('starting the service');
  const service = await startService(copyLedger(directory, scratch));
  const client = new LoadClient();
  const dice = new Dice(11);
  const companies = await knownCompanies(service.port);
  const known = await knownAnswers(service.port, newQuestions(dice, companies, composedPerRound));
  const bare = await startBare(known, scratch, 'posture');
  const cost = async (port: number, requests: readonly string[]) => {
    progress('asking what nobody asked before');
    const { seconds } = await client.measure({ port, requests, connections, count: composedPerRound });
    return seconds / composedPerRound;
  };
  const compared = await interleaved(
    rounds,
    () => cost(service.port, newQuestions(dice, companies, composedPerRound).map(getRequest)),
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
  return [
    speedFigure(
      {
        ...line,
        growing: true,
        note: `${noteOf(known, client)}; the ${busiest} busiest companies are not asked about`,
      },
      compared,
    ),
  ];
};
