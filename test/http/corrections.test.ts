/** Can the record be corrected without being rewritten? */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { asDescribed } from './openapiCheck.ts';
import type { TestService } from './service.ts';
import { openService, release } from './service.ts';

let service: TestService;
beforeAll(async () => {
  service = await openService({ chronicle: true });
}, 60_000);
afterAll(() => service.close());

const get = async (path: string) => asDescribed(await request(service.url).get(path));
const send = async (path: string, body: unknown, headers: Record<string, string> = {}) =>
  asDescribed(
    await request(service.url)
      .post(path)
      .set({ Authorization: service.mayAppend, ...headers })
      .send(body as object),
  );
const record = async (event: object) => {
  const { status, body } = await send('/v1/events', event);
  expect(status).toBe(201);
  return body.id as string;
};
const correct = (id: string, body: object, headers?: Record<string, string>) =>
  send(
    `/v1/events/${id}/corrections`,
    { kind: 'record', reason: 'It was copied wrongly.', ...body },
    headers,
  );
const retract = (id: string, body: object = {}) =>
  send(`/v1/events/${id}/retraction`, { kind: 'record', reason: 'It was never said.', ...body });
const pointers = (body: { errors: { pointer: string }[] }) => body.errors.map((fault) => fault.pointer);

/** What The Information reported of ByteDance on 2024-12-30: $7 billion of chips to be rented abroad. */
const plan = '84789248-3d79-561f-bee2-54e786071b2e';
const deal = '/v1/deals/bytedance-7bn-overseas-rental-plan-2025';
const rentedFor = async (query: string) => {
  const { body } = await get(`${deal}?${query}`);
  return (
    body.deal.channels.find((entry: { channel: string }) => entry.channel === 'rented').amount.value.best /
    1e9
  );
};
const billions = (value: number) => [{ pointer: '/data/amount/value/best', value: value * 1e9 }];
const then = 'asOf=2025-01-05&publishedBy=2025-01-05';

/** A model of a spec of its own, with `parametersTotal` to be corrected. */
const model = async (slug: string, over: object = {}) =>
  record(
    release({
      subject: `model:${slug}`,
      data: { ...(release()['data'] as object), parametersTotal: 100 },
      ...over,
    }),
  );
const parameters = async (slug: string, query = '') => {
  const { body } = await get(`/v1/explain?subject=model:${slug}&attribute=parametersTotal${query}`);
  return body.values[0]?.winner.value as unknown;
};

describe('a correction of a named field', () => {
  it('changes the answers after it, and not one byte of those before it', async () => {
    const head = service.tidemark.position;
    const pinned = [
      `${deal}?${then}`,
      `/v1/companies/bytedance/posture?${then}`,
      '/v1/state?asOf=2025-01-05',
      `/v1/events/${plan}?asOf=2025-01-05`,
    ].map((path) => `${path}&recordedBy=${head}`);
    const before = await Promise.all(pinned.map(async (path) => (await get(path)).text));
    expect(await rentedFor(then)).toBe(7);
    const { status, body, headers } = await correct(plan, { changes: billions(6.5) });
    expect([status, body.position]).toEqual([201, head + 1]);
    expect(headers['location']).toBe(`/v1/events/${body.id}`);
    // We wrote it down wrongly: it was so all along.
    expect(await rentedFor(then)).toBe(6.5);
    expect(await Promise.all(pinned.map(async (path) => (await get(path)).text))).toEqual(before);
    const events = (await get(`/v1/events/${plan}`)).body;
    expect(events.event.data.amount.value.best).toBe(7e9);
    expect([events.reading.corrected, events.reading.event.data.amount.value.best]).toEqual([true, 6.5e9]);
    expect(events.corrections.map((event: { id: string }) => event.id)).toEqual([body.id]);
    const { claims } = (await get(`${deal}?${then}`)).body.deal;
    expect(claims.find((claim: { event: string }) => claim.event === plan).status).toBe('denied');
    await retract(body.id);
    expect(await rentedFor(then)).toBe(7);
  }, 30_000);

  it.each([
    ['record', '2026-01-10', 200],
    ['record', '2026-02-10', 200],
    ['source', '2026-01-10', 100],
    ['source', '2026-01-31', 100],
    ['source', '2026-02-01', 200],
    ['source', '2026-02-10', 200],
  ])('of kind %s, published on 2026-02-01, reads on %s as %d', async (kind, publishedBy, expected) => {
    const slug = `spec-${kind}-${publishedBy}`;
    const id = await model(slug, { publishedOn: '2026-01-05' });
    const changes = [{ pointer: '/data/parametersTotal', value: 200 }];
    expect((await correct(id, { kind, publishedOn: '2026-02-01', changes })).status).toBe(201);
    expect(await parameters(slug, `&asOf=2026-03-01&publishedBy=${publishedBy}`)).toBe(expected);
  });

  it('of a field that was corrected before wins over the earlier one', async () => {
    const id = await model('spec-twice');
    await correct(id, { changes: [{ pointer: '/data/parametersTotal', value: 200 }] });
    await correct(id, { changes: [{ pointer: '/data/parametersTotal', value: 300 }] });
    expect(await parameters('spec-twice')).toBe(300);
  });
});

