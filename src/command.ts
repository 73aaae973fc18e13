/** What can be done from the command line? API keys, a replay of the log, and a copy of it to another store. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { LedgerError } from './ledger/failures.ts';
import type { ProgressBar } from './progressBar.ts';
import { progressBar } from './progressBar.ts';
import { systemClock } from './service/clock.ts';
import type { LeafSource } from './service/copy.ts';
import type { Scope } from './service/keys.ts';
import { KeyError, KeyName, Keyring, Scope as ScopeSchema, scopes } from './service/keys.ts';
import { openLedgerForReading } from './service/ledgerForReading.ts';
import { randomBytes } from './service/randomness.ts';
import { Refusal } from './service/refusal.ts';
import { replayLedger } from './service/replay.ts';
import type { Environment } from './settings.ts';
import { SettingsError, ownEnvironment, readSettings, refuseTalkativeClient } from './settings.ts';

const usage = `Usage: npm run tidemark -- <command>

  keys add --name <name> --scope <scope>   make an API key and print it, once
  keys list                                show the keys, without the keys themselves
  keys revoke --name <name>                end a key at once
  replay [--to <position>]                 derive the state anew from the log and print its digest
  copy --from <place> --to <place>         copy the log from one store to another, and compare all of it;
                                           started again, it goes on where it broke off

A place is sqlite:<directory>, or 'esdb://…' of a KurrentDB, with --stream <name> where that is not tidemark-ledger.

A scope is one of ${scopes.join(', ')}; give --scope several times for several. DATA_DIR says where the data is (./data).
`;

/** Thrown for a command that cannot be understood. */
class UsageError extends Error {}

/** Thrown for an argument that cannot be used; the message is one line that names it and the remedy. */
class ArgumentError extends Error {}

