import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { asDescribed } from './openapiCheck.ts';
import type { TestService } from './service.ts';
import { openService, release } from './service.ts';

let service: TestService;
beforeAll(async () => {
  service = await openService();
  for (let at = 0; at < 12; at += 1) await post(release({ subject: `model:model-${at}` })).expect(201);
});
afterAll(() => service.close());

const post = (body: object) =>
  request(service.url).post('/v1/events').set('Authorization', service.mayAppend).send(body);
const get = (path: string, headers: Record<string, string> = {}) =>
  request(service.url).get(path).set('Accept-Encoding', 'identity').set(headers);
const remembered = () =>
  service.desk.metrics.remembered.answered + service.desk.metrics.remembered.notModified;

describe('how long an answer stands', () => {
  it('for ever, where it names a position and a date', async () => {
    const { headers } = asDescribed(await get('/v1/models?asOf=2026-10-05&recordedBy=3'));
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  it.each([
    '/v1/models',
    '/v1/models?asOf=2026-10-05',
    '/v1/models?recordedBy=3',
    '/v1/models?asOf=2026-10-05&recordedBy=2026-11-26',
  ])('to be asked again: %s', async (path) => {
    expect((await get(path)).headers['cache-control']).toBe('no-cache');
  });

  it('not at all, for a problem', async () => {
    expect((await get('/v1/models?asof=1')).headers['cache-control']).toBe('no-store');
  });
});

describe('a copy that a client has', () => {
  const path = '/v1/models/model-1?asOf=2026-10-06';

  it('is confirmed by 304 without a body, as long as nothing came in', async () => {
    const { headers } = await get(path);
    const { etag } = headers as { etag: string };
    expect(etag).toMatch(/^"[\w-]+"$/);
    for (const named of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await get(path, { 'If-None-Match': named });
      expect([again.status, again.text, again.headers['etag']]).toEqual([304, '', etag]);
      expect(again.headers['content-type']).toBeUndefined();
      expect(again.headers['cache-control']).toBe('no-cache');
    }
    expect((await get(path, { 'If-None-Match': '"other"' })).status).toBe(200);
  });

  it('has another tag in another encoding, and either is confirmed', async () => {
    const list = '/v1/models?asOf=2026-10-06';
    const plain = (await get(list)).headers['etag'] as string;
    const zipped = await get(list, { 'Accept-Encoding': 'gzip' });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(zipped.headers['vary']).toContain('Accept-Encoding');
    expect(zipped.headers['etag']).not.toBe(plain);
    expect((await get(list, { 'Accept-Encoding': 'gzip', 'If-None-Match': plain })).headers['etag']).toBe(
      plain,
    );
    expect(zipped.body).toEqual((await get(list)).body);
  });

  it('is not compressed where it is short', async () => {
    const short = await get('/v1/models?asOf=1999-01-01', { 'Accept-Encoding': 'gzip' });
    expect(short.headers['content-encoding']).toBeUndefined();
  });
});

describe('an answer that was given before', () => {
  it('comes from memory, with the same bytes and headers', async () => {
    const path = '/v1/models/model-2?asOf=2026-10-07';
    const first = await get(path);
    const before = remembered();
    const second = asDescribed(await get(path));
    expect(remembered()).toBe(before + 1);
    expect(second.text).toBe(first.text);
    const { date: _one, 'x-request-id': oneId, ...one } = first.headers as Record<string, string>;
    const { date: _other, 'x-request-id': otherId, ...other } = second.headers as Record<string, string>;
    expect(other).toEqual(one);
    expect(otherId).not.toBe(oneId);
  });

  it('is asked anew once the log has grown, unless it is pinned', async () => {
    const open = '/v1/models?asOf=2026-10-08';
    const pinned = '/v1/models?asOf=2026-10-08&recordedBy=12';
    const [openBefore, pinnedBefore] = [await get(open), await get(pinned)];
    await post(release({ subject: 'model:newcomer' })).expect(201);
    const before = remembered();
    const [openAfter, pinnedAfter] = [await get(open), await get(pinned)];
    expect(remembered()).toBe(before + 1);
    expect(openAfter.body.items.length).toBe(openBefore.body.items.length + 1);
    expect(openAfter.headers['etag']).not.toBe(openBefore.headers['etag']);
    expect(pinnedAfter.text).toBe(pinnedBefore.text);
  });

  it('keeps formats and encodings apart', async () => {
    const path = '/v1/models?asOf=2026-10-09';
    await get(path);
    expect((await get(path, { Accept: 'text/csv' })).headers['content-type']).toContain('text/csv');
    expect((await get(path, { Accept: 'application/xml' })).status).toBe(406);
    expect((await get(path, { 'Accept-Encoding': 'gzip' })).headers['content-encoding']).toBe('gzip');
    expect((await get(path)).headers['content-encoding']).toBeUndefined();
  });

  it('is not kept where no date was asked for', async () => {
    await get('/v1/models');
    const before = remembered();
    await get('/v1/models');
    expect(remembered()).toBe(before);
  });
});
