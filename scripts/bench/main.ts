/** How fast is it, and compared with what? `npm run bench [-- --sizes 10000,100000 --only replay,append --rounds 5 --write]` */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Figure } from './part.ts';
import { parts } from './parts.ts';
import { tableOf } from './table.ts';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,100000,1000000' },
    only: { type: 'string', default: Object.keys(parts).join(',') },
    rounds: { type: 'string', default: '5' },
    write: { type: 'boolean', default: false },
  },
});
const heapMb = 12_000;
const document = join(process.cwd(), 'docs', 'performance.md');
const [begin, end] = ['<!-- figures: written by npm run bench -- --write -->', '<!-- end of figures -->'];

function numbersIn(text: string): number[] {
  const numbers = text.split(',').map(Number);
  if (numbers.every((number) => Number.isSafeInteger(number) && number > 0)) return numbers;
  throw new RangeError(`${text} is no list of whole numbers from 1: use for example 10000,100000`);
}

function namesIn(text: string): string[] {
  const names = text.split(',');
  const unknown = names.find((name) => !(name in parts));
  if (unknown === undefined) return names;
  throw new RangeError(`${unknown} is no part of the bench: use one of ${Object.keys(parts).join(', ')}`);
}

/** In a process of its own, so that no part meets the memory or the compiled code of another; gives what it printed. */
async function runAlone(args: readonly string[]): Promise<string> {
  const program = join(import.meta.dirname, 'runPart.js');
  const flags = ['--expose-gc', `--max-old-space-size=${heapMb}`];
  const child = spawn(process.execPath, [...flags, program, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`${args.slice(0, 2).join(' at ')} ended with ${String(code)}`);
  return printed;
}

async function measure(part: string, size: number, directory: string, folder: string): Promise<Figure[]> {
  const scratch = mkdtempSync(join(folder, 'scratch-'));
  const printed = await runAlone([part, String(size), directory, scratch, values.rounds]);
  rmSync(scratch, { recursive: true, force: true });
  const figures = JSON.parse(printed) as Figure[];
  for (const { what, ratio, reach, ours, theirs } of figures) {
    console.error(
      `${size.toLocaleString('en').padStart(9)}  ${what}: ${ratio} (${ours} beside ${theirs}; to reach ${reach})`,
    );
  }
  return figures;
}

function writeInto(table: string): void {
  const text = readFileSync(document, 'utf8');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${document} was expected to hold ${begin} and ${end}`);
  writeFileSync(document, `${text.slice(0, from + begin.length)}\n\n${table}\n\n${text.slice(to)}`);
}

const [sizes, names] = [numbersIn(values.sizes), namesIn(values.only)];
const [rounds = 1] = numbersIn(values.rounds);
const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'));
const figures: Figure[] = [];
try {
  for (const size of sizes) {
    const directory = join(folder, String(size));
    mkdirSync(directory);
    await runAlone(['write', String(size), directory]);
    for (const name of names) figures.push(...(await measure(name, size, directory, folder)));
    rmSync(directory, { recursive: true, force: true });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const table = tableOf(figures, { date: new Date().toISOString().slice(0, 10), rounds });
console.log(table);
if (values.write) writeInto(table);
