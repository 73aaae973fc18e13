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

const get = async (path: string) => asDescribed(await request(service.app).get(path));
const lists = ['instruments', 'controls', 'companies', 'chips', 'deals', 'clusters', 'models', 'upcoming', 'events'];
const clocks = ['', '?asOf=2025-01-05&publishedBy=2025-01-05', '?asOf=1999-01-01', '?asOf=2027-06-01', '?recordedBy=0&asOf=2024-01-01'];

describe('every answer is as the description says', () => {
  it.each(lists.flatMap((list) => clocks.map((query) => `/v1/${list}${query}`)))('%s', async (path) => {
    const { status, body } = await get(path);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['at', 'items', 'next']);
  });

  it.each(['/v1/state', '/v1/state?asOf=2025-01-05&publishedBy=2025-01-05', '/v1/state?asOf=1999-01-01'])('%s', async (path) => {
    expect((await get(path)).status).toBe(200);
  });

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
  ])('each of /v1/%s, at /v1/…/{id}%s', async (list, rest) => {
    const { body } = await get(`/v1/${list}`);
    for (const { id } of body.items as { id: string }[]) {
      expect((await get(`/v1/${list}/${id}${rest}`)).status).toBe(200);
    }
  }, 60_000);

  it('each destination', async () => {
    const { body } = await get('/v1/state');
    for (const { id } of body.destinations as { id: string }[]) {
      expect((await get(`/v1/destinations/${id}?asOf=2024-06-01`)).status).toBe(200);
    }
  });
});
