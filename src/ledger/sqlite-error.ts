// What does an error of SQLite mean for the ledger?
//
// Primary result codes: https://www.sqlite.org/rescode.html

import { corrupt, LedgerError, unavailable } from './failures.ts';

const BUSY = 5;
const CORRUPT = 11;
const FULL = 13;
const NOT_A_DATABASE = 26;

/** Another connection holds a lock that this one needs. */
export function isBusy(error: unknown): boolean {
  return resultCode(error) === BUSY;
}

/** No room on the disk: as soon as there is some, writing can go on. */
export function isDiskFull(error: unknown): boolean {
  return resultCode(error) === FULL;
}

/** `corrupt` if SQLite says the file is damaged, else `unavailable`. @param what what failed and what to do. */
export function storeFailure(what: string, error: unknown): LedgerError {
  if (error instanceof LedgerError) return error;
  const code = resultCode(error);
  if (code === CORRUPT || code === NOT_A_DATABASE) return corrupt('SQLite cannot read the database', error);
  return unavailable(what, error);
}

/**
 * The primary code is in the low eight bits; the rest refines it. Not asked by `instanceof`: the library is native, and
 * its errors are of the first realm, whichever realm this code runs in.
 */
function resultCode(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}
