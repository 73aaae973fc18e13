/** What is an endpoint? Its address, what it takes, what it answers and what can go wrong, in one declaration. */
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { SubjectKind } from '../../events/identity.ts';
import type { Keyring, Scope } from '../service/keys.ts';
import type { Answer as AnswerAt } from '../service/mementos.ts';
import type { Tidemark } from '../service/tidemark.ts';
import type { AnswerMemory } from './answerMemory.ts';
import type { DeterminedMemory } from './determinedMemory.ts';
import type { Metrics } from './metrics.ts';
import { read } from './parameters.ts';
import { positionIn, waitFor } from './positionAsked.ts';
import type { ProblemName } from './problems.ts';

/** What the endpoints work with. */
export interface Desk {
  readonly tidemark: Tidemark;
  readonly keyring: Keyring;
  readonly memory: AnswerMemory;
  /** Determinations by the body that asked for them. */
  readonly determined: DeterminedMemory;
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** Milliseconds since 1970 in UTC. */
  readonly clock: () => number;
  readonly version: string;
  /** The OpenAPI description, as JSON text. */
  readonly description: () => string;
}

/** One answer that an endpoint gives when all goes well; a format without a schema is no JSON. */
export interface Answer {
  readonly status: number;
  readonly description: string;
  readonly content: Readonly<Record<string, z.ZodType | null>>;
}

/** An address whose earlier states can be asked for. */
export interface OriginalResource {
  readonly kinds: readonly SubjectKind[] | null;
  /** What it answers to parameters that were read. */
  answer(params: object, query: object, desk: Desk): AnswerAt;
}

export type Tag = 'ask' | 'log' | 'write' | 'subscribe' | 'audit' | 'service';

interface Declared {
  readonly method: 'get' | 'post';
  /** With names in braces, as OpenAPI writes it. */
  readonly path: string;
  readonly tag: Tag;
  /** One sentence. */
  readonly says: string;
  readonly answers: readonly Answer[];
  /** Besides those that any request can meet. */
  readonly problems: readonly ProblemName[];
  /** The body it takes; JSON. */
  readonly body?: z.ZodType;
  /** The scope that a key needs; absent: open to all. */
  readonly scope?: Scope;
  /** What its earlier states are made of (RFC 7089); absent: they cannot be asked for by `Accept-Datetime`. */
  readonly original?: OriginalResource | undefined;
  /** Whether it answers before the log is taken in. */
  readonly isAlwaysOpen?: boolean;
}

export interface Endpoint extends Declared {
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  run(request: Request, response: Response, desk: Desk): Promise<void>;
}

/** One request, its parameters read. */
export interface Call<P extends z.ZodObject, Q extends z.ZodObject> {
  readonly params: z.infer<P>;
  readonly query: z.infer<Q>;
  readonly request: Request;
  readonly response: Response;
  readonly desk: Desk;
}

export const NoParameters = z.strictObject({});

/** A cursor holds the whole question: beside it nothing is required. */
function beside(cursor: unknown, query: z.ZodObject): z.ZodObject {
  return cursor === undefined ? query : query.partial();
}

/**
 * Declares an endpoint; `handle` gets parameters that were read by its schemas, and a log position among them is known
 * here, unless the log itself does not have it.
 */
export function endpoint<P extends z.ZodObject, Q extends z.ZodObject>(
  declared: Declared & { readonly params: P; readonly query: Q; handle(call: Call<P, Q>): unknown },
): Endpoint {
  return {
    ...declared,
    run: async (request, response, desk) => {
      const params = read(declared.params, request.params);
      const query = read(beside(request.query['cursor'], declared.query), request.query) as z.infer<Q>;
      const waiting = waitFor(positionIn(query), response, desk.tidemark);
      if (waiting !== undefined) await waiting;
      await declared.handle({ params, query, request, response, desk });
    },
  };
}
