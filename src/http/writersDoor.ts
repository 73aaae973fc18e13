/** How does an event get in quickly? `POST /v1/events`, as nearly every writer sends it, answered ahead of Express. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { apiHeaderList } from './apiHeaders.ts';
import { asProblem, logFault, problemReply } from './answerProblem.ts';
import { authorize } from './authorize.ts';
import type { Desk } from './endpoint.ts';
import { bodyLimitBytes, parseJson } from './jsonBody.ts';
import { note } from './observe.ts';
import { Problem } from './problems.ts';
import { recordBody } from './recordBody.ts';
import type { Reply } from './reply.ts';
import type { RequestIds } from './requestIds.ts';

const route = '/v1/events';
const plainJson = new Set([
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=utf-8',
]);

/** A length that is known and allowed, in UTF-8, not compressed; all else is left to Express, which knows more. */
function isOrdinary({ method, url, headers }: IncomingMessage): boolean {
  return (
    method === 'POST' &&
    url === route &&
    plainJson.has(headers['content-type'] ?? '') &&
    headers['content-encoding'] === undefined &&
    Number(headers['content-length']) <= bodyLimitBytes
  );
}

function textOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () =>
      resolve((chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))?.toString() ?? ''),
    );
    request.once('error', (cause) =>
      reject(new Problem('malformed-body', 'The body ended early; send it again.', { cause })),
    );
  });
}

/** Answers the request and returns true, or leaves it and returns false. */
export function writersDoorOf(
  desk: Desk,
  ids: RequestIds,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    if (!isOrdinary(request) || !desk.tidemark.isReady) return false;
    void write(request, response, desk, ids.of(request.headers['x-request-id']));
    return true;
  };
}

async function write(
  request: IncomingMessage,
  response: ServerResponse,
  desk: Desk,
  id: string,
): Promise<void> {
  const began = desk.clock();
  let actor: string | undefined;
  let reply: Reply;
  try {
    actor = authorize(request.headers.authorization, desk.keyring, 'append');
    const writer = { actor, ifMatch: request.headers['if-match'] };
    reply = await recordBody(parseJson(await textOf(request)), writer, desk);
  } catch (error) {
    const problem = asProblem(error);
    logFault(desk.logger, problem, error, { id, url: route });
    reply = problemReply(problem);
  }
  const length = String(Buffer.byteLength(reply.body));
  const own = Object.entries(reply.headers).flat();
  response.writeHead(reply.status, [...apiHeaderList, ...own, 'Content-Length', length, 'X-Request-Id', id]);
  response.end(reply.body);
  note(desk, {
    id,
    method: 'POST',
    url: route,
    route,
    status: reply.status,
    ms: desk.clock() - began,
    actor,
  });
}
