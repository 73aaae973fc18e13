/** Is the whole chronicle in order? */
import { checkEntry } from './checkEntry.ts';
import { checkProvisions } from './checkProvisions.ts';
import { readChronicle } from './readChronicle.ts';
import type { ChronicleEntry } from './readChronicle.ts';
import { readInputs } from './readInputs.ts';
import type { Problem } from './yamlText.ts';

export interface CheckedChronicle {
  readonly entries: readonly ChronicleEntry[];
  /** By file and line. */
  readonly problems: readonly Problem[];
}

function byPlace(one: Problem, other: Problem): number {
  return one.file === other.file ? one.line - other.line : one.file < other.file ? -1 : 1;
}

/**
 * Reads a chronicle and checks what no schema can: that each entry is in its place, sourced or marked unsourced,
 * attributed, dated so that nothing is told before it happened, and names only what exists; and that provisions and
 * named inputs fit together. While an entry cannot be read, only that is said: what names it would be said too.
 */
export function checkChronicle(directory: string): CheckedChronicle {
  const { entries, problems } = readChronicle(directory);
  const inputs = readInputs(directory);
  const unread = [...problems, ...inputs.problems];
  if (unread.length > 0) return { entries, problems: unread.toSorted(byPlace) };
  const subjects = new Set<string>(entries.map((entry) => entry.subject));
  const found = [
    ...entries.flatMap((entry) => checkEntry(entry, subjects)),
    ...checkProvisions(entries, inputs),
  ];
  return { entries, problems: found.toSorted(byPlace) };
}