function option(args: readonly string[], names: Record<string, { type: 'string'; multiple?: boolean }>) {
  try {
    return parseArgs({ args: [...args], options: names, allowPositionals: false }).values;
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function nameIn(value: unknown): string {
  const name = KeyName.safeParse(value);
  if (name.success) return name.data;
  throw new UsageError(
    typeof value === 'string'
      ? `--name ${value} ${name.error.issues[0]?.message ?? ''}.`
      : '--name is missing.',
  );
}

function scopesIn(value: unknown): Scope[] {
  if (!Array.isArray(value)) throw new UsageError(`--scope is missing: ${scopes.join(', ')}.`);
  return value.map((one: unknown) => {
    const scope = ScopeSchema.safeParse(one);
    if (scope.success) return scope.data;
    throw new UsageError(`--scope ${String(one)} is none of ${scopes.join(', ')}.`);
  });
}

/** Where a command finds its settings and writes to: what it found to `out`, what it has to say about it to `err`. */
export interface Terminal {
  readonly environment: Environment;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly bar: ProgressBar;
}

function keys([verb, ...args]: readonly string[], { environment, out, err }: Terminal): void {
  const keyring = new Keyring({
    directory: readSettings(environment).DATA_DIR,
    clock: systemClock,
    randomBytes,
  });
  if (verb === 'add') {
    const { name, scope } = option(args, {
      name: { type: 'string' },
      scope: { type: 'string', multiple: true },
    });
    const key = keyring.add(nameIn(name), scopesIn(scope));
    err('This is the key; it is kept as a hash only and cannot be shown again:');
    out(key);
  } else if (verb === 'list') {
    option(args, {});
    for (const { name, scopes: granted, createdAt, revokedAt } of keyring.list()) {
      out(
        `${name}\t${granted.join(',')}\tmade ${createdAt}\t${revokedAt === null ? 'valid' : `revoked ${revokedAt}`}`,
      );
    }
  } else if (verb === 'revoke') {
    const name = nameIn(option(args, { name: { type: 'string' } })['name']);
    keyring.revoke(name);
    out(`The key ${name} is revoked.`);
  } else {
    throw new UsageError(
      verb === undefined ? 'keys needs add, list or revoke.' : `keys ${verb} is no command.`,
    );
  }
}

function positionIn(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  if (/^\d{1,15}$/.test(value)) return Number(value);
  throw new UsageError(`--to ${value} is no log position.`);
}

async function replay(args: readonly string[], { environment, out, err, bar }: Terminal): Promise<void> {
  const to = positionIn(option(args, { to: { type: 'string' } })['to']);
  const ledger = openLedgerForReading({ directory: readSettings(environment).DATA_DIR });
  try {
    const onProgress = (done: number, total: number) => bar.show({ step: 'replay', done, total });
    const replayed = await replayLedger(ledger, { to, onProgress, clock: systemClock });
    bar.stop();
    const { position, recordedAt, digest, events, seconds } = replayed;
    out(`position ${position}, recorded ${recordedAt ?? 'never: the log is empty'}`);
    out(`digest   ${digest}`);
    err(`${events} events in ${seconds.toFixed(2)} s`);
  } finally {
    bar.stop();
    await ledger.close();
  }
}

interface CopyArguments {
  readonly from: string;
  readonly to: string;
  readonly stream: string | undefined;
}

/** What tells a place from another: a directory can be written in several ways. */
function identityOf(place: string): string {
  const [, directory] = /^sqlite:(.+)$/.exec(place) ?? [];
  return directory === undefined ? place : resolve(directory);
}

/** Reads them by hand, since a place may hold a password, which the messages of `parseArgs` would repeat. */
function copyArguments(args: readonly string[]): CopyArguments {
  const options = { from: { type: 'string' }, to: { type: 'string' }, stream: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
  });
  const stray = Object.keys(values).find((name) => !Object.hasOwn(options, name));
  if (stray !== undefined)
    throw new ArgumentError(`--${stray} is no argument of copy; it takes --from, --to and --stream.`);
  if (positionals.length > 0)
    throw new ArgumentError('A word stands alone; put --from, --to or --stream before it.');
  const { from, to, stream } = values;
  const forms = 'give sqlite:<directory> or esdb://host:2113';
  if (typeof from !== 'string' || from === '') throw new ArgumentError(`--from is missing: ${forms}.`);
  if (typeof to !== 'string' || to === '') throw new ArgumentError(`--to is missing: ${forms}.`);
  if (identityOf(from) === identityOf(to))
    throw new ArgumentError('--to is the same place as --from; give another one.');
  if (stream === undefined) return { from, to, stream };
  if (typeof stream !== 'string' || stream === '')
    throw new ArgumentError('--stream is empty; give the name of a stream, or leave it out.');
  if (from.startsWith('sqlite:') && to.startsWith('sqlite:'))
    throw new ArgumentError(
      '--stream names a stream of a KurrentDB, and neither place is one; leave it out.',
    );
  return { from, to, stream };
}

/** Opens a place and looks into it. What is wrong with it is said under the name of the argument. */
async function openNamed<Place extends LeafSource>(name: string, open: () => Promise<Place>): Promise<Place> {
  try {
    const place = await open();
    await place.size().catch(async (error: unknown) => {
      await place.close();
      throw error;
    });
    return place;
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    throw new ArgumentError(`${name}: ${error.message}`, { cause: error });
  }
}

async function copy(args: readonly string[], { environment, out, bar }: Terminal): Promise<void> {
  const { from, to, stream } = copyArguments(args);
  if (!from.startsWith('sqlite:') || !to.startsWith('sqlite:')) refuseTalkativeClient(environment);
  const { copyLeaves, openSource, openTarget } = await import('./service/copy.ts');
  const source = await openNamed('--from', () => openSource(from, stream));
  try {
    const target = await openNamed('--to', () => openTarget(to, stream));
    try {
      const { copied, size, digest } = await copyLeaves(source, target, bar.show);
      bar.stop();
      out(`copied   ${copied} of ${size} events; both places hold the same`);
      out(`digest   ${digest}`);
    } finally {
      bar.stop();
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function perform([word, ...args]: readonly string[], terminal: Terminal): Promise<void> {
  if (word === undefined || word === 'help' || word === '--help' || word === '-h') return terminal.out(usage);
  if (word === 'keys') return keys(args, terminal);
  if (word === 'replay') return replay(args, terminal);
  if (word === 'copy') return copy(args, terminal);
  throw new UsageError(`${word} is no command.`);
}

const ownTerminal: Terminal = {
  environment: ownEnvironment,
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
  bar: progressBar(),
};

/** Does what the arguments say; returns the exit code: 0 done, 1 failed, or an argument that cannot be used, 2 not understood. */
export async function command(args: readonly string[], terminal: Terminal = ownTerminal): Promise<number> {
  try {
    await perform(args, terminal);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.err(`${error.message}\n\n${usage}`);
      return 2;
    }
    const isForeseen = [ArgumentError, LedgerError, KeyError, Refusal, SettingsError].some(
      (kind) => error instanceof kind,
    );
    if (!isForeseen) throw error;
    const message = error instanceof Error ? error.message : String(error);
    terminal.err(message.replaceAll(/\s*\n\s*/g, ' '));
    return 1;
  }
}
