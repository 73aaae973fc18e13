import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { asDescribed } from './openapiCheck.ts';
import type { TestService } from './service.ts';
import { openService, release } from './service.ts';

let service: TestService;
beforeAll(async () => {
  service = await openService({ now: '2026-11-26T12:00:00.000Z' });
});
afterAll(() => service.close());

const post = async (body: unknown, headers: Record<string, string> = {}, path = '/v1/events') =>
  asDescribed(
    await request(service.url)
      .post(path)
      .set({ Authorization: service.mayAppend, 'Content-Type': 'application/json', ...headers })
      .send(JSON.stringify(body)),
  );
const get = async (path: string) => asDescribed(await request(service.url).get(path));
const size = () => service.tidemark.position;
const pointers = (body: { errors: { pointer: string }[] }) => body.errors.map((fault) => fault.pointer);
const ids = ['0193f0a0-0000-7000-8000-00000000000a', '0193f0a0-0000-7000-8000-00000000000b'] as const;

describe('recording', () => {
  it('answers with id, position and revision, and the next question knows it', async () => {
    const { status, body, headers } = await post(release({ subject: 'model:first' }));
    expect(status).toBe(201);
    expect(body).toMatchObject({
      position: size(),
      events: [{ id: body.id, position: size() }],
      revision: 1,
    });
    expect(body.id).toMatch(/^[0-9a-f-]{14}7/);
    expect(headers).toMatchObject({ location: `/v1/events/${body.id}`, etag: '"1"' });
    const { event } = (await get(`/v1/events/${body.id}`)).body;
    expect(event).toMatchObject({
      actor: 'news-desk',
      position: size(),
      notes: null,
      sources: [],
      version: 1,
    });
    expect((await get('/v1/models/first')).status).toBe(200);
  });

  it('takes a batch whole', async () => {
    const before = size();
    const { status, body } = await post([
      release({ subject: 'model:one' }),
      release({ subject: 'model:two' }),
    ]);
    expect([status, body.events.map((event: { position: number }) => event.position)]).toEqual([
      201,
      [before + 1, before + 2],
    ]);
    expect(body.revision).toBeNull();
  });

  it('finds the same event again', async () => {
    const event = release({ id: ids[0], subject: 'model:again' });
    const first = await post(event);
    const again = await post({ ...event, notes: null });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body.position).toBe(first.body.position);
  });

  it('refuses other content under the same id', async () => {
    const before = size();
    const { status, body } = await post(
      release({ id: ids[0], subject: 'model:again', summary: 'Something else.' }),
    );
    expect([status, body.type, size()]).toEqual([409, '/problems/id-conflict', before]);
  });
});

describe('a body that cannot be recorded', () => {
  it.each([
    ['an unknown type', { type: 'Nothing' }, ['/type']],
    ['a missing field', { ...release(), summary: undefined }, ['/summary']],
    ['an extra field', release({ surprise: 1 }), ['/surprise']],
    ['what the service stamps', release({ seq: 4 }), ['/seq']],
    ['an impossible date', release({ publishedOn: '2025-02-30' }), ['/publishedOn']],
    ['another kind of subject', release({ subject: 'party:bytedance' }), ['/subject']],
    [
      'a flaw in the data',
      release({ data: { name: 'x' } }),
      ['/data/developer', '/data/openWeights', '/data/parametersTotal', '/data/parametersActive'],
    ],
    ['no event', 'seven', ['/type']],
    ['an empty batch', [], ['']],
    ['an unknown reference', release({ relates: [{ to: ids[1], how: 'follows' }] }), ['/relates/0/to']],
    [
      'a reference to itself',
      release({ id: ids[1], relates: [{ to: ids[1], how: 'follows' }] }),
      ['/relates/0/to'],
    ],
  ])('for %s says where', async (_what, event, expected) => {
    const before = size();
    const { status, body } = await post(event);
    expect([status, body.type, pointers(body)]).toEqual([422, '/problems/invalid-event', expected]);
    expect(size()).toBe(before);
  });

  it('records nothing of a batch of which half is lawful, and names every flaw by its place', async () => {
    const before = size();
    const { status, body } = await post([
      release(),
      release({ standing: 'certain' }),
      release(),
      release({ occurredOn: 'soon' }),
    ]);
    expect([status, pointers(body)]).toEqual([422, ['/1/standing', '/3/occurredOn']]);
    expect(size()).toBe(before);
  });

  it('is not JSON, not declared as JSON, or too large', async () => {
    const send = (type: string, text: string) =>
      request(service.url)
        .post('/v1/events')
        .set({ Authorization: service.mayAppend, 'Content-Type': type })
        .send(text);
    expect((await send('application/json', '{"type":')).body.type).toBe('/problems/malformed-body');
    const form = asDescribed(await send('application/x-www-form-urlencoded', 'type=ModelReleased'));
    expect([form.status, form.body.type]).toEqual([415, '/problems/unsupported-media-type']);
    const large = asDescribed(
      await send('application/json', JSON.stringify(release({ notes: 'x'.repeat(1_100_000) }))),
    );
    expect([large.status, large.body.type]).toEqual([413, '/problems/body-too-large']);
    expect((await send('application/json', '')).body.type).toBe('/problems/invalid-event');
  });

  it('is larger than the log takes', async () => {
    const long = Array.from({ length: 9 }, (_, at) => `${at}`.padEnd(7_900, 'x'));
    const { status, body } = await post(
      release({ data: { ...(release()['data'] as object), claims: long } }),
    );
    expect([status, body.type]).toEqual([413, '/problems/event-too-large']);
  });
});

