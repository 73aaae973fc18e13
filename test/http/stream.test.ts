import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CloudEvent } from 'cloudevents';
import { EventSource } from 'eventsource';
import { connect } from 'node:net';
import request from 'supertest';
import { asDescribed } from './openapiCheck.ts';
import type { TestService } from './service.ts';
import { openService, release } from './service.ts';

let service: TestService;
beforeAll(async () => {
  service = await openService();
  await post(Array.from({ length: 30 }, (_, at) => release({ subject: `model:early-${at}` }))).expect(201);
});
afterAll(() => service.close());

const post = (body: object) =>
  request(service.url).post('/v1/events').set('Authorization', service.mayAppend).send(body);
const sequence = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

interface Heard {
  readonly positions: number[];
  readonly texts: string[];
  readonly caughtUp: number[];
}

/** Listens with the library until `isDone`; returns all it heard, in order. */
function listen(
  path: string,
  isDone: (heard: Heard) => boolean,
  onHeard?: (heard: Heard) => void,
): Promise<Heard> {
  const heard: Heard = { positions: [], texts: [], caughtUp: [] };
  const source = new EventSource(`${service.url}${path}`);
  return new Promise((resolve, reject) => {
    const check = () => {
      onHeard?.(heard);
      if (!isDone(heard)) return;
      source.close();
      resolve(heard);
    };
    source.addEventListener('message', (event) => {
      heard.positions.push(Number(event.lastEventId));
      heard.texts.push(String(event.data));
      check();
    });
    source.addEventListener('caught-up', (event) => {
      heard.caughtUp.push(Number(event.lastEventId));
      check();
    });
    source.addEventListener('error', (event) => {
      source.close();
      reject(new Error(`stream failed with ${String(event.code)}`));
    });
  });
}

const isCaughtUp = (heard: Heard) => heard.caughtUp.length > 0;

describe('a subscription', () => {
  it('hears what is there, and then that it has caught up', async () => {
    const heard = await listen('/v1/stream', isCaughtUp);
    expect(heard.positions).toEqual(sequence(1, 30));
    expect(heard.caughtUp).toEqual([30]);
  });

  it('begins after a position', async () => {
    expect((await listen('/v1/stream?after=25', isCaughtUp)).positions).toEqual(sequence(26, 30));
    expect((await listen('/v1/stream?after=30', isCaughtUp)).positions).toEqual([]);
  });

  it('hears only what it asked for', async () => {
    const heard = await listen('/v1/stream?subject=model:early-7', isCaughtUp);
    expect([heard.positions, heard.caughtUp]).toEqual([[8], [30]]);
    expect((await listen('/v1/stream?type=ClaimDenied', isCaughtUp)).positions).toEqual([]);
  });

  it('is told in CloudEvents that their own library accepts', async () => {
    const [text] = (await listen('/v1/stream?after=29', isCaughtUp)).texts;
    const told = JSON.parse(text ?? '');
    const event = new CloudEvent(told);
    expect(event.validate()).toBe(true);
    expect(told).toMatchObject({
      specversion: '1.0',
      type: 'ModelReleased',
      subject: 'model:early-29',
      datacontenttype: 'application/json',
    });
    const { body } = await request(service.url).get('/v1/events?after=29');
    expect(event.data).toEqual(body.items[0]);
    expect([event.id, event.time]).toEqual([body.items[0].id, body.items[0].recordedAt]);
  });

  it('misses nothing and repeats nothing while events come in', async () => {
    const before = service.tidemark.position;
    const rounds = 20;
    const writing = (async () => {
      for (let round = 0; round < rounds; round += 1) {
        await Promise.all(
          sequence(1, 5).map((at) => post(release({ subject: `model:live-${round}-${at}` })).expect(201)),
        );
      }
    })();
    const last = before + rounds * 5;
    const listeners = [0, 10, before].map((after) =>
      listen(`/v1/stream?after=${after}`, (heard) => heard.positions.at(-1) === last),
    );
    const [everything, later, latest] = await Promise.all([...listeners, writing]);
    expect(everything?.positions).toEqual(sequence(1, last));
    expect(later?.positions).toEqual(sequence(11, last));
    expect(latest?.positions).toEqual(sequence(before + 1, last));
    expect(everything?.caughtUp).toHaveLength(1);
  }, 20_000);

  it('leaves nothing behind when the reader goes', async () => {
    await listen('/v1/stream', isCaughtUp);
    const isEmpty = async (): Promise<boolean> => {
      for (let turn = 0; turn < 200 && service.tidemark.feed.subscriberCount > 0; turn += 1)
        await request(service.url).get('/livez');
      return service.tidemark.feed.subscriberCount === 0;
    };
    expect(await isEmpty()).toBe(true);
  });
});

/** The bytes of a stream as they come, until they hold a text. */
function raw(headers: string, until: string): Promise<string> {
  const { hostname, port } = new URL(service.url);
  const socket = connect(Number(port), hostname);
  socket.write(`GET /v1/stream?after=3 HTTP/1.1\r\nHost: spec\r\n${headers}\r\n\r\n`);
  return new Promise((resolve) => {
    let text = '';
    socket.on('data', (bytes) => {
      text += bytes.toString();
      if (!text.includes(until)) return;
      socket.destroy();
      resolve(text);
    });
  });
}

describe('on the wire', () => {
  it('a reader that comes again begins after what it heard last', async () => {
    const text = await raw('Last-Event-ID: 5', 'event: caught-up');
    expect(/^id: (\d+)$/m.exec(text)?.[1]).toBe('6');
    expect(text).toContain('retry: 2000');
    expect(text).toContain('Content-Type: text/event-stream');
    expect(text).toContain('Cache-Control: no-store');
  });

  it.each([
    ['/v1/stream?after=100000', {}, 'after'],
    ['/v1/stream?after=x', {}, 'after'],
    ['/v1/stream?since=1', {}, 'since'],
    ['/v1/stream', { 'Last-Event-ID': '100000' }, 'Last-Event-ID'],
    ['/v1/stream', { 'Last-Event-ID': 'x' }, 'Last-Event-ID'],
  ])('%s %o is refused', async (path, headers, parameter) => {
    const { status, body } = asDescribed(await request(service.url).get(path).set(headers));
    expect([status, body.errors[0].parameter]).toEqual([400, parameter]);
  });

  it('a client that wants no event stream is told so', async () => {
    expect(
      asDescribed(await request(service.url).get('/v1/stream').set('Accept', 'application/json')).status,
    ).toBe(406);
  });
});
