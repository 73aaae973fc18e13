/** Which question does a request for the page ask? `GET /?asOf=2025-01-05&publishedBy=2025-01-05`. */
import { Router } from 'express';
import type { ComponentChildren } from 'preact';
import type { Request, Response } from 'express';
import { renderToString } from 'preact-render-to-string';
import { z } from 'zod';
import { DayOrInstant } from '../../events/dates.ts';
import { subjectKinds, subjectOf } from '../../events/identity.ts';
import type { Evidence } from '../../projections/evidence.ts';
import { instrumentView } from '../../projections/views/instrument.ts';
import { boundariesOf, nextOf, previousOf } from '../../projections/views/nextChange.ts';
import { postureView } from '../../projections/views/posture.ts';
import { upcomingView } from '../../projections/views/upcoming.ts';
import { retryAfterSeconds } from '../http/answerProblem.ts';
import { hasCompute } from './Companies.tsx';
import type { PageModel } from './Page.tsx';
import { Document, Footer, Header, Page, RefusalPage } from './Page.tsx';
import type { PageClocks, PageQuestions, PageStandpoint, ShipQuestions } from './questions.ts';
import type { ShipFields } from './Ship.tsx';
import { ShipAnswer, ShipForm } from './Ship.tsx';
import { stylesheet } from './stylesheet.ts';

/** An empty field of the form is a clock that was not set. */
const Clock = z
  .union([z.literal('').transform(() => undefined), DayOrInstant])
  .optional()
  .catch((context) => String(context.value));
const PageQuery = z.object({ asOf: Clock, publishedBy: Clock });

function modelOf(clocks: PageClocks, at: PageStandpoint, evidence: Evidence): PageModel {
  const boundaries = subjectKinds
    .filter((kind) => kind !== 'coverage')
    .flatMap((kind) => evidence.subjects(kind).map((slug) => subjectOf(kind, slug)))
    .flatMap((subject) => boundariesOf(evidence.allClaims(subject)));
  return {
    clocks,
    at,
    rules: evidence
      .subjects('instrument')
      .map((slug) => instrumentView(evidence, slug))
      .filter((rule) => rule !== null),
    upcoming: upcomingView(evidence, 180),
    postures: evidence
      .subjects('party')
      .map((slug) => postureView(evidence, slug))
      .filter((posture) => posture !== null)
      .filter(hasCompute),
    previous: previousOf(boundaries, evidence.clocks.asOf),
    next: nextOf(boundaries, evidence.clocks.asOf),
  };
}

function sendPage(response: Response, status: number, page: Parameters<typeof renderToString>[0]): void {
  response
    .status(status)
    .type('html')
    .send(`<!doctype html>${renderToString(page)}`);
}

/** The fields of the form that were filled in. */
function fieldsOf(query: Request['query']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) =>
      typeof value === 'string' && value !== '' ? [[name, value]] : [],
    ),
  );
}

function ShipPage({
  fields,
  chips,
  children,
}: {
  readonly fields: ShipFields;
  readonly chips: readonly string[];
  readonly children: ComponentChildren;
}) {
  return (
    <Document title="Tidemark: may it ship?">
      <Header />
      <main>
        <ShipForm fields={fields} chips={chips} />
        {children}
      </main>
      <Footer />
    </Document>
  );
}

function shipRoute(ask: PageQuestions, ship: ShipQuestions) {
  return async (request: Request, response: Response) => {
    const fields = fieldsOf(request.query);
    const chips = ask({}).evidence.subjects('chip');
    const page = (children: ComponentChildren) => (
      <ShipPage fields={fields} chips={chips}>
        {children}
      </ShipPage>
    );
    if (Object.keys(fields).length === 0) return sendPage(response, 200, page(null));
    try {
      sendPage(response, 200, page(<ShipAnswer fields={fields} {...await ship(fields, response)} />));
    } catch (error) {
      if (!(error instanceof Error) || !('status' in error)) throw error;
      const message = (
        <p class="note error" role="alert">
          {error.message}
        </p>
      );
      const status = error.status === 503 ? 503 : 400;
      if (status === 503) response.set('Retry-After', retryAfterSeconds);
      sendPage(response, status, page(message));
    }
  };
}

/**
 * The router of the pages and their style sheet. A question that cannot be answered is shown with its form, as 400; as 503
 * where it can be asked again.
 */
export function pageRouter(ask: PageQuestions, ship: ShipQuestions): Router {
  const router = Router();
  router.get('/ship', shipRoute(ask, ship));
  router.get('/page.css', (_request, response) => {
    response.type('css').set('Cache-Control', 'public, max-age=3600').send(stylesheet);
  });
  router.get('/', (request: Request, response: Response) => {
    const clocks = PageQuery.parse(request.query);
    const stray = Object.keys(request.query).find((name) => !Object.hasOwn(PageQuery.shape, name));
    if (stray !== undefined) {
      const message = `${stray} is no field of this page; it takes asOf and publishedBy.`;
      sendPage(response, 400, <RefusalPage clocks={clocks} message={message} />);
      return;
    }
    try {
      const { at, evidence } = ask(clocks);
      sendPage(response, 200, <Page {...modelOf(clocks, at, evidence)} />);
    } catch (error) {
      if (!(error instanceof Error) || !('status' in error)) throw error;
      sendPage(response, 400, <RefusalPage clocks={clocks} message={error.message} />);
    }
  });
  return router;
}
