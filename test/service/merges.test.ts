/** Two ids name one thing: what happens to the old one? */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { asDescribed } from '../http/openapiCheck.ts';
import type { TestService } from '../http/service.ts';
import { openService, release } from '../http/service.ts';

let service: TestService;
let mergeId: string;
/** The log before the merge. */
let before: number;
beforeAll(async () => {
  service = await openService();
  await record(
    release({ subject: 'model:old-name', publishedOn: '2026-02-01', summary: 'Under the old name.' }),
  );
  await record(
    release({ subject: 'model:new-name', publishedOn: '2026-03-01', summary: 'Under the new name.' }),
  );
  before = service.tidemark.position;
  mergeId = await record(merge('model:old-name', 'model:new-name', { publishedOn: '2026-04-01' }));
});
afterAll(() => service.close());

const get = async (path: string) => asDescribed(await request(service.url).get(path).redirects(0));
const send = async (path: string, body: object) =>
  asDescribed(await request(service.url).post(path).set('Authorization', service.mayAppend).send(body));
async function record(event: object): Promise<string> {
  const { status, body } = await send('/v1/events', event);
  expect(status).toBe(201);
  return body.id as string;
}
function merge(from: string, into: string, over: object = {}): object {
  return {
    type: 'SubjectsMerged',
    subject: into,
    publishedOn: '2026-04-01',
    standing: 'official',
    summary: 'Two ids, one thing.',
    data: { from, into, reason: 'The same thing was recorded twice.' },
    ...over,
  };
}
const modelIds = async (query = '') =>
  (await get(`/v1/models${query}`)).body.items.map((item: { id: string }) => item.id) as string[];

describe('the old id of a merged subject', () => {
  it('moves for good to the new one, with the whole question (308)', async () => {
    const { status, headers } = await get('/v1/models/old-name?asOf=2026-05-01&hindsight=true');
    expect([status, headers['location']]).toEqual([
      308,
      '/v1/models/new-name?asOf=2026-05-01&hindsight=true',
    ]);
    const { body } = await get(headers['location'] as string);
    expect(body.model.id).toBe('new-name');
  });

  it('is in no list any more, and its events count for the new one', async () => {
    expect(await modelIds()).toEqual(['new-name']);
    const { claims } = (await get('/v1/models/new-name')).body.model;
    expect(claims.map((claim: { summary: string }) => claim.summary)).toEqual([
      'Two ids, one thing.',
      'Under the new name.',
      'Under the old name.',
    ]);
  });

  it('answers for itself where the merge is not public yet, or not recorded', async () => {
    for (const query of ['?publishedBy=2026-03-31', `?recordedBy=${before}`]) {
      expect((await get(`/v1/models/old-name${query}`)).body.model.id).toBe('old-name');
      expect(await modelIds(query)).toEqual(['new-name', 'old-name']);
    }
  });

  it('is moved whatever day is asked about: that two ids are one is no state of the world', async () => {
    expect((await get('/v1/models/old-name?asOf=2026-02-15')).status).toBe(308);
  });

  it('is explained under the new one', async () => {
    const { body } = await get('/v1/explain?subject=model:old-name&attribute=name');
    expect(body.subject).toBe('model:new-name');
    expect(body.values[0].losers).toHaveLength(1);
  });

  it('moves in datetime negotiation as well, and was itself before', async () => {
    const at = (datetime: string) =>
      request(service.url).get('/v1/models/old-name').redirects(0).set('Accept-Datetime', datetime);
    const then = await at('Sun, 01 Mar 2026 00:00:00 GMT');
    expect([then.status, then.body.model.id]).toEqual([200, 'old-name']);
    const now = await at('Fri, 01 May 2026 00:00:00 GMT');
    expect([now.status, now.headers['location']]).toEqual([308, '/v1/models/new-name']);
    expect(now.headers['vary']).toContain('Accept-Datetime');
    expect(now.headers['memento-datetime']).toBeUndefined();
  });

  it('follows one merge after another to the end, and is never led in a circle', async () => {
    await record(release({ subject: 'model:newest-name', publishedOn: '2026-05-01' }));
    const second = await record(merge('model:new-name', 'model:newest-name'));
    expect((await get('/v1/models/old-name')).headers['location']).toBe('/v1/models/newest-name');
    expect(await modelIds()).toEqual(['newest-name']);
    for (const from of ['model:newest-name', 'model:new-name']) {
      const { status, body } = await send('/v1/events', merge(from, 'model:old-name'));
      expect([from, status, body.errors?.[0].pointer]).toEqual([from, 422, '/data/into']);
    }
    await send(`/v1/events/${second}/retraction`, { kind: 'record', reason: 'Not so.' });
    expect((await get('/v1/models/old-name')).headers['location']).toBe('/v1/models/new-name');
  });

  it('answers again for itself once the merge is retracted, and the merged answers stay as they were', async () => {
    const pinned = `/v1/models/new-name?asOf=2026-06-01&recordedBy=${service.tidemark.position}`;
    const merged = (await get(pinned)).text;
    await send(`/v1/events/${mergeId}/retraction`, { kind: 'record', reason: 'They are two things.' });
    const { status, body } = await get('/v1/models/old-name');
    expect([status, body.model.id]).toEqual([200, 'old-name']);
    expect(await modelIds('?publishedBy=2026-04-30')).toEqual(['new-name', 'old-name']);
    expect((await get('/v1/models/new-name')).body.model.claims).toHaveLength(1);
    expect((await get(pinned)).text).toBe(merged);
  });
});

describe('a merge that cannot be', () => {
  it.each([
    [
      'of a subject into itself, then into another',
      [merge('model:one', 'model:one'), merge('model:one', 'model:two')],
    ],
    [
      'in a circle, then into a third',
      [merge('model:one', 'model:two'), merge('model:two', 'model:one'), merge('model:one', 'model:three')],
    ],
  ])('is told of where a batch has one %s', async (_what, batch) => {
    for (const name of ['one', 'two', 'three'])
      await record(release({ subject: `model:${name}`, publishedOn: '2026-05-01' }));
    const head = service.tidemark.position;
    expect((await send('/v1/events', batch)).status).toBe(422);
    expect(service.tidemark.position).toBe(head);
  });

  it('closes a circle with others of its batch', async () => {
    await record(release({ subject: 'model:one', publishedOn: '2026-05-01' }));
    await record(release({ subject: 'model:two', publishedOn: '2026-05-01' }));
    const head = service.tidemark.position;
    const { status, body } = await send('/v1/events', [
      merge('model:one', 'model:two'),
      merge('model:two', 'model:one'),
    ]);
    expect([status, body.errors?.[0].pointer]).toEqual([422, '/1/data/into']);
    expect(service.tidemark.position).toBe(head);
  });

  it.each([
    ['of a subject into itself', merge('model:new-name', 'model:new-name')],
    ['of what no event speaks of', merge('model:nobody', 'model:new-name')],
    ['of two kinds', merge('party:spec-laboratory', 'model:new-name')],
  ])('%s is refused at its place', async (_what, event) => {
    const { status, body } = await send('/v1/events', event);
    expect([status, body.errors.map((fault: { pointer: string }) => fault.pointer)]).toEqual([
      422,
      ['/data/from'],
    ]);
  });
});