describe('a correction of a correction', () => {
  it('changes what the correction says, and gives it back once it is retracted; so does every step at its position', async () => {
    const id = await model('spec-steps');
    const [first] = [service.tidemark.position];
    const correction = (await correct(id, { changes: [{ pointer: '/data/parametersTotal', value: 200 }] }))
      .body.id as string;
    const ofIt = await correct(correction, { changes: [{ pointer: '/data/changes/0/value', value: 250 }] });
    expect(ofIt.status).toBe(201);
    expect(await parameters('spec-steps')).toBe(250);
    await retract(ofIt.body.id as string);
    expect(await parameters('spec-steps')).toBe(200);
    const retraction = (await retract(correction)).body.id as string;
    expect(await parameters('spec-steps')).toBe(100);
    await retract(retraction);
    expect(await parameters('spec-steps')).toBe(200);
    const history = await Promise.all(
      [0, 1, 2, 3, 4, 5].map(async (step) => parameters('spec-steps', `&recordedBy=${(first ?? 0) + step}`)),
    );
    expect(history).toEqual([100, 200, 250, 200, 100, 200]);
  });

  it('is refused where the event that it reaches through the other would not be lawful', async () => {
    const id = await model('spec-through');
    const first = (await correct(id, { changes: [{ pointer: '/data/parametersTotal', value: 200 }] })).body
      .id as string;
    const second = (await correct(first, { changes: [{ pointer: '/data/changes/0/value', value: 250 }] }))
      .body.id as string;
    const head = service.tidemark.position;
    for (const target of [first, second]) {
      const { status, body } = await correct(target, {
        changes: [{ pointer: '/data/changes/0/value', value: 'many' }],
      });
      expect([status, pointers(body)]).toEqual([422, ['/changes']]);
      expect(body.errors[0].message).toMatch(/not lawful: \/data\/parametersTotal/);
    }
    expect([service.tidemark.position, await parameters('spec-through')]).toEqual([head, 250]);
  });
});

describe('corrections of one event in one batch', () => {
  const correcting = (event: string, changes: object[]) => ({
    type: 'EventCorrected',
    subject: 'deal:bytedance-7bn-overseas-rental-plan-2025',
    publishedOn: '2026-11-20',
    standing: 'official',
    summary: 'It was copied wrongly.',
    data: { event, kind: 'record', reason: 'It was copied wrongly.', changes },
  });
  const low = (value: number) => ({ pointer: '/data/amount/value/low', value });

  it('are judged by each other: what is lawful alone may not be so after another', async () => {
    const head = service.tidemark.position;
    const { status, body } = await send('/v1/events', [
      correcting(plan, [low(7e9)]),
      correcting(plan, [{ pointer: '/data/amount/value/best', value: 6e9 }]),
    ]);
    expect([status, pointers(body)]).toEqual([422, ['/1/data/changes']]);
    expect(service.tidemark.position).toBe(head);
  });

  it('are refused after a retraction', async () => {
    const retracting = {
      ...correcting(plan, []),
      type: 'EventRetracted',
      data: { event: plan, kind: 'record', reason: 'No.' },
    };
    const { status, body } = await send('/v1/events', [retracting, correcting(plan, [low(7e9)])]);
    expect([status, pointers(body)]).toEqual([422, ['/1/data/event']]);
  });
});

describe('a retraction', () => {
  it('takes an event out of every answer after it, and is taken back by another', async () => {
    const id = await model('spec-gone');
    const head = service.tidemark.position;
    const before = await get(`/v1/models/spec-gone?asOf=2026-11-01&recordedBy=${head}`);
    expect(before.status).toBe(200);
    const retraction = (await retract(id)).body.id as string;
    expect((await get('/v1/models/spec-gone')).body.type).toBe('/problems/not-known-then');
    expect((await get('/v1/models')).body.items.map((item: { id: string }) => item.id)).not.toContain(
      'spec-gone',
    );
    expect((await get(`/v1/events/${id}`)).body.reading).toBeNull();
    expect((await get(`/v1/models/spec-gone?asOf=2026-11-01&recordedBy=${head}`)).text).toBe(before.text);
    expect((await retract(retraction)).status).toBe(201);
    expect((await get('/v1/models/spec-gone')).status).toBe(200);
  });

  it('of kind source leaves what was public before it', async () => {
    const id = await model('spec-recalled', { publishedOn: '2026-01-05' });
    await retract(id, { kind: 'source', publishedOn: '2026-02-01' });
    expect((await get('/v1/models/spec-recalled?publishedBy=2026-01-31')).status).toBe(200);
    expect((await get('/v1/models/spec-recalled?publishedBy=2026-02-01')).body.type).toBe(
      '/problems/not-known-then',
    );
  });
});

