/** Do the pages keep to the rules that the answers in JSON keep to? */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { pagesOf } from './pages.ts';
import type { TestService } from './service.ts';
import { openService } from './service.ts';

let service: TestService;
beforeAll(async () => {
  service = await openService({ page: pagesOf, chronicle: true });
});
afterAll(() => service.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  request(service.url).get(path).set(headers);
const alertIn = (text: string) => /role="alert">([^<]*)</.exec(text)?.[1];
const ship = '/ship?chip=h800&destination=CN&asOf=2023-10-24';

describe.each(['/?asOf=2025-01-05', '/ship', ship])('%s', (path) => {
  it('may be kept, and is asked for again each time', async () => {
    const { status, headers } = await get(path);
    expect([status, headers['cache-control']]).toEqual([200, 'no-cache']);
    expect(headers['etag']).toMatch(/^"[\w-]+"$/);
    const again = await get(path, { 'If-None-Match': String(headers['etag']) });
    expect([again.status, again.text, again.headers['etag']]).toEqual([304, '', headers['etag']]);
    expect((await get(path, { 'If-None-Match': '"other"' })).status).toBe(200);
  });

  it('runs no script from elsewhere', async () => {
    expect((await get(path)).headers['content-security-policy']).toContain("script-src 'self'");
  });
});

describe('a form that cannot be answered', () => {
  it.each([
    ['/?asOf=2025-02-30', 'asOf must be YYYY-MM-DD'],
    ['/?asOf=2025-01-05&asOf=2025-01-06', 'asOf must be YYYY-MM-DD'],
    ['/?publishedBy=2030-01-01', 'publishedBy is 2030-01-01, after tomorrow'],
    ['/?colour=red', 'colour is no field of this page; it takes asOf and publishedBy.'],
    ['/ship?destination=CN', 'chip is missing; give chip, such as chip=h800'],
    [`${ship}&asOf=2024-01-01`, 'asOf must be YYYY-MM-DD'],
  ])('is shown again with what is to be mended, and not kept: %s', async (path, message) => {
    const { status, headers, text } = await get(path);
    expect([status, headers['cache-control'], headers['etag']]).toEqual([400, 'no-store', undefined]);
    expect(alertIn(text)).toContain(message);
    expect(text).toContain('<form');
  });

  it('shows what was typed', async () => {
    expect((await get('/?asOf=2025-02-30')).text).toContain('value="2025-02-30"');
  });
});
