/** What is answered over HTTP? Every endpoint, its problems, and the order in which a request meets them. */
import type { RequestListener } from 'node:http';
import express from 'express';
import type { Express, RequestHandler, Router } from 'express';
import helmet from 'helmet';
import { Refusal } from '../service/refusal.ts';
import { apiHeaders } from './apiHeaders.ts';
import { answerProblems } from './answerProblem.ts';
import { authorize } from './authorize.ts';
import { bodyDoorOf } from './bodyDoor.ts';
import { docs } from './docs.ts';
import type { Desk, Endpoint } from './endpoint.ts';
import { endpoints } from './endpoints.ts';
import { frontDoorOf } from './frontDoor.ts';
import { note } from './observe.ts';
import { Problem } from './problems.ts';
import type { RequestIds } from './requestIds.ts';

/** Pages are served over plain HTTP on a machine of one's own too, so nothing is upgraded. */
const pageHeaders = helmet({
  contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
  strictTransportSecurity: false,
});

export interface AppParts {
  readonly desk: Desk;
  readonly requestIds: RequestIds;
  /** What is served at `/`; absent: nothing. */
  readonly page?: Router | undefined;
}

/** `/v1/companies/{id}` as Express writes it. */
function expressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

/** A node that no longer follows the log answers what it knows; it records nothing, since it could not read it back. */
function refuseUnready({ scope }: Endpoint, tidemark: Desk['tidemark']): void {
  if (!tidemark.canAnswer) {
    throw new Refusal('not-ready', 'The log is still being taken in. Ask /readyz, and then again.');
  }
  if (scope !== undefined && !tidemark.isReady) {
    throw new Refusal(
      'not-ready',
      'Nothing was recorded: this node no longer follows the log; /readyz says why. Send it to another node.',
    );
  }
}

function runner(endpoint: Endpoint, desk: Desk): RequestHandler {
  return async (request, response) => {
    response.locals['route'] = endpoint.path;
    if (endpoint.isAlwaysOpen !== true) refuseUnready(endpoint, desk.tidemark);
    if (endpoint.scope !== undefined)
      response.locals['actor'] = authorize(request.get('authorization'), desk.keyring, endpoint.scope);
    await endpoint.run(request, response, desk);
  };
}

function methodsOf(path: string): string {
  const methods = endpoints.filter((one) => one.path === path).map((one) => one.method.toUpperCase());
  return [
    ...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))),
    'OPTIONS',
  ].join(', ');
}

function otherMethods(path: string): RequestHandler {
  const allow = methodsOf(path);
  return (request, response) => {
    response.locals['route'] = path;
    response.set('Allow', allow);
    if (request.method === 'OPTIONS') {
      response.status(204).end();
      return;
    }
    throw new Problem(
      'method-not-allowed',
      `${request.method} is not taken here; this address takes ${allow}.`,
    );
  };
}

function observe(desk: Desk, ids: RequestIds): RequestHandler {
  return (request, response, next) => {
    const id = ids.of(request.headers['x-request-id']);
    response.set('X-Request-Id', id);
    const began = desk.clock();
    response.once('close', () => {
      const { route, actor } = response.locals as { readonly route?: string; readonly actor?: string };
      note(desk, {
        id,
        method: request.method,
        url: request.originalUrl,
        route: route ?? 'other',
        status: response.statusCode,
        ms: desk.clock() - began,
        actor,
      });
    });
    next();
  };
}

const protect: RequestHandler = (_request, response, next) => {
  response.setHeaders(apiHeaders);
  next();
};

function expressApp({ desk, requestIds, page }: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('case sensitive routing');
  app.use(observe(desk, requestIds));
  app.use('/docs', pageHeaders, docs());
  if (page !== undefined) app.use('/', pageOnly(page, desk.tidemark));
  app.use(protect);
  for (const endpoint of endpoints) app[endpoint.method](expressPath(endpoint.path), runner(endpoint, desk));
  for (const path of new Set(endpoints.map((endpoint) => endpoint.path)))
    app.all(expressPath(path), otherMethods(path));
  app.use((request) => {
    throw new Problem(
      'unknown-route',
      `There is nothing at ${request.path}. /openapi.json lists every address; /docs explains them.`,
    );
  });
  app.use(answerProblems(desk.logger));
  return app;
}

/** The page's security headers, for what the page answers alone; a page of half a log would be a wrong answer. */
function pageOnly(page: Router, tidemark: Desk['tidemark']): RequestHandler {
  const router = express.Router();
  router.get(['/', '/ship'], (_request, _response, next) => {
    if (!tidemark.canAnswer)
      throw new Refusal('not-ready', 'The log is still being taken in. Ask for this page again in a moment.');
    next();
  });
  router.get(['/', '/ship'], pageHeaders);
  router.use(page);
  return router;
}

/** Everything that answers: the doors for what was asked before and for bodies, and behind them Express. */
export function createApp(parts: AppParts): RequestListener {
  const app = expressApp(parts);
  const frontDoor = frontDoorOf(parts.desk, parts.requestIds);
  const bodyDoor = bodyDoorOf(parts.desk, parts.requestIds);
  return (request, response) => {
    if (!frontDoor(request, response) && !bodyDoor(request, response)) app(request, response);
  };
}
