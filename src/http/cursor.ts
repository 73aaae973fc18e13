/** Where does the next page begin? A cursor holds the question, the log position it is pinned to, and the place. */
import { z } from 'zod';
import { Problem } from './problems.ts';

const Cursor = z.strictObject({
  /** The path of the list. */
  path: z.string(),
  /** The parameters of the question, `asOf` filled in. */
  query: z.record(z.string(), z.string()),
  /** Whether the caller had given `asOf`. */
  isAsOfGiven: z.boolean(),
  position: z.int().nonnegative(),
  /** Where the next page begins: a count of items, or a position of the log. */
  offset: z.int().nonnegative(),
});
export type Cursor = z.infer<typeof Cursor>;

export function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

function parse(text: string): Cursor | null {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    return null;
  }
}

/** The log position to which a cursor is pinned; 0 for a text that is none. */
export function positionOfCursor(text: string): number {
  return parse(text)?.position ?? 0;
}

/** Parameters that may differ from page to page. */
const free = new Set(['cursor', 'limit']);

/**
 * Reads a cursor. Beside it a request needs no other parameter; those that it repeats must be those of the first page.
 * Throws a Problem `invalid-cursor`.
 */
export function readCursor(text: string, path: string, given: Readonly<Record<string, unknown>>): Cursor {
  const cursor = parse(text);
  if (cursor === null)
    throw new Problem('invalid-cursor', 'The cursor cannot be read; send the `next` of a page as it came.');
  if (cursor.path !== path) {
    throw new Problem(
      'invalid-cursor',
      `The cursor is of ${cursor.path}, not of ${path}; begin this list without one.`,
    );
  }
  const differs = Object.keys(given).filter((name) => !free.has(name) && given[name] !== cursor.query[name]);
  if (differs.length === 0) return cursor;
  const faults = differs.map((parameter) => ({ parameter, message: 'is not as it was on the first page' }));
  throw new Problem(
    'invalid-cursor',
    `The cursor belongs to another question: ${differs.join(', ')} differ; leave them out, or begin without a cursor.`,
    { faults },
  );
}
