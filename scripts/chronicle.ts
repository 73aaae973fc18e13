/** Is the chronicle in order, and if not, what is to be mended where? `npm run chronicle [-- --accept-counts] [folder]` */
import { relative, resolve } from 'node:path';
import type { CheckedChronicle } from '../src/service/chronicle/checkChronicle.ts';
import { checkChronicle } from '../src/service/chronicle/checkChronicle.ts';
import type { Counts } from '../src/service/chronicle/counts.ts';
import { count, countsFile, readCounts, shrunk, writeCounts } from '../src/service/chronicle/counts.ts';
import type { Problem } from '../src/service/chronicle/yamlText.ts';

const accept = process.argv.includes('--accept-counts');
const folder = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
const directory = resolve(folder ?? new URL('../events/chronicle', import.meta.url).pathname);

function print(problem: Problem): void {
  const file = relative(process.cwd(), resolve(directory, problem.file));
  console.log(`${file}:${problem.line}  ${problem.path === '' ? '' : `${problem.path}: `}${problem.message}`);
}

function printSummary({ entries }: CheckedChronicle, counts: Counts): void {
  const rows = Object.entries(counts).map(([name, numbers]) => ({ folder: name, ...numbers }));
  const total = rows.reduce((sum, row) => ({
    folder: 'all',
    subjects: sum.subjects + row.subjects,
    events: sum.events + row.events,
    sources: sum.sources + row.sources,
    doubts: sum.doubts + row.doubts,
    notes: sum.notes + row.notes,
    provisions: sum.provisions + row.provisions,
  }));
  const cells = [...rows, total].map((row) => Object.values(row));
  for (const row of [Object.keys(total), ...cells]) {
    console.log(
      row.map((cell, at) => (at === 0 ? String(cell).padEnd(13) : String(cell).padStart(11))).join(''),
    );
  }
  const unsourced = entries.filter(({ draft }) => draft.sources.length === 0).length;
  console.log(`\n${unsourced} events have no source and are marked so.`);
}

/** Growth is taken over at once, so that it cannot shrink back unseen; a loss only by --accept-counts. */
function keepCounts(counts: Counts): readonly Problem[] {
  const accepted = readCounts(directory);
  const lost = accept ? [] : shrunk(accepted, counts);
  if (lost.length > 0 || JSON.stringify(accepted) === JSON.stringify(counts)) return lost;
  writeCounts(directory, counts);
  console.log(`${countsFile} now holds the new counts; commit it together with your entries.\n`);
  return [];
}

const checked = checkChronicle(directory);
const counts = count(checked.entries);
const problems = checked.problems.length > 0 ? checked.problems : keepCounts(counts);
problems.forEach(print);
if (problems.length > 0) {
  console.log(`\n${problems.length} to mend.`);
  process.exitCode = 1;
} else {
  printSummary(checked, counts);
}
