/** How is a question declared? Its clocks, its answer, and the problems that every question can meet. */
import { z } from 'zod';
import type { Ask, ListAnswer } from '../service/ask.ts';
import type { At, ClockTexts, Standpoint } from '../service/standpoint.ts';
import { AtAnswer } from './answers/at.ts';
import type { Cursor } from './cursor.ts';
import { readCursor, writeCursor } from './cursor.ts';
import type { Desk, Endpoint, Tag } from './endpoint.ts';
import { endpoint } from './endpoint.ts';
import { mementoProblems, negotiate, originalAt, withoutMemento } from './memento.ts';
import { clockParameters, pageLimit, pageParameters, read } from './parameters.ts';
import type { ProblemName } from './problems.ts';
import { csv, formats, ndjson } from './representation.ts';
import { preferredFormat, send } from './send.ts';
import type { Request, Response } from 'express';

type Shape = z.ZodRawShape;
type Read<S extends Shape> = z.infer<z.ZodObject<S>>;

/** A question with one answer. */
interface Question<P extends Shape, Q extends Shape> {
  readonly path: string;
  readonly tag?: Tag;
  readonly says: string;
  readonly params: P;
  /** Besides the clocks. */
  readonly query: Q;
  /** Of the answer, beside `at`. */
  readonly answer: z.ZodRawShape;
  readonly problems?: readonly ProblemName[];
  ask(ask: Ask, standpoint: Standpoint, input: Read<P> & Read<Q>, desk: Desk): object;
}

/** Declares `GET path`, answered in JSON at the three clocks. */
export function question<P extends Shape, Q extends Shape>(declared: Question<P, Q>): Endpoint {
  const { path, tag = 'ask', says, problems = [] } = declared;
  const original = originalAt(
    path,
    (params, query, desk) => (ask, standpoint) =>
      declared.ask(ask, standpoint, { ...params, ...query } as Read<P> & Read<Q>, desk),
  );
  return endpoint({
    method: 'get',
    path,
    tag,
    says,
    original,
    params: z.strictObject(declared.params),
    query: z.strictObject({ ...clockParameters, ...declared.query }),
    answers: [
      {
        status: 200,
        description: says,
        content: { [formats.json]: z.strictObject({ at: AtAnswer, ...declared.answer }) },
      },
    ],
    problems: ['clock-ahead', ...mementoProblems(original), ...problems],
    handle: async (call) => {
      const { params, request, response, desk } = call;
      preferredFormat(request, ['json']);
      const { query, isNegotiated } = await negotiate({ original, ...call });
      const { ask } = desk.tidemark;
      const standpoint = ask.standpoint(query);
      const input = { ...params, ...query } as Read<P> & Read<Q>;
      const answer = withoutMemento(response, () => declared.ask(ask, standpoint, input, desk));
      const isFixed = standpoint.isAsOfGiven && !isNegotiated;
      const standing = { isFinal: isFixed && standpoint.isPinned, isFixed, head: ask.head };
      await send(request, response, JSON.stringify(answer), 'json', standing, desk.memory);
    },
  });
}

/** Which part of a list is wanted. */
export interface Slice {
  /** Where it begins: what the slice before gave as `next`; 0 at first. */
  readonly offset: number;
  readonly limit: number;
}
const wholeList: Slice = { offset: 0, limit: Number.MAX_SAFE_INTEGER };
/**
 * A part of a list. `next`: where the next one begins; null: there is no more. `beside`: what the answer in JSON says
 * beside the list.
 */
export interface Page {
  readonly at: At;
  readonly items: readonly object[];
  readonly next: number | null;
  readonly beside?: object;
}

interface List<P extends Shape, Q extends Shape> {
  readonly path: string;
  readonly tag?: Tag;
  readonly says: string;
  readonly params: P;
  /** Besides the clocks and the page. */
  readonly query: Q;
  readonly item: z.ZodType;
  /** Of the answer in JSON, beside the list; absent: nothing. */
  readonly beside?: z.ZodRawShape;
  /** The columns of its CSV; absent: the fields of `item`. */
  readonly columns?: readonly string[];
  readonly problems?: readonly ProblemName[];
  ask(ask: Ask, standpoint: Standpoint, input: Read<P> & Read<Q>, slice: Slice, desk: Desk): Page;
}

/** The part of a whole list that a slice wants. */
export function pageOf(answer: ListAnswer<object>, { offset, limit }: Slice): Page {
  const end = offset + limit;
  return {
    at: answer.at,
    items: answer.items.slice(offset, end),
    next: end < answer.items.length ? end : null,
  };
}

function columnsOf(item: z.ZodType): readonly string[] {
  return item instanceof z.ZodObject ? Object.keys(item.shape) : [];
}

