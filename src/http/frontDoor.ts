/** Was it asked before? Then it is answered here, ahead of Express, from memory. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Desk } from './endpoint.ts';
import type { RequestIds } from './requestIds.ts';
import type { RememberedAnswer } from './answerMemory.ts';
import type { Encoding } from './representation.ts';
import { etag, matchingEtag } from './representation.ts';

/** Accept headers whose preference is JSON without thinking. Others are left to Express. */
const acceptsJson = new Set<string | undefined>([
  undefined,
  '*/*',
  'application/json',
  'application/json, */*',
]);

/** Accept-Encoding headers that are understood without parsing weights; null: left to Express. */
function encodingOf(header: string | undefined): Encoding | null {
  if (header === undefined || header === '' || header === 'identity') return 'identity';
  if (header.includes(';')) return null;
  return header.includes('gzip') ? 'gzip' : 'identity';
}

const ours = [
  'accept',
  'accept-encoding',
  'if-none-match',
  'x-request-id',
  'accept-datetime',
  'prefer',
  'range',
];
const isLengthOfOurs = Array.from({ length: 32 }, (_, length) => ours.some((name) => name.length === length));

/** What a request says that matters here. */
interface Said {
  readonly encoding: Encoding;
  readonly ifNoneMatch: string | undefined;
  readonly requestId: string | undefined;
}

/**
 * Reads the headers as they came, since `request.headers` would copy them all, and looks at a name only where it is as
 * long as one that matters. null: the request is one for Express.
 */
function read(headers: readonly string[]): Said | null {
  let accept: string | undefined;
  let encodings: string | undefined;
  let ifNoneMatch: string | undefined;
  let requestId: string | undefined;
  for (let at = 0; at < headers.length; at += 2) {
    const name = headers[at] ?? '';
    if (!isLengthOfOurs[name.length]) continue;
    const value = headers[at + 1];
    switch (name.toLowerCase()) {
      case 'accept':
        if (accept !== undefined) return null;
        accept = value;
        break;
      case 'accept-encoding':
        if (encodings !== undefined) return null;
        encodings = value;
        break;
      case 'if-none-match':
        if (ifNoneMatch !== undefined) return null;
        ifNoneMatch = value;
        break;
      case 'x-request-id':
        requestId ??= value;
        break;
      case 'accept-datetime':
      case 'prefer':
      case 'range':
        return null;
      default:
    }
  }
  const encoding = encodingOf(encodings);
  return encoding === null || !acceptsJson.has(accept) ? null : { encoding, ifNoneMatch, requestId };
}

function notModified(
  response: ServerResponse,
  answer: RememberedAnswer,
  named: string | undefined,
  id: string,
): boolean {
  const match = named === undefined ? null : matchingEtag(named, answer.tag, answer.encoding);
  if (match === null) return false;
  const validators = answer.validators.map((text) =>
    text === etag(answer.tag, answer.encoding) ? match : text,
  );
  response.writeHead(304, [...validators, 'X-Request-Id', id]);
  response.end();
  return true;
}

/** Answers a request from memory and returns true, or leaves it and returns false. */
export type FrontDoor = (request: IncomingMessage, response: ServerResponse) => boolean;

/** The door of a desk. */
export function frontDoorOf({ memory, metrics, tidemark }: Desk, ids: RequestIds): FrontDoor {
  return (request, response) => {
    if (request.method !== 'GET' || !tidemark.canAnswer) return false;
    const said = read(request.rawHeaders);
    if (said === null) return false;
    const answer = memory.find(request.url ?? '', said.encoding, tidemark.position);
    if (answer === undefined) return false;
    const id = ids.of(said.requestId);
    if (notModified(response, answer, said.ifNoneMatch, id)) {
      metrics.remembered.notModified += 1;
      return true;
    }
    metrics.remembered.answered += 1;
    response.writeHead(200, [...answer.headers, 'X-Request-Id', id]);
    response.end(answer.body, 'latin1');
    return true;
  };
}
