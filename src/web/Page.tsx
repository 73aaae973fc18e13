/** What does a reader see at `/`? A date, what was known by then, and on whose word. */
import type { ComponentChildren } from 'preact';
import type { Change } from '../../projections/views/nextChange.ts';
import type { Posture } from './Companies.tsx';
import { Companies } from './Companies.tsx';
import type { Rule, Upcoming } from './Rules.tsx';
import { Rules, Scheduled } from './Rules.tsx';
import type { PageClocks, PageStandpoint } from './questions.ts';

export function Document({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ComponentChildren;
}) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <link rel="stylesheet" href="/page.css" />
      </head>
      <body>{children}</body>
    </html>
  );
}

export function Header() {
  return (
    <header>
      <h1>Tidemark</h1>
      <nav aria-label="Pages">
        <ul>
          <li>
            <a href="/">As of a date</a>
          </li>
          <li>
            <a href="/ship">May it ship?</a>
          </li>
          <li>
            <a href="/docs">API</a>
          </li>
        </ul>
      </nav>
      <p class="lead">
        How AI-compute regulation and any company's compute stood, as of any date, as far as anyone could know
        then.
      </p>
    </header>
  );
}

function Form({ clocks }: { readonly clocks: PageClocks }) {
  return (
    <form method="get" action="/">
      <label>
        As of
        <input type="date" name="asOf" value={clocks.asOf ?? ''} />
      </label>
      <label>
        Published by (empty: all that is known today)
        <input type="date" name="publishedBy" value={clocks.publishedBy ?? ''} />
      </label>
      <button type="submit">Show</button>
    </form>
  );
}

export function Footer() {
  return (
    <footer>
      <p>
        Information, not legal advice. Figures by Epoch AI are used under CC BY 4.0.{' '}
        <a href="/docs">API documentation</a>
      </p>
    </footer>
  );
}

function href(date: string, clocks: PageClocks): string {
  const day = date.slice(0, 10);
  const query = new URLSearchParams({ asOf: day });
  if (clocks.publishedBy !== undefined) {
    query.set('publishedBy', clocks.publishedBy === clocks.asOf ? day : clocks.publishedBy);
  }
  return `/?${query.toString()}`;
}

function Step({
  change,
  clocks,
  words,
}: {
  readonly change: Change | null;
  readonly clocks: PageClocks;
  readonly words: string;
}) {
  if (change === null) return <li class="soft">{words}: none known</li>;
  return (
    <li>
      {words}: <a href={href(change.on, clocks)}>{change.on.slice(0, 10)}</a>{' '}
      <span class="soft">{change.because}</span>
    </li>
  );
}

export function Standpoint({ at }: { readonly at: PageStandpoint }) {
  const by =
    at.publishedBy === null ? 'from all that the record holds' : `from what was public by ${at.publishedBy}`;
  return (
    <>
      <p>
        As of <strong>{at.asOf}</strong>, {by}. <span class="soft">Log position {at.position}.</span>
      </p>
      {at.prospective ? (
        <p class="note">
          This date lies after the last recorded day: only what is already scheduled is shown.
        </p>
      ) : null}
      {at.coverage.map((part) => (
        <p class="note">
          {part.asked === 'after' ? `The record reaches to ${part.to}: ${part.text}` : part.text}
        </p>
      ))}
    </>
  );
}

export interface PageModel {
  readonly clocks: PageClocks;
  readonly at: PageStandpoint;
  readonly rules: readonly Rule[];
  readonly upcoming: Upcoming;
  readonly postures: readonly Posture[];
  readonly previous: Change | null;
  readonly next: Change | null;
}

/** The page for a date. */
export function Page({ clocks, at, rules, upcoming, postures, previous, next }: PageModel) {
  return (
    <Document title={`Tidemark: ${at.asOf.slice(0, 10)}`}>
      <Header />
      <main>
        <Form clocks={clocks} />
        <Standpoint at={at} />
        <ul class="steps">
          <Step change={previous} clocks={clocks} words="Previous change" />
          <Step change={next} clocks={clocks} words="Next change" />
        </ul>
        <nav aria-label="On this page">
          <ul>
            <li>
              <a href="#rules">Rules</a>
            </li>
            <li>
              <a href="#scheduled">Scheduled</a>
            </li>
            <li>
              <a href="#companies">Companies</a>
            </li>
          </ul>
        </nav>
        <h2 id="rules">Rules</h2>
        <Rules rules={rules} />
        <h2 id="scheduled">Scheduled in the next 180 days</h2>
        <Scheduled upcoming={upcoming} />
        <h2 id="companies">Companies</h2>
        <Companies postures={postures} />
      </main>
      <Footer />
    </Document>
  );
}

/** The page for a question that cannot be answered: the form as it was sent, and what to do. */
export function RefusalPage({ clocks, message }: { readonly clocks: PageClocks; readonly message: string }) {
  return (
    <Document title="Tidemark">
      <Header />
      <main>
        <Form clocks={clocks} />
        <p class="note error" role="alert">
          {message}
        </p>
      </main>
      <Footer />
    </Document>
  );
}
