// What had this node seen of the shared ledger before it was started anew?

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { corrupt, unavailable } from './failures.ts';
import type { Remembered } from './kurrent-ledger.ts';

/** @throws {LedgerError} `corrupt` for a file that says something else; `unavailable` if it cannot be read. */
export function readMemory(file: string): Remembered | null {
  const text = textOf(file);
  if (text === null) return null;
  const [, size, leafHash] = /^\{"size":(\d{1,15}),"leafHash":"([0-9a-f]{64})"\}\n$/.exec(text) ?? [];
  if (size === undefined || leafHash === undefined) {
    throw corrupt(
      `${file} was expected to hold a size and a leafHash; remove it to trust the store as it is now`,
    );
  }
  return { size: Number(size), leafHash };
}

/** Whole or not at all. Its loss is no harm: it only makes a node more forgetful. */
export function writeMemory(file: string, { size, leafHash }: Remembered): void {
  try {
    writeFileSync(`${file}.new`, `${JSON.stringify({ size, leafHash })}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch (cause) {
    throw unavailable(
      `Could not write ${file}. Check that its folder is there and can be written to.`,
      cause,
    );
  }
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    // By shape: the error may come from another realm.
    if (typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'ENOENT')
      return null;
    throw unavailable(`Could not read ${file}. Check that it can be read.`, cause);
  }
}
