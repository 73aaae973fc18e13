import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { command } from '../../src/command.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';
import { Tidemark } from '../../src/service/tidemark.ts';
import { readBatch } from '../../src/service/record.ts';
import { release } from '../http/service.ts';

const directory = mkdtempSync(join(tmpdir(), 'tidemark-command-'));
const clock = () => Date.parse('2026-11-26T12:00:00Z');
let tidemark: Tidemark;

beforeAll(async () => {
  const ledger = await openSqliteLedger({ directory, clock });
  tidemark = new Tidemark({
    ledger,
    chronicleDirectory: null,
    noteDirectory: null,
    clock,
    newId: () => v7(),
  });
  await tidemark.start();
  await tidemark.recorder.record(readBatch([release(), release()]), { actor: 'spec' }, true);
});
afterAll(async () => {
  await tidemark.close();
  rmSync(directory, { recursive: true });
});

/** Runs a command against the folder; gives its exit code and what it wrote. */
async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const code = await command(args, {
    environment: { DATA_DIR: directory },
    out: (text) => (written.out += `${text}\n`),
    err: (text) => (written.err += `${text}\n`),
    bar: { show: () => {}, stop: () => {} },
  });
  return { code, ...written };
}

describe('keys', () => {
  it('are made, shown once, listed, and revoked', async () => {
    const made = await run('keys', 'add', '--name', 'desk', '--scope', 'append', '--scope', 'subscribe');
    expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^tidemark_\S+\n$/) });
    expect(made.err).toContain('cannot be shown again');
    expect((await run('keys', 'list')).out).toMatch(/^desk\tappend,subscribe\tmade .*\tvalid\n$/);
    expect(await run('keys', 'revoke', '--name', 'desk')).toMatchObject({
      code: 0,
      out: 'The key desk is revoked.\n',
    });
    expect((await run('keys', 'list')).out).toMatch(/\trevoked .*\n$/);
  });

  it('that are there already, or are not, end with 1', async () => {
    expect(await run('keys', 'revoke', '--name', 'nobody')).toMatchObject({ code: 1, out: '' });
  });
});

describe('replay, while the service runs', () => {
  it('prints the digest that the service has', async () => {
    const { digest } = await tidemark.replay(undefined);
    expect((await run('replay')).out).toContain(`digest   ${digest}`);
    expect((await run('replay', '--to', '1')).out).toContain('position 1,');
  });

  it('of what has not come ends with 1', async () => {
    expect(await run('replay', '--to', '99')).toMatchObject({
      code: 1,
      err: expect.stringContaining('after the head'),
    });
  });
});

describe('a command that is not understood', () => {
  it.each([
    [['dance'], 'dance is no command.'],
    [['keys'], 'keys needs add, list or revoke.'],
    [['keys', 'add', '--scope', 'append'], '--name is missing.'],
    [['keys', 'add', '--name', 'desk'], '--scope is missing: append, subscribe, admin.'],
    [['keys', 'add', '--name', 'desk', '--scope', 'all'], '--scope all is none of append, subscribe, admin.'],
    [['keys', 'add', '--name', 'My Desk', '--scope', 'append'], '--name My Desk must be lower-case words'],
    [['replay', '--to', 'now'], '--to now is no log position.'],
    [['replay', '--from', '1'], "Unknown option '--from'"],
  ])('%j ends with 2, says why, and shows how', async (args, why) => {
    const { code, out, err } = await run(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(why);
    expect(err).toContain('Usage: npm run tidemark -- <command>');
  });

  it('is explained where help is asked for', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('Usage:') });
  });
});
