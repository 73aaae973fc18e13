/** What can go wrong over HTTP? The one catalogue of problems (RFC 9457), by name. */
import type { Lag } from './answers/lag.ts';
import type { Fault, Refusal, RefusalName } from '../service/refusal.ts';

export interface ProblemKind {
  readonly status: number;
  /** The same for every occurrence. */
  readonly title: string;
}

/** The README and OpenAPI list exactly these; a test holds them to it in both directions. */
export const problems = {
  'invalid-parameter': { status: 400, title: 'A parameter is unknown, repeated, or not of its form' },
  'clock-ahead': { status: 400, title: 'A clock is set to a time that has not come' },
  'ambiguous-time': { status: 400, title: 'A header and a parameter both set the time' },
  'invalid-cursor': { status: 400, title: 'The cursor is not of this question' },
  'malformed-body': { status: 400, title: 'The body is not JSON' },
  'no-key': { status: 401, title: 'Writing needs a valid API key' },
  'missing-scope': { status: 403, title: 'The API key does not have the scope' },
  'unknown-subject': { status: 404, title: 'No event speaks of this subject' },
  'not-known-then': { status: 404, title: 'Nothing was known of this subject at these clocks' },
  'unknown-event': { status: 404, title: 'No such event at these clocks' },
  'unknown-route': { status: 404, title: 'There is nothing at this address' },
  'method-not-allowed': { status: 405, title: 'This address does not take this method' },
  'not-acceptable': { status: 406, title: 'The answer does not come in an accepted format' },
  'id-conflict': { status: 409, title: 'Another event has this id' },
  'wrong-revision': { status: 412, title: "The subject's stream has another revision" },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'event-too-large': { status: 413, title: 'The event is too large for the log' },
  'unsupported-media-type': { status: 415, title: 'The body is not in a supported format' },
  'invalid-event': { status: 422, title: 'An event is not lawful' },
  'invalid-question': { status: 422, title: 'The question cannot be answered as it is asked' },
  'not-a-proposal': { status: 422, title: 'The instrument is no proposal that can be evaluated' },
  internal: { status: 500, title: 'The service failed' },
  'not-ready': { status: 503, title: 'The service is not ready' },
  unavailable: { status: 503, title: 'The log cannot be written or read just now' },
  'outcome-unknown': { status: 503, title: 'It is not known whether the events were recorded' },
} as const satisfies Record<RefusalName, ProblemKind> & Record<string, ProblemKind>;

export type ProblemName = keyof typeof problems;
export const problemNames = Object.keys(problems) as ProblemName[];

/** The body of an `application/problem+json` answer. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly Fault[];
  /** With `behind`, of a node that is not ready. */
  readonly position?: number;
  readonly behind?: number | null;
}

/**
 * Thrown where a request cannot be answered. `headers`: what the status asks for besides the body. `lag`: how far behind
 * the log the node is, where that is the problem.
 */
export class Problem extends Error {
  override readonly name: ProblemName;
  readonly faults: readonly Fault[];
  readonly headers: Readonly<Record<string, string>>;
  readonly lag: Lag | null;

  constructor(
    name: ProblemName,
    detail: string,
    extra: {
      faults?: readonly Fault[];
      headers?: Record<string, string>;
      lag?: Lag;
      cause?: unknown;
    } = {},
  ) {
    super(detail, { cause: extra.cause });
    this.name = name;
    this.faults = extra.faults ?? [];
    this.headers = extra.headers ?? {};
    this.lag = extra.lag ?? null;
  }
}

/** The address of a problem's explanation, relative to the service. */
export function problemType(name: ProblemName): string {
  return `/problems/${name}`;
}

export function problemBody(problem: Problem | Refusal): ProblemBody {
  const { name, message, faults } = problem;
  const { status, title } = problems[name];
  const lag = problem instanceof Problem ? problem.lag : null;
  const body = { type: problemType(name), title, status, detail: message, ...lag };
  return faults.length === 0 ? body : { ...body, errors: faults };
}
