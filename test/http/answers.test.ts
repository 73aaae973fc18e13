import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { asDescribed } from './openapiCheck.ts';
import type { TestService } from './service.ts';
import { openService } from './service.ts';

let service: TestService;
beforeAll(async () => {
  service = await openService({ chronicle: true });
}, 60_000);
afterAll(() => service.close());

const get = async (path: string) => asDescribed(await request(service.url).get(path));
const lists = [
  'instruments',
  'controls',
  'companies',
  'chips',
  'deals',
  'clusters',
  'models',
  'upcoming',
  'events',
];
const clocks = ['', '?asOf=2025-01-05&publishedBy=2025-01-05', '?asOf=2027-06-01'];

describe('every answer on the shipped history is as the description says', () => {
  it.each(lists.flatMap((list) => clocks.map((query) => `/v1/${list}${query}`)))('%s', async (path) => {
    const { status, body } = await get(path);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['at', 'items', 'next']);
  });

  it('the whole state', async () => {
    expect((await get('/v1/state?asOf=2025-01-05')).body.companies.length).toBeGreaterThan(50);
  }, 20_000);

  it.each([
    ['chips', ''],
    ['deals', ''],
    ['clusters', ''],
    ['models', ''],
    ['instruments', ''],
    ['companies', ''],
    ['companies', '/posture'],
    ['companies', '/timeline'],
    ['instruments', '/timeline'],
  ])(
    'of /v1/%s, each tenth{id}%s',
    async (list, rest) => {
      const { body } = await get(`/v1/${list}`);
      const ids = (body.items as { id: string }[]).map((item) => item.id);
      expect(ids.length).toBeGreaterThan(10);
      for (const id of ids.filter((_, at) => at % 10 === 0)) {
        expect((await get(`/v1/${list}/${id}${rest}`)).status).toBe(200);
      }
    },
    20_000,
  );

  it.each(['CN', 'MO', 'AE'])('the destination %s', async (code) => {
    expect((await get(`/v1/destinations/${code}?asOf=2024-06-01`)).body.destination.id).toBe(code);
  });

  it('an event of the log', async () => {
    const { body } = await get('/v1/events?limit=1');
    expect((await get(`/v1/events/${body.items[0].id}`)).body.event).toEqual(body.items[0]);
  });
});

describe('before the first event', () => {
  it('the state is well-formed and empty, not a 404', async () => {
    const { body } = await get('/v1/state?asOf=2025-01-05&recordedBy=0');
    expect(body.at).toMatchObject({ position: 0, recordedAt: null, prospective: false });
    for (const list of ['instruments', 'companies', 'chips', 'deals', 'clusters', 'models'])
      expect(body[list]).toEqual([]);
  });
});
