/** What does the client hear when something goes wrong? A problem document, and never the inside of the service. */
import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Logger } from 'pino';
import { slugOf } from '../../events/identity.ts';
import { Moved, Refusal } from '../service/refusal.ts';
import { Problem, problemBody, problems } from './problems.ts';

const retryAfterSeconds = '2';

function asProblem(error: unknown): Problem | Refusal {
  if (error instanceof Problem || error instanceof Refusal) return error;
  if (error instanceof URIError)
    return new Problem('invalid-parameter', 'The address is not well encoded.', { cause: error });
  return new Problem(
    'internal',
    'The service failed and wrote down why; the request id names the place in its log.',
    { cause: error },
  );
}

/** Sends a problem. */
export function sendProblem(response: Response, problem: Problem | Refusal): void {
  const body = problemBody(problem);
  if (problem instanceof Problem) response.set(problem.headers);
  if (body.status === 503) response.set('Retry-After', retryAfterSeconds);
  response
    .status(body.status)
    .set('Cache-Control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(body));
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
    if (problems[problem.name].status === 500)
      logger.error(
        { err: error, url: request.originalUrl, id: response.get('x-request-id') },
        problem.message,
      );
    if (response.headersSent) return next(error);
    sendProblem(response, problem);
  };
}
