/** How is a body answered quickly? Events to record and determinations to make, as nearly every client sends them, ahead of Express. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { apiHeaderList } from './apiHeaders.ts';
import { asProblem, logFault, problemReply } from './answerProblem.ts';
import { authorize } from './authorize.ts';
import { determineText } from './determineBody.ts';
import type { Desk } from './endpoint.ts';
import { bodyLimitBytes, parseJson } from './jsonBody.ts';
import { note } from './observe.ts';
import { Problem } from './problems.ts';
import type { Scope } from '../service/keys.ts';
import { recordBody } from './recordBody.ts';
import type { Reply } from './reply.ts';
import type { RequestIds } from './requestIds.ts';

const plainJson = new Set([
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=utf-8',
]);

/** A request whose body has been read. `actor`: the name of the key, of an address that needs one. */
interface Posted {
  readonly text: string;
  readonly headers: IncomingHttpHeaders;
  readonly actor: string | undefined;
  readonly response: ServerResponse;
}

/** An address, and what is done with a body that was sent to it. */
interface Route {
  readonly path: string;
  /** What the key must allow; null: open to all. */
  readonly scope: Scope | null;
  readonly answer: (posted: Posted, desk: Desk) => Promise<Reply> | Reply;
}

const routes = new Map<string | undefined, Route>(
  [
    {
      path: '/v1/events',
      scope: 'append' as const,
      answer: ({ text, headers, actor }: Posted, desk: Desk) => {
        if (actor === undefined) throw new Error('nothing is recorded without the name of a key');
        return recordBody(parseJson(text), { actor, ifMatch: headers['if-match'] }, desk);
      },
    },
    {
      path: '/v1/determinations',
      scope: null,
      answer: ({ text, response }: Posted, desk: Desk) => determineText(text, response, desk),
    },
  ].map((route) => [route.path, route]),
);

/** A length that is known and allowed, in UTF-8, not compressed; all else is left to Express, which knows more. */
function isOrdinary({ method, headers }: IncomingMessage): boolean {
  return (
    method === 'POST' &&
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
export function bodyDoorOf(
  desk: Desk,
  ids: RequestIds,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    const route = routes.get(request.url);
    if (route === undefined || !isOrdinary(request) || !desk.tidemark.isReady) return false;
    void reply(request, response, route, { desk, id: ids.of(request.headers['x-request-id']) });
    return true;
  };
}

async function reply(
  request: IncomingMessage,
  response: ServerResponse,
  { path, scope, answer }: Route,
  { desk, id }: { readonly desk: Desk; readonly id: string },
): Promise<void> {
  const { headers } = request;
  const began = desk.clock();
  let actor: string | undefined;
  let answered: Reply;
  try {
    if (scope !== null) actor = authorize(headers.authorization, desk.keyring, scope);
    const text = await textOf(request);
    answered = await answer({ text, headers, actor, response }, desk);
  } catch (error) {
    const problem = asProblem(error);
    logFault(desk.logger, problem, error, { id, url: path });
    answered = problemReply(problem);
  }
  const { status, body } = answered;
  const length = String(Buffer.byteLength(body));
  const own = Object.entries(answered.headers).flat();
  response.writeHead(status, [...apiHeaderList, ...own, 'Content-Length', length, 'X-Request-Id', id]);
  response.end(body);
  note(desk, { id, method: 'POST', url: path, route: path, status, ms: desk.clock() - began, actor });
}
