import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { LEDGER_STREAM } from '../../src/ledger/kurrent.ts';
import { copyRecordedHistory } from '../recordedHistory.ts';
import { KurrentDouble } from '../ledger/kurrent/double.ts';
import type { Place, Run } from './process.ts';
import { newPlace, runCommand, startService } from './process.ts';

const patienceMs = 120_000;
const double = new KurrentDouble();
let place: Place;
let environment: Readonly<Record<string, string>>;
beforeAll(() => double.start());
afterAll(() => double.kill());
beforeEach(() => {
  place = newPlace();
  environment = { ...place.environment, LEDGER: 'kurrent', KURRENT_URL: double.url() };
});
afterEach(() => place.remove());

/** The lines of the log at level error. */
function errorsIn(stdout: string): { readonly msg: string; readonly position: number }[] {
  return stdout
    .split('\n')
    .filter((line) => line.includes('"level":50'))
    .map((line) => JSON.parse(line) as { msg: string; position: number });
}

/** Asks until the node says that it is not ready. */
async function notReady(url: string): Promise<{ readonly detail: string; readonly position: number }> {
  for (;;) {
    const answer = await fetch(`${url}/readyz`);
    const body = (await answer.json()) as { detail: string; position: number };
    if (answer.status === 503) return body;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('the command that copies a log', () => {
  it(
    'moves the shipped history to a shared log and back, and tells the same digest both times',
    async () => {
      copyRecordedHistory(place.directory);
      const from = `sqlite:${place.directory}`;
      const back = `sqlite:${join(place.directory, 'back')}`;
      double.keep(LEDGER_STREAM, []);
      const there = await runCommand('copy', '--from', from, '--to', double.url());
      const again = await runCommand('copy', '--from', double.url(), '--to', back);
      const size = double.events(LEDGER_STREAM).length;
      expect([there.code, again.code, size > 1000]).toEqual([0, 0, true]);
      expect(there.stdout).toMatch(
        new RegExp(`^copied   ${size} of ${size} events;.*\ndigest   [0-9a-f]{64}\n$`),
      );
      expect(again.stdout).toBe(there.stdout);
      expect(there.stderr).toContain(`Copying: ${size} of ${size} events\n`);
    },
    patienceMs,
  );

  it(
    'ends with 1 and one line where an argument cannot be used',
    async () => {
      expect(await runCommand('copy', '--from', 'sqlite:./data')).toEqual({
        code: 1,
        stdout: '',
        stderr: '--to is missing: give sqlite:<directory> or esdb://host:2113.\n',
      });
    },
    patienceMs,
  );
});

describe('a node on a shared log', () => {
  let node: Run;
  afterEach(() => node.end());

  it(
    'says once, at level error, that the log went back; it answers what it knows and is not ready',
    async () => {
      node = startService(environment);
      const url = await node.ready();
      const events = double.events(LEDGER_STREAM);
      double.keep(LEDGER_STREAM, events.slice(0, -1));
      const { detail, position } = await notReady(url);
      expect(detail).toContain(`at position ${events.length}: The store went back`);
      expect(position).toBe(events.length);
      const answer = await fetch(`${url}/v1/companies/bytedance/posture`);
      expect(answer.status).toBe(200);
      node.signal('SIGTERM');
      const { code, stdout } = await node.ended();
      expect(code).toBe(0);
      expect(errorsIn(stdout)).toEqual([
        expect.objectContaining({
          position,
          msg: expect.stringMatching(/^this node no longer follows the log: The store went back: /),
          failure: { code: 'rollback', seen: events.length, actual: events.length - 1 },
        }),
      ]);
    },
    patienceMs,
  );

  it(
    'does not start where DEBUG would make the client print the password',
    async () => {
      node = startService({ ...environment, DEBUG: 'esdb:*' });
      const { code, stdout, stderr } = await node.ended();
      expect([code, stdout, stderr]).toEqual([
        1,
        '',
        'Tidemark did not start: DEBUG=esdb:* makes the client of KurrentDB print the password; take esdb:* out of it.\n',
      ]);
    },
    patienceMs,
  );
});
