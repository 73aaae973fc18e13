import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import request from 'supertest';
import { asDescribed } from './openapiCheck.ts';
import type { TestService } from './service.ts';
import { openService, release } from './service.ts';

let service: TestService;
beforeAll(async () => {
  service = await openService();
  for (let at = 0; at < 5; at += 1) await post(release({ subject: `model:model-${at}` })).expect(201);
});
afterAll(() => service.close());

const post = (body: object) =>
  request(service.url).post('/v1/events').set('Authorization', service.mayAppend).send(body);
const get = async (path: string, accept = 'application/json') =>
  asDescribed(await request(service.url).get(path).set('Accept', accept));

async function everyPage(path: string): Promise<{ ids: string[]; positions: number[]; asOf: string[] }> {
  const pages = { ids: [] as string[], positions: [] as number[], asOf: [] as string[] };
  let next: string | null = path;
  while (next !== null) {
    const { body } = await get(next);
    pages.ids.push(...body.items.map((item: { id: string }) => item.id));
    pages.positions.push(body.at.position);
    pages.asOf.push(body.at.asOf);
    next = body.next === null ? null : `${path.split('?')[0]}?cursor=${body.next}&limit=2`;
    if (pages.positions.length === 1)
      await post(release({ subject: `model:meanwhile-${pages.ids.length}` })).expect(201);
  }
  return pages;
}

describe('a list in pages', () => {
  it('is the list of its first page, whatever is recorded meanwhile', async () => {
    const { body } = await get('/v1/models');
    const pages = await everyPage('/v1/models?limit=2');
    expect(pages.ids).toEqual(body.items.map((item: { id: string }) => item.id));
    expect(new Set(pages.positions).size).toBe(1);
    expect(new Set(pages.asOf).size).toBe(1);
  });

  it('of events too, with filters', async () => {
    const all = (await get('/v1/events?type=ModelReleased&after=1')).body;
    const pages = await everyPage('/v1/events?type=ModelReleased&after=1&limit=2');
    expect(pages.ids).toEqual(all.items.map((item: { id: string }) => item.id));
    expect(all.items[0].position).toBe(2);
  });

  it('names its next page in Link, for formats without an envelope', async () => {
    const { headers } = await get('/v1/models?limit=2', 'application/x-ndjson');
    const [, next] = /<([^>]*)>; rel="next"/.exec(headers['link'] as string) ?? [];
    expect((await get(next ?? '')).body.items).toHaveLength(2);
    expect(headers['tidemark-position']).toMatch(/^\d+$/);
  });

  it('takes a cursor beside the question it is of, and no other', async () => {
    const { next } = (await get('/v1/models?limit=2&asOf=2026-10-05')).body;
    expect((await get(`/v1/models?cursor=${next}`)).status).toBe(200);
    expect((await get(`/v1/models?cursor=${next}&asOf=2026-10-05`)).status).toBe(200);
    for (const wrong of [
      `/v1/models?cursor=${next}&asOf=2026-10-06`,
      `/v1/deals?cursor=${next}`,
      '/v1/models?cursor=bm9uZQ',
    ]) {
      const { status, body } = await get(wrong);
      expect([status, body.type]).toEqual([400, '/problems/invalid-cursor']);
    }
  });

  it.each(['0', '1001', '2.5', 'x', ''])('takes no limit of "%s"', async (limit) => {
    expect((await get(`/v1/models?limit=${limit}`)).body.errors[0].parameter).toBe('limit');
  });

  it('finds the events of one subject', async () => {
    const { body } = await get('/v1/events?subject=model:model-3');
    expect(body.items.map((item: { subject: string }) => item.subject)).toEqual(['model:model-3']);
    expect((await get('/v1/events?subject=model-3')).body.errors[0].parameter).toBe('subject');
    expect((await get('/v1/events?type=Nothing')).body.errors[0].parameter).toBe('type');
  });
});

describe('a list in other formats', () => {
  it('is NDJSON, an object a line', async () => {
    const { text, headers } = await request(service.url)
      .get('/v1/models')
      .set('Accept', 'application/x-ndjson')
      .buffer(true);
    expect(headers['content-type']).toBe('application/x-ndjson');
    expect(
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual((await get('/v1/models')).body.items);
  });

  it('is CSV that another library reads back', async () => {
    await post(
      release({
        subject: 'model:formula',
        data: { ...(release()['data'] as object), name: '=1+1, "quoted"\nline' },
      }),
    ).expect(201);
    const { text, headers } = await get('/v1/models', 'text/csv');
    const rows: Record<string, string>[] = parse(text, { columns: true });
    expect(headers['content-type']).toBe('text/csv; charset=utf-8; header=present');
    expect(rows.map((row) => row['id'])).toEqual(
      (await get('/v1/models')).body.items.map((item: { id: string }) => item.id),
    );
    expect(rows.find((row) => row['id'] === 'formula')?.['name']).toBe(`'=1+1, "quoted"\nline`);
    expect(JSON.parse(rows[0]?.['training'] ?? '')).toEqual([]);
  });

  it('has its columns where it is empty', async () => {
    expect((await get('/v1/models?asOf=1999-01-01', 'text/csv')).text.split(',').slice(0, 2)).toEqual([
      'id',
      'state',
    ]);
  });

  it('is JSON where anything is accepted, and refused where nothing fits', async () => {
    expect((await get('/v1/models', '*/*')).headers['content-type']).toBe('application/json');
    const { status, body } = await get('/v1/models', 'image/png');
    expect([status, body.type]).toEqual([406, '/problems/not-acceptable']);
  });
});
