/** Under which addresses do a resource, its TimeMap and each of its states answer? */
import { instantText } from '../../events/dates.ts';
import type { Second } from '../../projections/changeMoments.ts';

export const clockNames = ['asOf', 'publishedBy', 'recordedBy'] as const;
/** What is not of the resource, but of one answer; `limit` is of the resource: it is the head of a list, so long. */
const ofOneAnswer: ReadonlySet<string> = new Set([...clockNames, 'cursor']);

/** Parameters that were read. */
export type Query = Readonly<Record<string, unknown>>;

function queryText(query: Query, added: Query = {}): string {
  const kept = Object.entries(query).filter(([name, value]) => !ofOneAnswer.has(name) && value !== undefined);
  const parts = [...kept, ...Object.entries(added)].map(
    ([name, value]) =>
      `${encodeURIComponent(name)}=${encodeURIComponent(String(value)).replaceAll('%3A', ':')}`,
  );
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/** An original resource by its path and its parameters but for clocks and cursor, at a log position. */
export interface Place {
  readonly path: string;
  readonly query: Query;
  readonly position: number;
}

/** URI-R, which is URI-G too. */
export function originalAddress({ path, query }: Place): string {
  return path + queryText(query);
}

/** URI-T. */
export function timeMapAddress(place: Place, format: 'link' | 'json'): string {
  return `/v1/timemap/${format}?of=${encodeURIComponent(originalAddress(place)).replaceAll('%2F', '/')}`;
}

/** The clocks of a memento: both at its second, the log at the position. */
export function clocksAt(second: Second, position: number) {
  const instant = instantText(second * 1000).replace('.000Z', 'Z');
  return { asOf: instant, publishedBy: instant, recordedBy: String(position) };
}

/** URI-M. */
export function mementoAddress({ path, query, position }: Place, second: Second): string {
  return path + queryText(query, clocksAt(second, position));
}
