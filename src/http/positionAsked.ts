/** Which log position does a request name, and is it known here? If not, it is waited for. */
import type { ServerResponse } from 'node:http';
import type { Tidemark } from '../service/tidemark.ts';
import { positionOfCursor } from './cursor.ts';

/** The parameters that pin an answer to the log. */
const names = ['recordedBy', 'from.recordedBy', 'to.recordedBy'];

/** The position that a clock on the axis of the log names; 0: none, or a time. */
export function positionOf(recordedBy: unknown): number {
  return /^\d+$/.test(String(recordedBy)) ? Number(recordedBy) : 0;
}

/** The last position that a query names, by itself or in its cursor; 0: none. */
export function positionIn(query: Readonly<Record<string, unknown>>): number {
  const { cursor } = query;
  const ofCursor = typeof cursor === 'string' ? positionOfCursor(cursor) : 0;
  return Math.max(ofCursor, ...names.map((name) => positionOf(query[name])));
}

/**
 * Waits until the position is known here, if another node recorded it (`Tidemark.untilKnown`), and no longer than the
 * client does. undefined: there is nothing to wait for.
 */
export function waitFor(
  position: number,
  response: ServerResponse,
  tidemark: Pick<Tidemark, 'position' | 'untilKnown'>,
): Promise<void> | undefined {
  if (position <= tidemark.position) return undefined;
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return tidemark.untilKnown(position, gone.signal);
}