function listContent(item: z.ZodType, beside: z.ZodRawShape): Record<string, z.ZodType | null> {
  const whole = z.strictObject({
    at: AtAnswer,
    ...beside,
    items: z.array(item),
    next: z
      .string()
      .nullable()
      .meta({ description: 'The `cursor` of the next page; null: there is no more.' }),
  });
  return { [formats.json]: whole, [formats.ndjson]: null, [formats.csv]: null };
}

/** One request for a page: its question, from the URL or from the cursor in it. */
interface PageRequest {
  readonly query: Readonly<Record<string, unknown>>;
  readonly standpoint: Standpoint;
  readonly slice: Slice;
  /** What the next cursor holds, but for the place. */
  readonly asked: Omit<Cursor, 'offset'>;
}

function texts(query: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(query).filter(([name]) => name !== 'cursor' && name !== 'limit');
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

function pageRequest(
  schema: z.ZodObject,
  request: Request,
  query: Readonly<Record<string, unknown>>,
  desk: Desk,
): PageRequest {
  const { ask } = desk.tidemark;
  const limit = typeof query['limit'] === 'number' ? query['limit'] : pageLimit;
  if (typeof query['cursor'] !== 'string') {
    const standpoint = ask.standpoint(query);
    const { asOf, isAsOfGiven, clocks } = standpoint;
    const asked = {
      path: request.path,
      query: { ...texts(query), asOf },
      isAsOfGiven,
      position: clocks.position,
    };
    return { query, standpoint, slice: { offset: 0, limit }, asked };
  }
  const { offset, ...asked } = readCursor(query['cursor'], request.path, request.query);
  const whole = read(schema, asked.query);
  const pinned = ask.standpoint({ ...(whole as ClockTexts), recordedBy: String(asked.position) });
  return {
    query: whole,
    standpoint: { ...pinned, isAsOfGiven: asked.isAsOfGiven },
    slice: { offset, limit },
    asked,
  };
}

function nextLink(request: Request, cursor: string, limit: unknown): string {
  const size = typeof limit === 'number' ? `&limit=${limit}` : '';
  return `<${request.path}?cursor=${cursor}${size}>; rel="next"`;
}

/** Declares `GET path`, a list in pages, in JSON, NDJSON or CSV. */
export function list<P extends Shape, Q extends Shape>(declared: List<P, Q>): Endpoint {
  const { path, tag = 'ask', says, problems = [] } = declared;
  const original = originalAt(
    path,
    (params, query, desk) => (ask, standpoint) =>
      declared.ask(ask, standpoint, { ...params, ...query } as Read<P> & Read<Q>, wholeList, desk),
  );
  const schema = z.strictObject({ ...clockParameters, ...declared.query, ...pageParameters });
  const sendPage = async (
    request: Request,
    response: Response,
    desk: Desk,
    page: Page,
    from: PageRequest,
    { limit, isNegotiated }: { readonly limit: unknown; readonly isNegotiated: boolean },
  ) => {
    const format = preferredFormat(request, ['json', 'ndjson', 'csv']);
    const cursor = page.next === null ? null : writeCursor({ ...from.asked, offset: page.next });
    if (cursor !== null) response.append('Link', nextLink(request, cursor, limit));
    response.set('Tidemark-Position', String(page.at.position));
    const isFromCursor = from.standpoint.isPinned && typeof request.query['cursor'] === 'string';
    const isFixed = (from.standpoint.isAsOfGiven && !isNegotiated) || isFromCursor;
    const standing = { isFinal: from.standpoint.isPinned && isFixed, isFixed, head: desk.tidemark.position };
    const body = {
      json: () => JSON.stringify({ at: page.at, ...page.beside, items: page.items, next: cursor }),
      ndjson: () => ndjson(page.items),
      csv: () => csv(page.items, declared.columns ?? columnsOf(declared.item)),
    }[format]();
    await send(request, response, body, format, standing, desk.memory);
  };
  return endpoint({
    method: 'get',
    path,
    tag,
    says,
    original,
    params: z.strictObject(declared.params),
    query: schema,
    answers: [{ status: 200, description: says, content: listContent(declared.item, declared.beside ?? {}) }],
    problems: ['clock-ahead', 'invalid-cursor', ...mementoProblems(original), ...problems],
    handle: async (call) => {
      const { params, request, response, desk } = call;
      const { query, isNegotiated } = await negotiate({ original, ...call });
      const from = pageRequest(schema, request, query, desk);
      const input = { ...params, ...from.query } as Read<P> & Read<Q>;
      const page = declared.ask(desk.tidemark.ask, from.standpoint, input, from.slice, desk);
      await sendPage(request, response, desk, page, from, { limit: query['limit'], isNegotiated });
    },
  });
}
