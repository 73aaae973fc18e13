/** Subscribe: server-sent events, catch-up then live, each a CloudEvent. */
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { EventFilter, Reader, Subscription } from '../../service/feed.ts';
import { refuseParameter } from '../../service/refusal.ts';
import type { Desk } from '../endpoint.ts';
import { endpoint } from '../endpoint.ts';
import { Problem } from '../problems.ts';
import { afterParameter, filterParameters } from './events.ts';

/** A comment this often keeps the connection open through proxies. */
const heartbeatMs = 15_000;
/** A reader that takes nothing for so long is cut off; it resumes by its last event id. */
const patienceMs = 60_000;
/** How long a client waits before it connects again. */
const retryMs = 2_000;

/** `Last-Event-ID`, which a client sends when it connects again, wins over `after`. */
function startOf(request: Request, after: number | undefined, head: number): number {
  const last = request.get('last-event-id');
  if (last !== undefined && last !== '' && !/^\d{1,15}$/.test(last)) {
    throw new Problem('invalid-parameter', 'Last-Event-ID must be a log position', {
      faults: [{ parameter: 'Last-Event-ID', message: 'must be a log position' }],
    });
  }
  const [name, from] =
    last === undefined || last === ''
      ? (['after', after ?? 0] as const)
      : (['Last-Event-ID', Number(last)] as const);
  if (from > head)
    throw refuseParameter(
      'invalid-parameter',
      name,
      `is position ${from}, after the head of the log, which is ${head}; give one up to it`,
    );
  return from;
}

/** Writes to one client. The body ends with the connection, so that frames go to the socket as they are. */
class EventStream implements Reader {
  readonly #response: Response;

  constructor(response: Response) {
    this.#response = response;
    response.shouldKeepAlive = false;
    response.useChunkedEncodingByDefault = false;
    response.set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
    response.status(200);
    response.flushHeaders();
    response.socket?.setNoDelay(true);
    this.#write(`retry: ${retryMs}\n\n`);
  }

  #write(frame: string): boolean {
    return this.#response.write(frame);
  }

  event(position: number, cloudEvent: string): boolean {
    return this.#write(`id: ${position}\ndata: ${cloudEvent}\n\n`);
  }

  caughtUp(position: number): boolean {
    return this.#write(`id: ${position}\nevent: caught-up\ndata: {"position":${position}}\n\n`);
  }

  heartbeat(): void {
    this.#write(':\n\n');
  }

  ended(): void {
    this.#response.end();
  }
}

/** Keeps one client's stream: its heartbeat, its pace, and its end. */
function keepOpen(
  response: Response,
  stream: EventStream,
  subscription: Subscription,
  logger: Desk['logger'],
): void {
  let patience: NodeJS.Timeout | undefined;
  const watch = () => {
    if (!subscription.isBlocked || patience !== undefined) return;
    patience = setTimeout(() => {
      logger.info(
        { id: response.get('x-request-id') },
        'a subscriber took nothing for a minute and was cut off',
      );
      response.destroy();
    }, patienceMs);
  };
  const heartbeat = setInterval(() => {
    if (!subscription.isBlocked) stream.heartbeat();
    watch();
  }, heartbeatMs);
  response.on('drain', () => {
    clearTimeout(patience);
    patience = undefined;
    subscription.resume();
  });
  response.once('close', () => {
    clearTimeout(patience);
    clearInterval(heartbeat);
    subscription.close();
  });
}

export const stream = [
  endpoint({
    method: 'get',
    path: '/v1/stream',
    tag: 'subscribe',
    says: 'Server-sent events: what is in the log after a position, then what is new, in one order without gap or repeat; a `caught-up` event marks the hand-over. Each event is a CloudEvent 1.0, its id the log position.',
    params: z.strictObject({}),
    query: z.strictObject({ ...filterParameters, after: afterParameter }),
    answers: [
      {
        status: 200,
        description: 'The stream; it ends when the client or the service goes.',
        content: { 'text/event-stream': null },
      },
    ],
    problems: [],
    handle: ({ query, request, response, desk }) => {
      if (request.accepts('text/event-stream') === false) {
        throw new Problem(
          'not-acceptable',
          `Accept is ${request.get('accept') ?? ''}; this address answers as text/event-stream.`,
        );
      }
      const after = startOf(request, query.after, desk.tidemark.position);
      if (request.method === 'HEAD') {
        response.type('text/event-stream').end();
        return;
      }
      const filter: EventFilter = { type: query.type, subject: query.subject };
      const eventStream = new EventStream(response);
      const subscription = desk.tidemark.feed.subscribe(after, filter, eventStream);
      keepOpen(response, eventStream, subscription, desk.logger);
    },
  }),
];
