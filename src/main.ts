/** How do the parts come together? Settings, ledger, service, HTTP, page: wired, started, and stopped in order. */
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { destination, pino } from 'pino';
import type { Logger } from 'pino';
import { createApp } from './http/app.ts';
import { createDesk } from './http/desk.ts';
import { pageQuestions, shipQuestions } from './http/pageQuestions.ts';
import { RequestIds } from './http/requestIds.ts';
import type { Listening } from './http/server.ts';
import { listen } from './http/server.ts';
import { LedgerError } from './ledger/failures.ts';
import type { Ledger } from './ledger/port.ts';
import { openSqliteLedger } from './ledger/sqlite.ts';
import { systemClock } from './service/clock.ts';
import { newEventId, randomBytes } from './service/randomness.ts';
import type { RecordedHistory } from './service/shippedHistory.ts';
import type { Progress } from './service/tidemark.ts';
import { Tidemark } from './service/tidemark.ts';
import type { Settings } from './settings.ts';
import { SettingsError, readSettings } from './settings.ts';
import { pageRouter } from './web/pageRouter.tsx';

/** How long requests under way may take when the service is told to stop. */
const drainPatienceMs = 3_000;

export interface StartOptions {
  readonly onProgress?: (progress: Progress) => void;
  readonly onReady?: (ready: { readonly url: string; readonly position: number }) => void;
}

/** The folder that holds package.json, whether this runs from src/ or from dist/src/. */
function findRoot(from: string): string {
  const folder = dirname(from);
  try {
    readFileSync(join(folder, 'package.json'));
    return folder;
  } catch {
    return findRoot(folder);
  }
}
const root = findRoot(import.meta.filename);

function versionOf(): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  return version;
}

function logHistory(logger: Logger, history: RecordedHistory, position: number): void {
  logger.info({ recorded: history.recorded, position }, 'the shipped history is in the log');
  for (const problem of history.problems)
    logger.warn({ problem }, 'an entry of the shipped history was left out');
  for (const missing of history.missing)
    logger.warn({ missing }, 'an event that the chronicle once recorded is no longer in it');
}

/** The message says what to do; what nobody foresaw is written down whole. */
function logStopped(logger: Logger, why: Error, position: number): void {
  const detail = why instanceof LedgerError ? { failure: why.failure } : { err: why };
  logger.error({ position, ...detail }, `this node no longer follows the log: ${why.message}`);
}

/** Stops once, at the first signal; a second one ends the process at once. */
function stopOnSignal(stop: (signal: string) => Promise<void>): void {
  let isStopping = false;
  const onSignal = (signal: string) => {
    if (isStopping) process.exit(1);
    isStopping = true;
    stop(signal).then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(messageOf(error));
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
}

async function stopInOrder(
  signal: string,
  tidemark: Tidemark,
  listening: Listening | null,
  logger: Logger,
): Promise<void> {
  logger.info({ signal }, 'stopping');
  const drained = listening?.drain(drainPatienceMs);
  tidemark.windDown();
  await drained;
  await tidemark.close();
  logger.info('stopped');
  logger.flush();
}

/** The ledger that the settings name; that of KurrentDB is loaded only where it is asked for. */
async function openLedger({ LEDGER, KURRENT_URL, DATA_DIR }: Settings): Promise<Ledger> {
  if (LEDGER === 'sqlite' || KURRENT_URL === undefined) {
    return openSqliteLedger({ directory: DATA_DIR, clock: systemClock });
  }
  mkdirSync(DATA_DIR, { recursive: true });
  const { openKurrentLedger } = await import('./ledger/kurrent.ts');
  return openKurrentLedger({
    url: KURRENT_URL,
    clock: systemClock,
    memoryFile: join(DATA_DIR, 'kurrent-seen.json'),
  });
}

/** Opens the ledger, listens, takes in the log and the shipped history. Resolves when every question can be answered. */
export async function start(settings: Settings, options: StartOptions = {}): Promise<void> {
  const logger = pino({ level: settings.LOG_LEVEL }, destination({ dest: 1, sync: true }));
  const ledger = await openLedger(settings);
  const tidemark = new Tidemark({
    ledger,
    chronicleDirectory: join(root, 'events', 'chronicle'),
    noteDirectory: settings.DATA_DIR,
    clock: systemClock,
    newId: newEventId,
  });
  const desk = createDesk({
    tidemark,
    keysDirectory: settings.DATA_DIR,
    logger,
    clock: systemClock,
    randomBytes,
    version: versionOf(),
  });
  desk.metrics.withProcess();
  const requestIds = new RequestIds(Buffer.from(randomBytes(6)).toString('hex'));
  const app = createApp({
    desk,
    requestIds,
    page: pageRouter(pageQuestions(tidemark.ask), shipQuestions(tidemark)),
  });
  const listening = await listen(app, settings.HOST, settings.PORT).catch(async (error: unknown) => {
    await ledger.close();
    throw error;
  });
  stopOnSignal((signal) => stopInOrder(signal, tidemark, listening, logger));
  logHistory(logger, await tidemark.start(options.onProgress), tidemark.position);
  logger.info({ url: listening.url, position: tidemark.position }, 'ready');
  void tidemark.following.then((why) => why !== null && logStopped(logger, why, tidemark.position));
  options.onReady?.({ url: listening.url, position: tidemark.position });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What a failed start says to the person who started it, in one line; null: nobody foresaw it. */
function startFailure(error: unknown, settings: Settings | null): string | null {
  if (error instanceof SettingsError || error instanceof LedgerError) return error.message;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const place = settings === null ? '' : `${settings.HOST}:${settings.PORT}`;
  if (code === 'EADDRINUSE')
    return `${place} is in use by another program. Stop it, or set PORT to another port.`;
  if (code === 'EACCES') return `${place} may not be listened on. Set PORT to one above 1023.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `HOST=${settings?.HOST ?? ''} is no address of this machine.`;
  return null;
}

/** Starts by the environment. What goes wrong is one line on stderr and exit code 1. */
export async function run(options: StartOptions = {}): Promise<void> {
  let settings: Settings | null = null;
  try {
    settings = readSettings();
    await start(settings, options);
  } catch (error) {
    const foreseen = startFailure(error, settings);
    const line =
      foreseen ?? `${messageOf(error)} This is a fault of the program; please report it with what follows.`;
    console.error(`Tidemark did not start: ${line.replaceAll(/\s*\n\s*/g, ' ')}`);
    if (foreseen === null) console.error(error);
    process.exit(1);
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await run();
