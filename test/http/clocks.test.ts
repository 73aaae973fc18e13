import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { asDescribed } from './openapiCheck.ts';
import type { TestService } from './service.ts';
import { openService, release } from './service.ts';

let service: TestService;
let secondId: string;
const get = async (path: string) => asDescribed(await request(service.url).get(path));
const post = (body: object) =>
  request(service.url).post('/v1/events').set('Authorization', service.mayAppend).send(body);

beforeAll(async () => {
  service = await openService({ now: '2026-03-01T10:00:00.000Z' });
  await post(release({ publishedOn: '2026-02-01' })).expect(201);
  service.setNow('2026-03-02T10:00:00.000Z');
  const later = await post(
    release({ subject: 'model:later-model', publishedOn: '2026-02-20', summary: 'Another.' }),
  );
  secondId = later.body.id;
  service.setNow('2026-03-03T10:00:00.000Z');
});
afterAll(() => service.close());

const faults = (body: { errors: { parameter: string; message: string }[] }) =>
  body.errors.map((fault) => fault.parameter);

describe('where an answer stands', () => {
  it('fills in the instant of the request where no date was asked for, and leaves publication without limit', async () => {
    const { at } = (await get('/v1/models')).body;
    expect(at).toEqual({
      asOf: '2026-03-03T10:00:00.000Z',
      publishedBy: null,
      position: 2,
      recordedAt: '2026-03-02T10:00:00.000Z',
      prospective: false,
      coverage: [],
    });
  });

  it('says an instant in UTC, however it was asked', async () => {
    const { at } = (await get('/v1/models?asOf=2026-03-01T12:00:00%2B08:00')).body;
    expect(at.asOf).toBe('2026-03-01T04:00:00.000Z');
  });

  it('is prospective after the day of recording, and depends on the log alone', async () => {
    expect((await get('/v1/models?asOf=2026-03-02')).body.at.prospective).toBe(false);
    expect((await get('/v1/models?asOf=2026-03-03')).body.at.prospective).toBe(true);
    expect((await get('/v1/models?asOf=2026-03-02&recordedBy=1')).body.at.prospective).toBe(true);
  });

  it('takes recordedBy as a position, an instant, or the end of a day in UTC', async () => {
    const positionOf = async (recordedBy: string) =>
      (await get(`/v1/models?recordedBy=${recordedBy}`)).body.at.position;
    expect(await positionOf('1')).toBe(1);
    expect(await positionOf('2026-03-01')).toBe(1);
    expect(await positionOf('2026-03-02')).toBe(2);
    expect(await positionOf('2026-03-02T09:59:59Z')).toBe(1);
    expect(await positionOf('2026-03-02T10:00:00Z')).toBe(2);
    expect(await positionOf('2026-02-28')).toBe(0);
  });
});

describe('how far the record reaches', () => {
  const scope = 'what this spec records';
  const declaration = {
    type: 'CoverageDeclared',
    subject: 'coverage:spec',
    publishedOn: '2026-03-02',
    standing: 'official',
    summary: 'How far this record reaches.',
    data: { scope, from: '2018-08', to: '2026-02-20', text: 'Dense to 2026; see the affair of 2025.' },
    doubts: [{ field: 'sources', why: 'unsourced: a statement of the editors' }],
  };
  let covering: TestService;
  beforeAll(async () => {
    covering = await openService({ now: '2026-03-02T10:00:00.000Z' });
    await request(covering.url)
      .post('/v1/events')
      .set('Authorization', covering.mayAppend)
      .send(declaration)
      .expect(201);
  });
  afterAll(() => covering.close());
  const noted = async (query: string) =>
    asDescribed(await request(covering.url).get(`/v1/models?${query}`)).body.at.coverage;
  const begins = `The record on “${scope}” begins with 2018-08; its silence on what came before says nothing.`;

  it.each(['asOf=2018-08-01', 'asOf=2026-02-20', 'asOf=2025-01-05&publishedBy=2025-01-05'])(
    'is not said within it: %s',
    async (query) => {
      expect(await noted(query)).toEqual([]);
    },
  );

  it.each(['asOf=1990-01-01', 'asOf=2018-07-31', 'asOf=1990-01-01&publishedBy=1990-01-01'])(
    'is said of a day before it, without a word of what came later: %s',
    async (query) => {
      const { scope: of, from, to } = declaration.data;
      expect(await noted(query)).toEqual([
        { subject: 'coverage:spec', scope: of, from, to, text: begins, asked: 'before' },
      ]);
    },
  );

  it('is said of a day after it, and of two days on both sides', async () => {
    expect(await noted('asOf=2026-02-21')).toMatchObject([{ text: declaration.data.text, asked: 'after' }]);
    expect(await noted('asOf=1990-01-01&publishedBy=2026-02-25')).toMatchObject([
      { text: `${begins} ${declaration.data.text}`, asked: 'both' },
    ]);
  });
});

