/** How did this address answer at an earlier time? Datetime negotiation, and the links between its states (RFC 7089). */
import type { Request, Response } from 'express';
import { spanAsPrinted } from '../../events/dates.ts';
import type { SubjectKind } from '../../events/identity.ts';
import type { Second } from '../../projections/changeMoments.ts';
import type { History } from '../service/mementos.ts';
import { genesis } from '../service/mementos.ts';
import { Moved, Refusal } from '../service/refusal.ts';
import type { Desk, OriginalResource } from './endpoint.ts';
import { httpDate, secondOfHttpDate } from './httpDate.ts';
import type { Place, Query } from './mementoAddress.ts';
import { clockNames, clocksAt, mementoAddress, originalAddress, timeMapAddress } from './mementoAddress.ts';
import { Problem } from './problems.ts';

/**
 * The addresses that are Original Resources and their own TimeGates (RFC 7089, 4.1.2: 200-style negotiation, distinct
 * Mementos), each with the kinds of subjects of which it tells one by one; null: it tells of one subject.
 */
const originals: ReadonlyMap<string, readonly SubjectKind[] | null> = new Map([
  ['/v1/state', ['instrument', 'destination', 'party', 'chip', 'deal', 'cluster', 'model']],
  ['/v1/controls', ['instrument']],
  ['/v1/instruments', ['instrument']],
  ['/v1/instruments/{id}', null],
  ['/v1/destinations/{code}', null],
  ['/v1/companies', ['party']],
  ['/v1/companies/{id}', null],
  ['/v1/companies/{id}/posture', null],
  ['/v1/chips', ['chip']],
  ['/v1/chips/{id}', null],
  ['/v1/deals', ['deal']],
  ['/v1/deals/{id}', null],
  ['/v1/clusters', ['cluster']],
  ['/v1/clusters/{id}', null],
  ['/v1/models', ['model']],
  ['/v1/models/{id}', null],
]);

/** The original resource at a path, as it is declared; undefined where it has no history. */
export function originalAt(path: string, answer: OriginalResource['answer']): OriginalResource | undefined {
  const kinds = originals.get(path);
  return kinds === undefined ? undefined : { kinds, answer };
}

/** The problems that datetime negotiation adds. */
export function mementoProblems(original: OriginalResource | undefined): readonly 'ambiguous-time'[] {
  return original === undefined ? [] : ['ambiguous-time'];
}

function link(address: string, rel: string, second?: Second): string {
  const datetime = second === undefined ? '' : `; datetime="${httpDate(second)}"`;
  return `<${address}>; rel="${rel}"${datetime}`;
}

function fixedLinks(place: Place): string[] {
  return [
    link(originalAddress(place), 'original timegate'),
    `${link(timeMapAddress(place, 'link'), 'timemap')}; type="application/link-format"`,
  ];
}

function invalidDatetime(message: string): Problem {
  return new Problem('invalid-parameter', `Accept-Datetime ${message}`, {
    faults: [{ parameter: 'Accept-Datetime', message }],
  });
}

/** The second that a request asks for. */
function secondAsked(header: string): Second {
  const second = secondOfHttpDate(header);
  if (second === null) {
    throw invalidDatetime(
      `is "${header}"; must be a date that exists in the form of RFC 1123, in GMT, such as "Thu, 01 Sep 2022 00:00:00 GMT"`,
    );
  }
  if (second < genesis)
    throw invalidDatetime(`is before ${httpDate(genesis)}, where the record begins; give a later one`);
  return second;
}

function refuseAmbiguous(query: Query): void {
  const given = [...clockNames, 'cursor'].filter((name) => query[name] !== undefined);
  if (given.length === 0) return;
  const message = 'sets a time, and so does Accept-Datetime; send one of them';
  throw new Problem('ambiguous-time', `${given.join(', ')} ${message}.`, {
    faults: given.map((parameter) => ({ parameter, message })),
  });
}

/** The second of a memento's own address: both clocks at the same whole second, and a position; else null. */
function secondPinned({ asOf, publishedBy, recordedBy }: Query): Second | null {
  if (typeof asOf !== 'string' || typeof publishedBy !== 'string') return null;
  if (typeof recordedBy !== 'string' || !/^\d+$/.test(recordedBy)) return null;
  const [valid, known] = [spanAsPrinted(asOf).instantMs, spanAsPrinted(publishedBy).instantMs];
  return valid === null || valid !== known || valid % 1000 !== 0 || valid / 1000 < genesis
    ? null
    : valid / 1000;
}

