import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Run } from './process.ts';
import { newPlace, startService } from './process.ts';

const patienceMs = 60_000;
const place = newPlace();
let first: Run;
let url: string;
beforeAll(async () => {
  first = startService(place.environment);
  url = await first.ready();
}, patienceMs);
afterAll(async () => {
  await first.end();
  place.remove();
});

const positionAt = async (address: string) =>
  ((await (await fetch(`${address}/readyz`)).json()) as { position: number }).position;
const oneLine = (text: string) => text.trim().split('\n');

describe('a start that cannot succeed says why in one line and ends with 1', () => {
  const failure = async (environment: Readonly<Record<string, string>>) => {
    const { code, stderr } = await startService({ ...place.environment, ...environment }).ended();
    return { code, lines: oneLine(stderr) };
  };

  it(
    'a setting that is none',
    async () => {
      const { code, lines } = await failure({ LEDGER: 'foo' });
      expect([code, lines]).toEqual([1, ['Tidemark did not start: LEDGER=foo: must be sqlite or kurrent.']]);
    },
    patienceMs,
  );

  it(
    'a port in use',
    async () => {
      const other = createServer().listen(0, '127.0.0.1');
      await new Promise((resolve) => other.once('listening', resolve));
      const { port } = other.address() as AddressInfo;
      const { code, lines } = await failure({ PORT: String(port), DATA_DIR: join(place.directory, 'other') });
      other.close();
      expect([code, lines]).toEqual([
        1,
        [
          `Tidemark did not start: 127.0.0.1:${port} is in use by another program. Stop it, or set PORT to another port.`,
        ],
      ]);
    },
    patienceMs,
  );

  it(
    'a second writer on the same folder',
    async () => {
      const { code, lines } = await failure({});
      expect([code, lines.length]).toEqual([1, 1]);
      expect(lines[0]).toMatch(/^Tidemark did not start: Another writer has the ledger in /);
    },
    patienceMs,
  );

  it(
    'a folder that cannot be written to',
    async () => {
      // Below a file, since root may write to any folder.
      const file = join(place.directory, 'file');
      writeFileSync(file, '');
      const { code, lines } = await failure({ DATA_DIR: join(file, 'data') });
      expect([code, lines.length]).toEqual([1, 1]);
      expect(lines[0]).toMatch(/^Tidemark did not start: Could not make the data directory /);
    },
    patienceMs,
  );
});

describe('a service that is told to stop', () => {
  it(
    'ends its streams, lets go of the folder, ends with 0; a second start finds the history',
    async () => {
      const position = await positionAt(url);
      const stream = await fetch(`${url}/v1/stream?after=${position}`);
      const reading = stream.text();
      first.signal('SIGTERM');
      const { code } = await first.ended();
      expect(code).toBe(0);
      expect(await reading).toContain('event: caught-up');
      const second = startService(place.environment);
      expect(await positionAt(await second.ready())).toBe(position);
      second.signal('SIGINT');
      const { code: again, stdout } = await second.ended();
      expect(again).toBe(0);
      expect(stdout).toContain('"recorded":0');
    },
    patienceMs,
  );
});
