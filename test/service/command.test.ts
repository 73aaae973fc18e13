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
function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return runIn({}, ...args);
}

async function runIn(environment: Readonly<Record<string, string>>, ...args: string[]) {
  const written = { out: '', err: '' };
  const code = await command(args, {
    environment: { DATA_DIR: directory, ...environment },
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

describe('copy, while the service runs', () => {
  const from = `sqlite:${directory}`;
  const secret = 'esdb://admin:secret@db:2113';

  it('copies what is there, and nothing twice', async () => {
    const to = `sqlite:${join(directory, 'backup')}`;
    const first = await run('copy', '--from', from, '--to', to);
    expect(first).toMatchObject({ code: 0, out: expect.stringContaining('copied   2 of 2 events') });
    const again = await run('copy', '--from', from, '--to', to);
    expect(again.out).toContain('copied   0 of 2 events');
    expect(again.out.split('\n')[1]).toBe(first.out.split('\n')[1]);
  });

  it.each([
    [['--to', from], '--from is missing: give sqlite:<directory> or esdb://host:2113.'],
    [['--from', from], '--to is missing: give sqlite:<directory> or esdb://host:2113.'],
    [['--from', from, '--to'], '--to is missing: give sqlite:<directory> or esdb://host:2113.'],
    [['--from', from, '--to', `${from}/.`], '--to is the same place as --from; give another one.'],
    [['--form', from], '--form is no argument of copy; it takes --from, --to and --stream.'],
    [['--from', from, secret], 'A word stands alone; put --from, --to or --stream before it.'],
    [
      ['--from', from, '--to', 'sqlite:x', '--stream', 'x'],
      '--stream names a stream of a KurrentDB, and neither place is one; leave it out.',
    ],
    [
      ['--from', from, '--to', secret, '--stream='],
      '--stream is empty; give the name of a stream, or leave it out.',
    ],
    [
      ['--from', 'postgres://admin:secret@db', '--to', from],
      '--from: A place that begins with "postgres" is not known: expected sqlite:<directory> or esdb://host:2113. Name one.',
    ],
    [
      ['--from', from, '--to', 'postgres://admin:secret@db'],
      '--to: A place that begins with "postgres" is not known: expected sqlite:<directory> or esdb://host:2113. Name one.',
    ],
    [
      ['--from', `sqlite:${join(directory, 'nowhere')}`, '--to', from],
      `--from: There is no ledger at ${join(directory, 'nowhere', 'ledger.db')}. Name the folder of one (as DATA_DIR, or as sqlite:<directory>), or run npm start first.`,
    ],
  ])('%j ends with 1 and one line', async (args, line) => {
    expect(await run('copy', ...args)).toEqual({ code: 1, out: '', err: `${line}\n` });
  });

  it('into the folder of a running service ends with 1, by the name of the argument', async () => {
    const other = `sqlite:${join(directory, 'backup')}`;
    const { code, err } = await run('copy', '--from', other, '--to', from);
    expect([code, err]).toEqual([1, expect.stringMatching(/^--to: Another writer has the ledger in .*\n$/)]);
  });

  it('does not talk to a KurrentDB where DEBUG would make the client print the password', async () => {
    const { code, err } = await runIn({ DEBUG: 'esdb:*' }, 'copy', '--from', from, '--to', secret);
    expect([code, err]).toEqual([1, expect.stringMatching(/^DEBUG=esdb:\* makes the client/)]);
    expect(err).not.toContain('secret');
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