/** What the states around a second are. `next` and `previous`: null where there is none. */
interface Neighbours {
  readonly begins: Second;
  readonly previous: Second | null;
  readonly next: Second | null;
  readonly last: Second;
}

async function neighboursOf(history: History, second: Second, now: Second): Promise<Neighbours> {
  const begins = await history.begins(second);
  return {
    begins,
    previous: begins === genesis ? null : await history.begins(begins - 1),
    next: await history.ends(second, now),
    last: await history.begins(now),
  };
}

function mementoLinks(place: Place, { begins, previous, next, last }: Neighbours): string[] {
  const to = (rel: string, second: Second | null) =>
    second === null ? [] : [link(mementoAddress(place, second), rel, second)];
  return [
    ...to('memento', begins),
    ...to('first memento', genesis),
    ...to('prev memento', previous),
    ...to('next memento', next),
    ...to('last memento', last),
  ];
}

/** A request to an original resource. */
interface Asked {
  readonly request: Request;
  readonly response: Response;
  readonly desk: Desk;
  readonly original: OriginalResource | undefined;
  readonly params: object;
  readonly query: Query;
}
/** What a history is made of. */
type Source = Pick<Asked, 'desk' | 'params' | 'query'> & { readonly original: OriginalResource };

/** The query that is to be answered, with the clocks that were negotiated. */
export interface Negotiated {
  readonly query: Query;
  /** Whether a header chose the clocks, so that the address alone does not tell the answer. */
  readonly isNegotiated: boolean;
}

/** The history of the resource at a place. */
export function historyAt(place: Place, { original, params, query, desk }: Source): History {
  const { kinds } = original;
  const answer = original.answer(params, query, desk);
  return desk.tidemark.mementos.history(originalAddress(place), place.position, { kinds, answer });
}

/**
 * Reads the datetime that a request asks for and says in the headers where its answer stands among the states of the
 * resource. Throws the Problems `ambiguous-time` and, for a datetime that is none, `invalid-parameter`.
 */
export async function negotiate({ original, ...rest }: Asked): Promise<Negotiated> {
  const { request, response, desk, query } = rest;
  if (original === undefined) return { query, isNegotiated: false };
  const asked = { ...rest, original };
  response.vary('Accept-Datetime');
  const header = request.get('accept-datetime');
  if (header !== undefined) return await negotiateDatetime(asked, header);
  if (query['cursor'] !== undefined) return { query, isNegotiated: false };
  const second = secondPinned(query);
  const { position } = desk.tidemark.ask.standpoint(query).clocks;
  const place = { path: request.path, query, position };
  if (second !== null) {
    const begins = await historyAt(place, asked).begins(second);
    response.set('Memento-Datetime', httpDate(begins));
  }
  // No neighbours: those of the head change with the log, and this answer stands for ever. The TimeMap has them.
  response.set('Link', fixedLinks(place).join(', '));
  return { query, isNegotiated: false };
}

async function negotiateDatetime(asked: Asked & Source, header: string): Promise<Negotiated> {
  const { request, response, desk, query } = asked;
  refuseAmbiguous(query);
  const { mementos, ask } = desk.tidemark;
  const { now } = mementos;
  const second = Math.min(secondAsked(header), now);
  const place = { path: request.path, query, position: ask.head };
  const neighbours = await neighboursOf(historyAt(place, asked), second, now);
  response.set('Memento-Datetime', httpDate(neighbours.begins));
  response.set('Content-Location', mementoAddress(place, neighbours.begins));
  response.set('Link', [...fixedLinks(place), ...mementoLinks(place, neighbours)].join(', '));
  // In the order in which an address is read: the next cursor is the same as that of the pinned answer.
  return { query: { ...clocksAt(neighbours.begins, place.position), ...query }, isNegotiated: true };
}

/** Takes back what the headers say where the answer is no state of the resource: it never was, or is another one now. */
export function withoutMemento<T>(response: Response, answer: () => T): T {
  try {
    return answer();
  } catch (error) {
    if (error instanceof Moved || (error instanceof Refusal && error.name === 'unknown-subject')) {
      for (const name of ['Memento-Datetime', 'Content-Location', 'Link']) response.removeHeader(name);
    }
    throw error;
  }
}
