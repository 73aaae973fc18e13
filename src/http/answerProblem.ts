/** What does the client hear when something goes wrong? A problem document, and never the inside of the service. */
import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Logger } from 'pino';
import { slugOf } from '../../events/identity.ts';
import { Moved, Refusal } from '../service/refusal.ts';
import { Problem, problemBody, problems } from './problems.ts';
import type { Reply } from './reply.ts';
import { sendReply } from './reply.ts';

/** How long a client is to wait after a 503. */
export const retryAfterSeconds = '2';

/** An error as a problem: what was not foreseen tells nothing of the inside. */
export function asProblem(error: unknown): Problem | Refusal {
  if (error instanceof Problem || error instanceof Refusal) return error;
  if (error instanceof URIError)
    return new Problem('invalid-parameter', 'The address is not well encoded.', { cause: error });
  return new Problem(
    'internal',
    'The service failed and wrote down why; the request id names the place in its log.',
    { cause: error },
  );
}

/** The reply that tells a problem. */
export function problemReply(problem: Problem | Refusal): Reply {
  const body = problemBody(problem);
  const headers = {
    ...(problem instanceof Problem ? problem.headers : {}),
    ...(body.status === 503 ? { 'Retry-After': retryAfterSeconds } : {}),
    'Cache-Control': 'no-store',
    'Content-Type': 'application/problem+json',
  };
  return { status: body.status, headers, body: JSON.stringify(body) };
}

/** Writes down what nobody foresaw. */
export function logFault(
  logger: Logger,
  problem: Problem | Refusal,
  error: unknown,
  request: { readonly id: string | undefined; readonly url: string },
): void {
  if (problems[problem.name].status === 500) logger.error({ err: error, ...request }, problem.message);
}

/** The address of the subject that remains: the same one, with its slug in the place of the old one. */
function addressOf(request: Request, { from, into }: Moved): string {
  const [path = '', query] = request.originalUrl.split('?', 2);
  const parts = path
    .split('/')
    .map((part) => (decodeURIComponent(part) === slugOf(from) ? encodeURIComponent(slugOf(into)) : part));
  return query === undefined ? parts.join('/') : `${parts.join('/')}?${query}`;
}

/** Express's last word: every error becomes a problem; what was not foreseen is logged. */
export function answerProblems(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request: Request, response: Response, next) => {
    if (error instanceof Moved) {
      response.set('Cache-Control', 'no-cache').redirect(308, addressOf(request, error));
      return;
    }
    const problem = asProblem(error);
    logFault(logger, problem, error, { id: response.get('x-request-id'), url: request.originalUrl });
    if (response.headersSent) return next(error);
    sendReply(response, problemReply(problem));
  };
}
