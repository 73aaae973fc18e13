/** How does an answer go out? With its ETag, compressed where that is wanted, and kept for whoever asks it next. */
import type { Request, Response } from 'express';
import type { AnswerMemory } from './answerMemory.ts';
import type { Encoding, Format } from './representation.ts';
import { contentType, encode, etag, matchingEtag, tagOf } from './representation.ts';
import { Problem } from './problems.ts';

/** How long an answer stands. */
export interface Standing {
  /** It names its log position and its `asOf`: it is the same for ever. */
  readonly isFinal: boolean;
  /** It is the same until the log grows: its `asOf` is given. */
  readonly isFixed: boolean;
  /** The head of the log when it was given. */
  readonly head: number;
}

/** `Cache-Control` of an answer: for ever, or to be asked again each time. */
export function cacheControl(isFinal: boolean): string {
  return isFinal ? 'public, max-age=31536000, immutable' : 'no-cache';
}

/** The format that the client prefers among those there are. Throws a Problem `not-acceptable`. */
export function preferredFormat<F extends Format>(request: Request, offered: readonly F[]): F {
  const accepted = request.accepts(offered.map((format) => contentType(format).split(';')[0] ?? ''));
  const format = offered.find((one) => contentType(one).startsWith(accepted === false ? '-' : accepted));
  if (format !== undefined) return format;
  const types = offered.map((one) => contentType(one).split(';')[0]).join(', ');
  throw new Problem(
    'not-acceptable',
    `Accept is ${request.get('accept') ?? ''}; this address answers as ${types}.`,
  );
}

export function preferredEncoding(request: Request): Encoding {
  return request.acceptsEncodings(['gzip', 'identity']) === 'gzip' ? 'gzip' : 'identity';
}

/** Headers that the memory does not keep: they are of one answer, or the server writes them itself. */
const ofOneAnswer = new Set(['x-request-id', 'connection', 'keep-alive', 'date']);
const ofNotModified = new Set([
  'cache-control',
  'content-location',
  'etag',
  'vary',
  'link',
  'memento-datetime',
]);

function headerList(response: Response, isKept: (name: string) => boolean): string[] {
  return Object.entries(response.getHeaders()).flatMap(([name, value]) =>
    value === undefined || !isKept(name) ? [] : [name, String(value)],
  );
}

/** Sends a body. A client that names its ETag gets 304 and no body. */
export async function send(
  request: Request,
  response: Response,
  text: string,
  format: Format,
  standing: Standing,
  memory: AnswerMemory,
): Promise<void> {
  const body = Buffer.from(text);
  const tag = tagOf(body);
  const accepted = preferredEncoding(request);
  const { bytes, encoding } = await encode(body, accepted);
  response.set('Cache-Control', cacheControl(standing.isFinal));
  response.vary('Accept');
  response.vary('Accept-Encoding');
  response.set('ETag', etag(tag, encoding));
  const match = matchingEtag(request.get('if-none-match') ?? '', tag, encoding);
  const validators = headerList(response, (name) => ofNotModified.has(name));
  // Not `set`, which would add a charset to JSON: it has none (RFC 8259).
  response.setHeader('Content-Type', contentType(format));
  response.set('Content-Length', String(bytes.length));
  if (encoding === 'gzip') response.set('Content-Encoding', 'gzip');
  if (standing.isFixed && format === 'json' && request.method === 'GET') {
    const headers = headerList(response, (name) => !ofOneAnswer.has(name));
    const head = standing.isFinal ? null : standing.head;
    memory.keep(request.originalUrl, accepted, {
      head,
      headers,
      validators,
      tag,
      encoding,
      body: bytes.toString('latin1'),
    });
  }
  if (match === null) {
    response.status(200).end(request.method === 'HEAD' ? undefined : bytes);
    return;
  }
  for (const name of ['Content-Type', 'Content-Length', 'Content-Encoding']) response.removeHeader(name);
  response.set('ETag', match);
  response.status(304).end();
}