describe('the revision of a subject', () => {
  it('is held by If-Match', async () => {
    const subject = 'model:held';
    expect((await post(release({ subject }), { 'If-Match': '"0"' })).headers['etag']).toBe('"1"');
    const late = await post(release({ subject, summary: 'Late.' }), { 'If-Match': '"0"' });
    expect([late.status, late.body.type]).toEqual([412, '/problems/wrong-revision']);
    expect(
      (await post(release({ subject, summary: 'In time.' }), { 'If-Match': '"1"' })).headers['etag'],
    ).toBe('"2"');
  });

  it('lets a repeated request find what it recorded', async () => {
    const event = release({ id: ids[1], subject: 'model:repeat' });
    expect((await post(event, { 'If-Match': '"0"' })).status).toBe(201);
    expect((await post(event, { 'If-Match': '"0"' })).status).toBe(200);
  });

  it('lets one of many writers through', async () => {
    const writers = Array.from({ length: 12 }, (_, at) =>
      post(release({ subject: 'model:raced', summary: `Writer ${at}.` }), { 'If-Match': '"0"' }),
    );
    const outcomes = (await Promise.all(writers)).map((answer) => answer.status).toSorted((a, b) => a - b);
    expect(outcomes).toEqual([201, ...Array.from({ length: 11 }, () => 412)]);
  });

  it('is not given to writers of other subjects', async () => {
    const writers = Array.from({ length: 12 }, (_, at) =>
      post(release({ subject: `model:apart-${at}` }), { 'If-Match': '"0"' }),
    );
    expect((await Promise.all(writers)).map((answer) => answer.status)).toEqual(
      Array.from({ length: 12 }, () => 201),
    );
  });

  it('must be one revision, of one subject', async () => {
    expect((await post(release(), { 'If-Match': 'W/"1"' })).body.errors[0].parameter).toBe('If-Match');
    expect((await post([release(), release({ subject: 'model:two' })], { 'If-Match': '"0"' })).status).toBe(
      400,
    );
  });
});

describe('who may write', () => {
  const withKey = (authorization: string) =>
    request(service.url).post('/v1/events').set('Authorization', authorization).send(release());

  it('nobody without a key, whatever they send', async () => {
    const answer = asDescribed(await request(service.url).post('/v1/events').send({ type: 'ModelReleased' }));
    expect([answer.status, answer.body.type]).toEqual([401, '/problems/no-key']);
    expect(answer.headers['www-authenticate']).toContain('Bearer');
    expect((await withKey('Bearer nonsense')).status).toBe(401);
    expect((await withKey('Basic bmV3cw==')).status).toBe(401);
  });

  it('not a key without the scope; an admin may', async () => {
    const { keyring } = service.desk;
    const answer = asDescribed(await withKey(`Bearer ${keyring.add('reader', ['subscribe'])}`));
    expect([answer.status, answer.body.type]).toEqual([403, '/problems/missing-scope']);
    expect((await withKey(`Bearer ${keyring.add('chief', ['admin'])}`)).status).toBe(201);
  });

  it('not a key that was revoked', async () => {
    const key = service.desk.keyring.add('former', ['append']);
    expect((await withKey(`Bearer ${key}`)).status).toBe(201);
    service.desk.keyring.revoke('former');
    expect((await withKey(`Bearer ${key}`)).status).toBe(401);
  });
});

