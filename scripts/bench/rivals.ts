/** What are we compared with over HTTP? Servers that know the answer: `rivals.js bare <file>`, `answering <file>`, `express`. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';

/** An answer as it was taken from the service. */
export interface KnownAnswer {
  readonly headers: readonly string[];
  readonly body: string;
}

/** node:http and nothing else: the bytes of the answers in turn, from memory, head and body in one write. */
function bare(file: string): RequestListener {
  const answers = JSON.parse(readFileSync(file, 'utf8')) as readonly KnownAnswer[];
  const ready = answers.map(({ headers, body }) => ({
    headers: [...headers],
    body: Buffer.from(body).toString('latin1'),
  }));
  let next = 0;
  return (_request, response) => {
    const answer = ready[next++ % ready.length];
    response.writeHead(200, answer?.headers);
    response.end(answer?.body, 'latin1');
  };
}

/** Express reading the JSON of a POST and answering as if it had recorded it. */
function storingNothing(): RequestListener {
  const app = express();
  app.disable('x-powered-by');
  app.post('/v1/events', express.json({ limit: '1mb' }), (_request, response) => {
    const recorded = { id: '01940000-0000-7000-8000-000000000000', position: 1_000_000, revision: 1 };
    response
      .status(201)
      .json({ outcome: 'recorded', recordedAt: new Date().toISOString(), events: [recorded] });
  });
  return app;
}

/** Express reading the JSON of a POST and sending the bytes of the answers in turn. */
function answering(file: string): RequestListener {
  const answers = JSON.parse(readFileSync(file, 'utf8')) as readonly string[];
  let next = 0;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.post('/v1/determinations', express.json({ limit: '1mb' }), (_request, response) => {
    response.type('application/json').send(answers[next++ % answers.length]);
  });
  return app;
}

const [kind, file = ''] = process.argv.slice(2);
const listener = { bare, answering, express: storingNothing }[kind ?? ''];
if (listener === undefined) throw new RangeError(`${kind} is no server to compare with`);
const server = createServer(listener(file));
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.once('disconnect', () => process.exit(0));
