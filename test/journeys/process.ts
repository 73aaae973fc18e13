/** A real process of the service for a journey: started like a user would, on a port and a folder of its own. */
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One run of the service, as it was compiled before the suite. */
export class Run {
  readonly #child: ChildProcess;
  #stdout = '';
  #stderr = '';

  constructor(environment: Readonly<Record<string, string>>) {
    const { NODE_OPTIONS: _ours, ...inherited } = process.env;
    this.#child = spawn(process.execPath, [join(root, 'dist', 'src', 'main.js')], {
      cwd: root,
      env: { ...inherited, LOG_LEVEL: 'info', ...environment },
    });
    this.#child.stdout?.on('data', (bytes) => (this.#stdout += String(bytes)));
    this.#child.stderr?.on('data', (bytes) => (this.#stderr += String(bytes)));
  }

  /** Resolves with the address once the service says in its log that it is ready; rejects where it ends before. */
  ready(): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const line = this.#stdout.split('\n').find((one) => one.includes('"msg":"ready"'));
        if (line !== undefined) resolve((JSON.parse(line) as { url: string }).url);
      };
      this.#child.stdout?.on('data', look);
      this.#child.once('close', () => reject(new Error(`ended before it was ready: ${this.#stderr}`)));
    });
  }

  /** Sends a signal. */
  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async ended(): Promise<Ended> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'close');
    return { code: this.#child.exitCode, stdout: this.#stdout, stderr: this.#stderr };
  }

  /** Ends it, however it stands. */
  async end(): Promise<void> {
    this.signal('SIGKILL');
    await this.ended();
  }
}

/** Runs the command line to its end; what goes wrong is in its code. */
export async function runCommand(...args: readonly string[]): Promise<Ended> {
  const { NODE_OPTIONS: _ours, ...environment } = process.env;
  const program = [join(root, 'scripts', 'tidemark.mjs'), ...args];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, program, { cwd: root, env: environment }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

/** The service. */
export function startService(environment: Readonly<Record<string, string>>): Run {
  return new Run(environment);
}

export interface Place {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  remove(): void;
}

/** A folder for the data, and a free port. */
export function newPlace(): Place {
  const directory = mkdtempSync(join(tmpdir(), 'tidemark-journey-'));
  return {
    directory,
    environment: { DATA_DIR: join(directory, 'data'), PORT: '0', HOST: '127.0.0.1' },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
