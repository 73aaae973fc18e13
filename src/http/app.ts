/** What is answered over HTTP? Every endpoint, its problems, and the order in which a request meets them. */
import type { RequestListener } from 'node:http';
import express from 'express';
import type { Express, Request, RequestHandler, Response, Router } from 'express';
import helmet from 'helmet';
import { Refusal } from '../service/refusal.ts';
import { answerProblems } from './answerProblem.ts';
import { authorize } from './authorize.ts';
import { docs } from './docs.ts';
import type { Desk, Endpoint } from './endpoint.ts';
import { endpoints } from './endpoints.ts';
import { frontDoorOf } from './frontDoor.ts';
import { Problem } from './problems.ts';
import type { RequestIds } from './requestIds.ts';

/** An API sends no page: nothing in its answers may be run, framed or guessed at. */
const apiHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  },
  crossOriginOpenerPolicy: false,
  crossOriginResourcePolicy: { policy: 'cross-origin' },
  originAgentCluster: false,
  strictTransportSecurity: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
});
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

function runner(endpoint: Endpoint, desk: Desk): RequestHandler {
  return async (request, response) => {
    response.locals['route'] = endpoint.path;
    if (endpoint.isAlwaysOpen !== true && !desk.tidemark.isReady) {
      throw new Refusal('not-ready', 'The log is still being taken in. Ask /readyz, and then again.');
    }
    if (endpoint.scope !== undefined)
      response.locals['actor'] = authorize(request, desk.keyring, endpoint.scope);
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

function observe({ metrics, logger, clock }: Desk, ids: RequestIds): RequestHandler {
  return (request, response, next) => {
    const id = ids.of(request.headers['x-request-id']);
    response.set('X-Request-Id', id);
    const began = clock();
    response.once('close', () => finish(request, response, clock() - began));
    next();
  };
  function finish(request: Request, response: Response, ms: number): void {
    const route: unknown = response.locals['route'];
    metrics.answered(
      request.method,
      typeof route === 'string' ? route : 'other',
      response.statusCode,
      ms / 1000,
    );
    const isQuiet = response.statusCode < 400 && (request.method === 'GET' || request.method === 'HEAD');
    const level = response.statusCode === 500 ? 'error' : isQuiet ? 'debug' : 'info';
    logger[level](
      {
        id: response.get('x-request-id'),
        method: request.method,
        url: request.originalUrl,
        status: response.statusCode,
        ms,
        actor: response.locals['actor'] as unknown,
      },
      'request',
    );
  }
}

function expressApp({ desk, requestIds, page }: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('case sensitive routing');
  app.use(observe(desk, requestIds));
  app.use('/docs', pageHeaders, docs());
  if (page !== undefined) app.use('/', pageOnly(page));
  app.use(apiHeaders);
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

/** The page's security headers, for what the page answers alone. */
function pageOnly(page: Router): RequestHandler {
  const router = express.Router();
  router.get('/', pageHeaders);
  router.use(page);
  return router;
}

/** Everything that answers: the front door, and behind it Express. */
export function createApp(parts: AppParts): RequestListener {
  const app = expressApp(parts);
  const frontDoor = frontDoorOf(parts.desk, parts.requestIds);
  return (request, response) => {
    if (!frontDoor(request, response)) app(request, response);
  };
}