describe('two people who correct the same event at once', () => {
  const changes = (value: number) => ({ changes: [{ pointer: '/data/parametersTotal', value }] });

  it('are told apart by the revision: the second hears 412, reads, and decides again', async () => {
    const id = await model('spec-contested');
    expect((await correct(id, changes(200), { 'If-Match': '"1"' })).status).toBe(201);
    const second = await correct(id, changes(300), { 'If-Match': '"1"' });
    expect([second.status, second.body.type]).toEqual([412, '/problems/wrong-revision']);
    expect(second.body.detail).toContain('/v1/events?subject=model:spec-contested');
    expect(await parameters('spec-contested')).toBe(200);
    expect((await correct(id, changes(300), { 'If-Match': '"2"' })).headers['etag']).toBe('"3"');
  });

  it('cannot both win, however close they come', async () => {
    const id = await model('spec-race');
    const tries = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((value) => correct(id, changes(value), { 'If-Match': '"1"' })),
    );
    expect(tries.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      201, 412, 412, 412, 412, 412,
    ]);
    const winner = tries.findIndex(({ status }) => status === 201) + 1;
    expect(await parameters('spec-race')).toBe(winner);
  });
});

describe('a correction that cannot be', () => {
  it.each([
    [
      'a field that the event does not have',
      [{ pointer: '/data/nothing/deep', value: 1 }],
      '/changes/0/pointer',
    ],
    [
      'a place after the end of a list',
      [
        { pointer: '/data/amount/value/best', value: 1 },
        { pointer: '/sources/9/url', value: 'x' },
      ],
      '/changes/1/pointer',
    ],
    ['the subject', [{ pointer: '/subject', value: 'deal:another' }], '/changes/0/pointer'],
    ['the id', [{ pointer: '/id', value: plan }], '/changes/0/pointer'],
    [
      'what the service stamps',
      [{ pointer: '/recordedAt', value: '2020-01-01T00:00:00.000Z' }],
      '/changes/0/pointer',
    ],
    ['no pointer at all', [{ pointer: 'data.amount', value: 1 }], '/changes/0/pointer'],
    ['a value that leaves an unlawful event', [{ pointer: '/data/stage', value: 'imagined' }], '/changes'],
    ['a date that does not exist', [{ pointer: '/publishedOn', value: '2025-02-30' }], '/changes'],
    ['a value of another type', [{ pointer: '/data/amount/value/best', value: 'many' }], '/changes'],
    ['nothing', [], '/changes'],
  ])('for %s is refused with its place, and nothing is recorded', async (_what, changes, pointer) => {
    const before = service.tidemark.position;
    const { status, body } = await correct(plan, { changes });
    expect([status, body.type, pointers(body)]).toEqual([422, '/problems/invalid-event', [pointer]]);
    expect(service.tidemark.position).toBe(before);
  });

  it('says what would not be lawful', async () => {
    const { body } = await correct(plan, { changes: [{ pointer: '/data/stage', value: 'imagined' }] });
    expect(body.errors[0].message).toContain('/data/stage');
  });

  it('cannot turn a correction to another target or kind', async () => {
    const id = await model('spec-target');
    const correction = (await correct(id, { changes: [{ pointer: '/summary', value: 'Better said.' }] })).body
      .id as string;
    for (const change of [
      { pointer: '/data/event', value: plan },
      { pointer: '/data/kind', value: 'source' },
    ]) {
      expect(pointers((await correct(correction, { changes: [change] })).body)).toEqual([
        '/changes/0/pointer',
      ]);
    }
  });

  it('is of no event, or of one that is retracted', async () => {
    const unknown = await correct('0193f0a0-0000-7000-8000-0000000000ff', { changes: billions(1) });
    expect([unknown.status, unknown.body.type]).toEqual([404, '/problems/unknown-event']);
    const id = await model('spec-retracted');
    await retract(id);
    const late = await correct(id, { changes: [{ pointer: '/summary', value: 'Too late.' }] });
    expect([late.status, late.body.errors[0].message]).toEqual([422, expect.stringContaining('retracted')]);
    expect((await retract(id)).status).toBe(422);
  });

  it('lacks its kind, its reason, or has a field too much', async () => {
    const { body } = await send(`/v1/events/${plan}/corrections`, { changes: billions(1), why: 'x' });
    expect(pointers(body).toSorted()).toEqual(['/kind', '/reason', '/why']);
  });

  it('needs a key', async () => {
    const path = `/v1/events/${plan}/corrections`;
    const { status } = asDescribed(
      await request(service.url)
        .post(path)
        .send({ kind: 'record', reason: 'x', changes: billions(1) }),
    );
    expect(status).toBe(401);
  });
});
