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

function isOrdinary(request: IncomingMessage): boolean {
  const { headers } = request;
  return (
    request.method === 'GET' &&
    acceptsJson.has(headers.accept) &&
    headers['accept-datetime'] === undefined &&
    headers['prefer'] === undefined &&
    headers.range === undefined
  );
}

function notModified(
  request: IncomingMessage,
  response: ServerResponse,
  answer: RememberedAnswer,
  id: string,
): boolean {
  const named = request.headers['if-none-match'];
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
    if (!isOrdinary(request)) return false;
    const encoding = encodingOf(request.headers['accept-encoding']);
    if (encoding === null || !tidemark.isReady) return false;
    const answer = memory.find(request.url ?? '', encoding, tidemark.position);
    if (answer === undefined) return false;
    const id = ids.of(request.headers['x-request-id']);
    if (notModified(request, response, answer, id)) {
      metrics.remembered.notModified += 1;
      return true;
    }
    metrics.remembered.answered += 1;
    response.writeHead(200, [...answer.headers, 'X-Request-Id', id]);
    response.end(answer.body, 'latin1');
    return true;
  };
}