describe('corrections and retractions', () => {
  const record = async (over: Record<string, unknown>) =>
    (await post(release(over))).body as { id: string; position: number };
  const correct = (id: string, body: object) => post(body, {}, `/v1/events/${id}/corrections`);
  const retract = (id: string, body: object) => post(body, {}, `/v1/events/${id}/retraction`);
  const nameOf = async (slug: string, query = '') =>
    (await get(`/v1/models/${slug}${query}`)).body.model?.name;
  const renamed = (name: unknown) => [{ pointer: '/data/name', value: name }];

  it('of the record hold for every publication date, from their position on', async () => {
    const { id, position } = await record({ subject: 'model:misspelt' });
    const { status } = await correct(id, { kind: 'record', changes: renamed('Right'), reason: 'A slip.' });
    expect(status).toBe(201);
    expect(await nameOf('misspelt', '?publishedBy=2026-10-02')).toBe('Right');
    expect(await nameOf('misspelt', `?recordedBy=${position}`)).toBe('Spec Model');
    const { body } = await get(`/v1/events/${id}`);
    expect(body.event.data.name).toBe('Spec Model');
    expect(body.reading).toMatchObject({ corrected: true, event: { data: { name: 'Right' } } });
    expect(body.corrections).toHaveLength(1);
  });

  it('of the source hold from their own publication', async () => {
    const { id } = await record({ subject: 'model:changed-word' });
    await correct(id, {
      kind: 'source',
      changes: renamed('New word'),
      reason: 'It says so now.',
      publishedOn: '2026-11-01',
    });
    expect(await nameOf('changed-word', '?publishedBy=2026-10-31')).toBe('Spec Model');
    expect(await nameOf('changed-word', '?publishedBy=2026-11-01')).toBe('New word');
  });

  it('retract, and a retracted retraction gives the event back', async () => {
    const { id } = await record({ subject: 'model:withdrawn' });
    const retraction = await retract(id, { kind: 'record', reason: 'It was another model.' });
    expect((await get('/v1/models/withdrawn')).body.type).toBe('/problems/not-known-then');
    expect((await get(`/v1/events/${id}`)).body.reading).toBeNull();
    await retract(retraction.body.id, { kind: 'record', reason: 'It was this one after all.' });
    expect(await nameOf('withdrawn')).toBe('Spec Model');
  });

  it('must leave a lawful event', async () => {
    const { id } = await record({ subject: 'model:lawful' });
    const before = size();
    for (const [changes, pointer] of [
      [renamed(7), '/data/changes'],
      [[{ pointer: '/data/nothing/here', value: 1 }], '/data/changes/0/pointer'],
      [[{ pointer: '/subject', value: 'model:other' }], '/data/changes/0/pointer'],
    ] as const) {
      const { status, body } = await correct(id, { kind: 'record', changes, reason: 'No.' });
      expect(status).toBe(422);
      expect(pointers(body)[0]).toContain(pointer.replace('/data', ''));
    }
    expect(size()).toBe(before);
  });

  it('need an event that is there, and a whole request', async () => {
    const missing = await retract('0193f0a0-0000-7000-8000-0000000000ff', { kind: 'record', reason: 'No.' });
    expect([missing.status, missing.body.type]).toEqual([404, '/problems/unknown-event']);
    const { id } = await record({ subject: 'model:whole' });
    expect(pointers((await correct(id, { kind: 'record', reason: 'x' })).body)).toEqual(['/changes']);
    expect(pointers((await retract(id, { kind: 'whim', reason: 'x', extra: 1 })).body)).toEqual([
      '/kind',
      '/extra',
    ]);
  });

  it('cannot go round in a circle', async () => {
    const keeper = (id: string, event: string) => ({
      ...release({ id, type: 'EventRetracted', subject: 'model:circle' }),
      data: { event, kind: 'record', reason: 'Round and round.' },
    });
    const [one, other] = ['0193f0a0-0000-7000-8000-0000000000c1', '0193f0a0-0000-7000-8000-0000000000c2'];
    const { status, body } = await post([keeper(one, other), keeper(other, one)]);
    expect([status, pointers(body)]).toEqual([422, ['/0/data/event']]);
  });
});
