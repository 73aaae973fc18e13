/** Which question does a request for the page ask? `GET /?asOf=2025-01-05&publishedBy=2025-01-05`. */
import { Router } from 'express';
import type { ComponentChildren } from 'preact';
import type { Request, RequestHandler, Response } from 'express';
import { renderToString } from 'preact-render-to-string';
import { subjectKinds, subjectOf } from '../../events/identity.ts';
import type { Evidence } from '../../projections/evidence.ts';
import { instrumentView } from '../../projections/views/instrument.ts';
import { boundariesOf, nextOf, previousOf } from '../../projections/views/nextChange.ts';
import { postureView } from '../../projections/views/posture.ts';
import { upcomingView } from '../../projections/views/upcoming.ts';
import { retryAfterSeconds } from '../http/answerProblem.ts';
import { etag, tagOf } from '../http/representation.ts';
import { cacheControl } from '../http/send.ts';
import { hasCompute } from './Companies.tsx';
import type { PageModel } from './Page.tsx';
import { Document, Footer, Header, Page, RefusalPage } from './Page.tsx';
import type { PageClocks, PageQuestions, PageStandpoint, ShipQuestions } from './questions.ts';
import type { ShipFields } from './Ship.tsx';
import { ShipAnswer, ShipForm } from './Ship.tsx';
import { stylesheet } from './stylesheet.ts';

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

type Rendered = Parameters<typeof renderToString>[0];

/** Sends a page. One that answers may be kept and is asked for again each time, as the answers in JSON are. */
function sendPage(response: Response, status: 200 | 400 | 503, page: Rendered): void {
  const html = `<!doctype html>${renderToString(page)}`;
  if (status === 200) response.set('ETag', etag(tagOf(Buffer.from(html)), 'identity'));
  response
    .set('Cache-Control', status === 200 ? cacheControl(false) : 'no-store')
    .status(status)
    .type('html')
    .send(html);
}

/** A form that was sent with what it does not have. */
class FormError extends Error {
  readonly status = 400;
}

/** What a route shows for the fields that were sent: an answer, or the form again with what is to be mended. */
interface Shown {
  readonly answer: (fields: Fields, response: Response) => Rendered | Promise<Rendered>;
  readonly refusal: (fields: Fields, message: string) => Rendered;
}

function pageRoute({ answer, refusal }: Shown): RequestHandler {
  return async (request, response) => {
    const fields = fieldsOf(request.query);
    try {
      sendPage(response, 200, await answer(fields, response));
    } catch (error) {
      if (!(error instanceof Error) || !('status' in error)) throw error;
      const status = error.status === 503 ? 503 : 400;
      if (status === 503) response.set('Retry-After', retryAfterSeconds);
      sendPage(response, status, refusal(fields, error.message));
    }
  };
}

type Fields = Readonly<Record<string, string>>;

/** The fields of the form that were filled in; one that was sent several times has all its values, joined by commas. */
function fieldsOf(query: Request['query']): Fields {
  const texts = Object.entries(query).map(([name, value]) => {
    const values = [value].flat().filter((one) => typeof one === 'string');
    return [name, values.join(',')] as const;
  });
  return Object.fromEntries(texts.filter(([, text]) => text !== ''));
}

function clocksIn({ asOf, publishedBy }: Fields): PageClocks {
  return { asOf, publishedBy };
}

function refuseStray(fields: Fields): void {
  const stray = Object.keys(fields).find((name) => name !== 'asOf' && name !== 'publishedBy');
  if (stray !== undefined)
    throw new FormError(`${stray} is no field of this page; it takes asOf and publishedBy.`);
}

function stateRoute(ask: PageQuestions): RequestHandler {
  return pageRoute({
    answer: (fields) => {
      refuseStray(fields);
      const clocks = clocksIn(fields);
      const { at, evidence } = ask(clocks);
      return <Page {...modelOf(clocks, at, evidence)} />;
    },
    refusal: (fields, message) => <RefusalPage clocks={clocksIn(fields)} message={message} />,
  });
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

function shipRoute(ask: PageQuestions, ship: ShipQuestions): RequestHandler {
  const page = (fields: ShipFields, children: ComponentChildren) => (
    <ShipPage fields={fields} chips={ask({}).evidence.subjects('chip')}>
      {children}
    </ShipPage>
  );
  return pageRoute({
    answer: async (fields, response) => {
      const isEmpty = Object.keys(fields).length === 0;
      return page(fields, isEmpty ? null : <ShipAnswer fields={fields} {...await ship(fields, response)} />);
    },
    refusal: (fields, message) =>
      page(
        fields,
        <p class="note error" role="alert">
          {message}
        </p>,
      ),
  });
}

/**
 * The router of the pages and their style sheet. A question that cannot be answered is shown with its form, as 400; as 503
 * where it can be asked again.
 */
export function pageRouter(ask: PageQuestions, ship: ShipQuestions): Router {
  const router = Router();
  router.get('/', stateRoute(ask));
  router.get('/ship', shipRoute(ask, ship));
  router.get('/page.css', (_request, response) => {
    response.type('css').set('Cache-Control', 'public, max-age=3600').send(stylesheet);
  });
  return router;
}
