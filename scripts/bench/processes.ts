/** How does the bench run servers and clients beside itself, and get rid of them? */
import type { ChildProcess } from 'node:child_process';
import { fork, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Keyring } from '../../src/service/keys.ts';
import { randomBytes } from '../../src/service/randomness.ts';
import type { Load, Measured } from './load.ts';

const here = import.meta.dirname;
const heapMb = 12_000;

export interface Server {
  readonly port: number;
  /** Milliseconds from its start until it said that it is ready. */
  readonly startMs: number;
  stop(): Promise<void>;
}

/** What still runs when this process ends, for whatever reason, ends with it. */
const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

function kept(child: ChildProcess): ChildProcess {
  running.add(child);
  return child.once('close', () => running.delete(child));
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('close', () => resolve());
    child.kill('SIGTERM');
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A copy of the ledger in a folder of its own, which may be appended to. */
export function copyLedger(directory: string, scratch: string): string {
  const copy = mkdtempSync(join(scratch, 'ledger-'));
  copyFileSync(join(directory, 'ledger.db'), join(copy, 'ledger.db'));
  return copy;
}

/** An empty data directory. */
export function emptyLedger(scratch: string): string {
  mkdirSync(scratch, { recursive: true });
  return mkdtempSync(join(scratch, 'empty-'));
}

/** A key that may append, made as the command line makes it. */
export function makeKey(directory: string): string {
  return new Keyring({ directory, clock: Date.now, randomBytes }).add('bench', ['append']);
}

async function isAnswered(url: string): Promise<boolean> {
  const answer = await fetch(url).catch(() => null);
  await answer?.arrayBuffer();
  return answer?.status === 200;
}

/** The service itself, as `npm start` runs it, on a data directory; ready when `path` is answered. */
export async function startService(directory: string, path = '/readyz'): Promise<Server> {
  const port = await freePort();
  const began = performance.now();
  const child = kept(
    spawn(process.execPath, [`--max-old-space-size=${heapMb}`, join(here, '..', '..', 'src', 'main.js')], {
      env: { ...process.env, PORT: String(port), HOST: '127.0.0.1', DATA_DIR: directory, LOG_LEVEL: 'error' },
      stdio: ['ignore', 'inherit', 'inherit'],
    }),
  );
  while (!(await isAnswered(`http://127.0.0.1:${port}${path}`))) {
    if (child.exitCode !== null) throw new Error(`the service ended with ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return { port, startMs: performance.now() - began, stop: () => end(child) };
}

/** A server that does nothing but answer. */
export async function startRival(...args: readonly string[]): Promise<Server> {
  const child = kept(fork(join(here, 'rivals.js'), args));
  const { port } = await new Promise<{ port: number }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { port: number }));
    child.once('close', () => reject(new Error('the server to compare with ended')));
  });
  return { port, startMs: 0, stop: () => end(child) };
}

/** The client, in a process of its own. */
export class Client {
  readonly #child = kept(fork(join(here, 'load.js')));
  #busiest = 0;

  /** The largest share of a processor that the client took in any measurement. */
  get busiest(): number {
    return this.#busiest;
  }

  async measure(load: Load): Promise<Measured> {
    const measured = await new Promise<Measured>((resolve, reject) => {
      this.#child.once('message', (message) => resolve(message as Measured));
      this.#child.once('close', () => reject(new Error('the client ended')));
      this.#child.send(load);
    });
    this.#child.removeAllListeners('close');
    this.#busiest = Math.max(this.#busiest, measured.clientShare);
    return measured;
  }

  stop(): Promise<void> {
    return end(this.#child);
  }
}

/** A GET as it goes over the wire. */
export function getRequest(path: string): string {
  return `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n\r\n`;
}

/** A POST as it goes over the wire; the body in ASCII. `key`: of a writer. */
export function postRequest(path: string, body: string, key?: string): string {
  const authorization = key === undefined ? '' : `\r\nAuthorization: Bearer ${key}`;
  const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json${authorization}`;
  return `${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
