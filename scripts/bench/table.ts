/** How are the figures told? A Markdown table, the exponents between sizes, and the machine they were measured on. */
import { cpus, totalmem } from 'node:os';
import type { Figure } from './part.ts';

const count = (number: number) => number.toLocaleString('en');

function rowOf(figure: Figure): string {
  const { what, against, size, reach, ratio, holds, ours, theirs } = figure;
  return `| ${what} | ${against} | ${count(size)} | ${ours} | ${theirs} | ${holds ? ratio : `**${ratio}**`} | ${reach} |`;
}

function groupsOf(figures: readonly Figure[]): Figure[][] {
  const groups = new Map<string, Figure[]>();
  for (const figure of figures) groups.set(figure.what, [...(groups.get(figure.what) ?? []), figure]);
  return [...groups.values()].map((group) => group.toSorted((a, b) => a.size - b.size));
}

/** The exponent e with which cost grows as size^e, between two figures of the same work. */
export function exponentBetween(small: Figure, large: Figure): number | null {
  if (small.growing === null || large.growing === null || small.size === large.size) return null;
  return Math.log(large.growing / small.growing) / Math.log(large.size / small.size);
}

function growthRows(figures: readonly Figure[]): string[] {
  return groupsOf(figures).flatMap((group) =>
    group.slice(1).flatMap((large, at) => {
      const small = group[at];
      const exponent = small === undefined ? null : exponentBetween(small, large);
      if (small === undefined || exponent === null) return [];
      return [`| ${large.what} | ${count(small.size)} → ${count(large.size)} | ${exponent.toFixed(2)} |`];
    }),
  );
}

function noteLines(figures: readonly Figure[]): string[] {
  return figures
    .filter(({ note }) => note !== '')
    .map(({ what, size, note }) => `- ${what}, ${count(size)} events: ${note}.`);
}

function machineLine(date: string, rounds: number): string {
  const processors = cpus();
  const model = processors[0]?.model.trim() ?? 'unknown';
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return `Measured on ${date} with Node ${process.versions.node} on ${processors.length} × ${model}, ${memory}; ${rounds} rounds.`;
}

function block(head: readonly string[], rows: readonly string[]): string[] {
  return rows.length === 0 ? [] : ['', ...head, ...rows];
}

/** The whole, as it goes into docs/performance.md. What falls short is bold. */
export function tableOf(
  figures: readonly Figure[],
  measured: { readonly date: string; readonly rounds: number },
): string {
  const ordered = groupsOf(figures).flat();
  const head = [
    '| what | against | events | ours | theirs | ratio | to reach |',
    '| --- | --- | --: | --: | --: | --: | --: |',
  ];
  const growthHead = ['| cost of | events | exponent |', '| --- | --- | --: |'];
  return [
    machineLine(measured.date, measured.rounds),
    ...block(head, ordered.map(rowOf)),
    ...block(growthHead, growthRows(ordered)),
    ...block([], noteLines(ordered)),
  ].join('\n');
}