describe('clocks that cannot be', () => {
  it.each([
    ['asOf=2025-02-30', 'asOf'],
    ['asOf=2025-13-01', 'asOf'],
    ['asOf=2025', 'asOf'],
    ['asOf=', 'asOf'],
    ['asOf=yesterday', 'asOf'],
    ['publishedBy=2025-02-29', 'publishedBy'],
    ['recordedBy=2025-00-10', 'recordedBy'],
    ['recordedBy=-1', 'recordedBy'],
    ['asof=2025-01-05', 'asof'],
    ['asOf=2025-01-05&asOf=2025-01-06', 'asOf'],
  ])('%s is refused by name', async (query, parameter) => {
    const { status, body } = await get(`/v1/models?${query}`);
    expect([status, body.type, faults(body)]).toEqual([400, '/problems/invalid-parameter', [parameter]]);
  });

  it.each([
    ['publishedBy=2026-03-05', 'publishedBy'],
    ['publishedBy=2026-03-05T00:00:00Z', 'publishedBy'],
    ['recordedBy=3', 'recordedBy'],
    ['recordedBy=2026-03-04', 'recordedBy'],
    ['recordedBy=2026-03-03T10:00:01Z', 'recordedBy'],
  ])('%s runs ahead', async (query, parameter) => {
    const { status, body } = await get(`/v1/models?${query}`);
    expect([status, body.type, faults(body)]).toEqual([400, '/problems/clock-ahead', [parameter]]);
  });

  it('lets publication run to tomorrow, and asOf anywhere', async () => {
    expect((await get('/v1/models?publishedBy=2026-03-04')).status).toBe(200);
    expect((await get('/v1/models?asOf=2999-01-01')).status).toBe(200);
  });

  it('helps with a misspelt name', async () => {
    const { body } = await get('/v1/models?asof=2025-01-05');
    expect(body.errors).toEqual([{ parameter: 'asof', message: 'is no parameter; did you mean asOf?' }]);
  });
});

describe('what is not known', () => {
  it('of a subject that no event ever named is unknown-subject', async () => {
    const { status, body } = await get('/v1/models/nobody');
    expect([status, body.type]).toEqual([404, '/problems/unknown-subject']);
    expect((await get('/v1/companies/No_Slug%2F..')).status).toBe(404);
  });

  it('of one that became public later is not-known-then, and tells nothing more unless asked in hindsight', async () => {
    const plain = (await get('/v1/models/later-model?publishedBy=2026-02-10')).body;
    expect([plain.status, plain.type]).toEqual([404, '/problems/not-known-then']);
    expect(plain.detail).not.toContain('2026-02-20');
    const hindsight = (await get('/v1/models/later-model?publishedBy=2026-02-10&hindsight=true')).body;
    expect(hindsight.detail).toContain('publishedBy=2026-02-20');
    expect(hindsight.detail).toContain('position 2');
  });

  it('of one recorded later is not-known-then as well', async () => {
    expect((await get('/v1/models/later-model?recordedBy=1')).body.type).toBe('/problems/not-known-then');
  });

  it('of an event that was public later is unknown-event', async () => {
    expect((await get(`/v1/events/${secondId}`)).status).toBe(200);
    expect((await get(`/v1/events/${secondId}?publishedBy=2026-02-10`)).body.type).toBe(
      '/problems/unknown-event',
    );
    expect((await get(`/v1/events/${secondId}?recordedBy=1`)).body.type).toBe('/problems/unknown-event');
    expect((await get('/v1/events/not-an-id')).body.errors).toEqual([
      { parameter: 'id', message: 'must be a UUID in lower case, the id of a recorded event' },
    ]);
  });
});
