/** Does datetime negotiation keep the rules of RFC 7089? Each spec names the section. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import request from 'supertest';
import { endpoints } from '../../src/http/endpoints.ts';
import { httpDate, secondOfHttpDate } from '../../src/http/httpDate.ts';
import { asDescribed } from './openapiCheck.ts';
import type { TestService } from './service.ts';
import { openService, release } from './service.ts';

let service: TestService;
beforeAll(async () => {
  service = await openService({ chronicle: true });
}, 60_000);
afterAll(() => service.close());

const get = async (path: string, headers: Record<string, string> = {}) =>
  asDescribed(await request(service.url).get(path).set('Accept-Encoding', 'identity').set(headers));
const at = (path: string, datetime: string, headers: Record<string, string> = {}) =>
  get(path, { 'Accept-Datetime': datetime, ...headers });

interface Linked {
  readonly uri: string;
  readonly rel: string;
  readonly datetime: string | undefined;
}
/** RFC 8288, as far as it is used. */
function linksIn(text: string): Linked[] {
  return [...text.matchAll(/<([^>]*)>((?:; \w+="[^"]*")+)/g)].map(([, uri = '', rest = '']) => {
    const values = Object.fromEntries(
      [...rest.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
    );
    return { uri, rel: values['rel'] ?? '', datetime: values['datetime'] };
  });
}
const linksOf = (headers: unknown) => linksIn((headers as Record<string, string>)['link'] ?? '');
const byRel = (headers: unknown, rel: string) => linksOf(headers).find((link) => link.rel === rel);
const withoutAt = ({ at: _at, ...rest }: Record<string, unknown>) => rest;

const letter = '/v1/instruments/us-is-informed-nvidia-2022-08-26';
const noon = 'Thu, 01 Sep 2022 12:00:00 GMT';
const knownFrom = 'Thu, 01 Sep 2022 00:00:00 GMT';
const genesis = 'Wed, 01 Jan 1000 00:00:00 GMT';
const pinned = (second: string) =>
  `${letter}?asOf=${second}&publishedBy=${second}&recordedBy=${service.tidemark.position}`;

async function timeMapOf(original: string): Promise<{ datetime: string; uri: string }[]> {
  const { body } = await get(`/v1/timemap/json?of=${encodeURIComponent(original)}`);
  return body.mementos.list;
}

describe('Accept-Datetime and Memento-Datetime (RFC 7089, 2.1.1)', () => {
  it('answers with the state as it was then, and says when that began: at or before, never nearest', async () => {
    const { status, headers, body } = await at(letter, noon);
    expect([status, headers['memento-datetime']]).toEqual([200, knownFrom]);
    expect(body.instrument.id).toBe('us-is-informed-nvidia-2022-08-26');
    // The next state begins a second later, and is nearer.
    const { headers: late } = await at(letter, 'Thu, 01 Sep 2022 23:59:59 GMT');
    expect(late['memento-datetime']).toBe(knownFrom);
  });

  it('changes from one second to the next', async () => {
    expect((await at(letter, 'Wed, 31 Aug 2022 23:59:59 GMT')).status).toBe(404);
    expect((await at(letter, knownFrom)).status).toBe(200);
  });

  it.each([
    'Thu, 1 Sep 2022 12:00:00 GMT',
    'Thu, 01 Sep 2022 12:00:00 +0000',
    'Thu, 01 Sep 2022 12:00:00 UTC',
    'thu, 01 sep 2022 12:00:00 gmt',
    'Thursday, 01-Sep-22 12:00:00 GMT',
    'Thu Sep  1 12:00:00 2022',
    'Fri, 01 Sep 2022 12:00:00 GMT',
    'Thu, 31 Feb 2022 12:00:00 GMT',
    'Thu, 01 Sep 2022 25:00:00 GMT',
    '2022-09-01T12:00:00Z',
    'yesterday',
  ])('takes no other form, and answers 400 (4.5.3): %s', async (datetime) => {
    const { status, body, headers } = await at(letter, datetime);
    expect([status, body.type, body.errors[0].parameter]).toEqual([
      400,
      '/problems/invalid-parameter',
      'Accept-Datetime',
    ]);
    expect(headers['memento-datetime']).toBeUndefined();
  });

  it('prints and reads the same date', () => {
    fc.assert(
      fc.property(fc.integer({ min: -30_610_224_000, max: 253_402_300_799 }), (second) => {
        expect(secondOfHttpDate(httpDate(second))).toBe(second);
      }),
    );
  });

  it('is not sent where no time was asked for', async () => {
    for (const path of [
      letter,
      `${letter}?asOf=2022-09-02`,
      `${letter}?asOf=2022-09-02&publishedBy=2022-09-02&recordedBy=9`,
    ]) {
      expect((await request(service.url).get(path)).headers['memento-datetime']).toBeUndefined();
    }
  });

  it('refuses a second time in the address, naming what sets it', async () => {
    const { status, body } = await at(`${letter}?asOf=2022-09-02&recordedBy=7`, noon);
    expect([status, body.type]).toEqual([400, '/problems/ambiguous-time']);
    expect(body.errors.map((fault: { parameter: string }) => fault.parameter)).toEqual([
      'asOf',
      'recordedBy',
    ]);
  });
});

describe('Vary (2.1.2)', () => {
  it.each([[{}], [{ 'Accept-Datetime': noon }]])(
    'names Accept-Datetime beside the others: %j',
    async (headers) => {
      const { headers: answered } = await get(letter, headers);
      expect(answered['vary']?.split(', ')).toEqual(['Accept-Datetime', 'Accept', 'Accept-Encoding']);
    },
  );

  it('names it on what is not found, too', async () => {
    expect((await at(letter, 'Tue, 30 Aug 2022 00:00:00 GMT')).headers['vary']).toContain('Accept-Datetime');
  });
});

describe('Link (2.2)', () => {
  it('names the original, which is its own TimeGate, and the TimeMap with its type (2.2.1, 2.2.2, 2.2.3)', async () => {
    for (const headers of [{}, { 'Accept-Datetime': noon }]) {
      const { link } = (await get(letter, headers)).headers as { link: string };
      expect(link).toContain(`<${letter}>; rel="original timegate"`);
      expect(link).toContain(
        `</v1/timemap/link?of=${letter}>; rel="timemap"; type="application/link-format"`,
      );
    }
  });

  it('keeps the parameters of the resource, and leaves out those of one answer', async () => {
    const { headers } = await get('/v1/instruments?asOf=2025-01-05&jurisdiction=US');
    expect(byRel(headers, 'original timegate')?.uri).toBe('/v1/instruments?jurisdiction=US');
  });

  it('names the state, the first, the one before, the next and the last, each with its datetime (2.2.4)', async () => {
    const { headers } = await at(letter, noon);
    const found = Object.fromEntries(linksOf(headers).map(({ rel, datetime }) => [rel, datetime]));
    expect(found).toMatchObject({
      memento: knownFrom,
      'first memento': genesis,
      'prev memento': genesis,
      'next memento': 'Fri, 02 Sep 2022 00:00:00 GMT',
    });
    const map = await timeMapOf(letter);
    expect(found['last memento']).toBe(httpDate(Date.parse(map.at(-1)?.datetime ?? '') / 1000));
  });

  it('names none before the first and none after the last', async () => {
    expect(byRel((await at(letter, genesis)).headers, 'prev memento')).toBeUndefined();
    expect(
      byRel((await at(letter, 'Thu, 26 Nov 2026 11:00:00 GMT')).headers, 'next memento'),
    ).toBeUndefined();
  });
});

describe('the original as its own TimeGate, with an address for each state (4.1.2)', () => {
  it('says with Content-Location where the same bytes stand for ever', async () => {
    const negotiated = await at(letter, noon);
    const address = negotiated.headers['content-location'] as string;
    expect(address).toBe(pinned('2022-09-01T00:00:00Z'));
    expect(byRel(negotiated.headers, 'memento')?.uri).toBe(address);
    const memento = await get(address);
    expect(memento.text).toBe(negotiated.text);
    expect(memento.headers['etag']).toBe(negotiated.headers['etag']);
    expect(memento.headers['memento-datetime']).toBe(knownFrom);
    expect(memento.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(negotiated.headers['cache-control']).toBe('no-cache');
  });

  it('links from a state to its original, TimeGate and TimeMap (2.2.1), from memory as well', async () => {
    for (let time = 0; time < 2; time += 1) {
      const { headers } = await get(pinned('2022-09-01T00:00:00Z'));
      expect(byRel(headers, 'original timegate')?.uri).toBe(letter);
      const map = await get(byRel(headers, 'timemap')?.uri ?? '');
      expect([map.status, linksIn(map.text)[0]?.uri]).toEqual([200, letter]);
      expect(headers['memento-datetime']).toBe(knownFrom);
    }
  });

  it('dates a state by its beginning under the address of a later second, too', async () => {
    expect((await get(pinned('2022-09-01T15:30:00Z'))).headers['memento-datetime']).toBe(knownFrom);
  });

  it('confirms a copy with 304, with the headers that it would have had', async () => {
    const { headers } = await at(letter, noon);
    const again = await at(letter, noon, { 'If-None-Match': headers['etag'] as string });
    expect([again.status, again.text]).toEqual([304, '']);
    for (const name of ['etag', 'vary', 'link', 'content-location', 'memento-datetime']) {
      expect(again.headers[name]).toBe(headers[name]);
    }
  });

  it('answers HEAD like GET, without the body', async () => {
    const { headers } = await at(letter, noon);
    const head = await request(service.url)
      .head(letter)
      .set({ 'Accept-Datetime': noon, 'Accept-Encoding': 'identity' });
    expect([head.status, head.text ?? '']).toEqual([200, '']);
    for (const name of ['etag', 'vary', 'link', 'content-location', 'memento-datetime', 'content-length']) {
      expect(head.headers[name]).toBe(headers[name]);
    }
  });

  it('never answers a time from the memory of another, nor remembers what a header chose', async () => {
    const path = '/v1/companies/bytedance';
    const open = await get(path);
    const then = await at(path, 'Mon, 06 Jan 2025 00:00:00 GMT');
    const dated = `${path}?asOf=2024-06-01`;
    await get(dated);
    expect((await at(dated, noon)).body.type).toBe('/problems/ambiguous-time');
    expect(withoutAt((await get(path)).body)).toEqual(withoutAt(open.body));
    expect((await get(path)).headers['memento-datetime']).toBeUndefined();
    expect((await at(path, 'Mon, 06 Jan 2025 00:00:00 GMT')).text).toBe(then.text);
  });

  it('holds for every address whose description names Accept-Datetime, and for no other', async () => {
    const named = endpoints.filter(({ original }) => original !== undefined).map(({ path }) => path);
    const first = async (list: string) =>
      `/v1/${list}/${(await get(`/v1/${list}?limit=1&asOf=2025-01-05&publishedBy=2025-01-05`)).body.items[0].id}`;
    const example: Record<string, string> = {
      '/v1/instruments/{id}': letter,
      '/v1/destinations/{code}': '/v1/destinations/CN',
      '/v1/companies/{id}': '/v1/companies/nvidia',
      '/v1/companies/{id}/posture': '/v1/companies/bytedance/posture',
      '/v1/chips/{id}': '/v1/chips/h20',
      '/v1/deals/{id}': await first('deals'),
      '/v1/clusters/{id}': await first('clusters'),
      '/v1/models/{id}': await first('models'),
    };
    for (const path of named) {
      const address = example[path] ?? path;
      const { status, headers } = await at(address, 'Mon, 06 Jan 2025 00:00:00 GMT');
      expect([address, status]).toEqual([address, 200]);
      expect(secondOfHttpDate(headers['memento-datetime'] as string)).not.toBeNull();
      const memento = await get(headers['content-location'] as string);
      expect(memento.headers['memento-datetime']).toBe(headers['memento-datetime']);
      expect(memento.headers['etag']).toBe(headers['etag']);
    }
    expect(named).toHaveLength(16);
    expect((await at('/v1/events', noon)).headers['vary']).not.toContain('Accept-Datetime');
  }, 60_000);

  it('negotiates a filtered list in every format, page by page', async () => {
    const path = '/v1/instruments?jurisdiction=US&limit=2';
    const { headers, body } = await at(path, 'Sun, 05 Jan 2025 12:00:00 GMT');
    expect(body.items).toHaveLength(2);
    expect((await get(headers['content-location'] as string)).body).toEqual(body);
    const next = byRel(headers, 'next')?.uri ?? '';
    const second = await get(next);
    expect(second.body.at).toEqual(body.at);
    expect(second.body.items[0].id > body.items[1].id).toBe(true);
    const csv = await at(path, 'Sun, 05 Jan 2025 12:00:00 GMT', { Accept: 'text/csv' });
    expect(csv.headers['memento-datetime']).toBe(headers['memento-datetime']);
    expect(csv.headers['content-type']).toContain('text/csv');
    expect((await at(next, noon)).body.type).toBe('/problems/ambiguous-time');
  }, 20_000);
});

describe('times outside of the history (4.5.3)', () => {
  it('selects the first state for what lies before all others: nothing was known (4.5.5: with its 404)', async () => {
    for (const datetime of [genesis, 'Mon, 01 Jan 1900 00:00:00 GMT', 'Tue, 30 Aug 2022 00:00:00 GMT']) {
      const { status, body, headers } = await at(letter, datetime);
      expect([status, body.type]).toEqual([404, '/problems/not-known-then']);
      expect(headers['memento-datetime']).toBe(genesis);
      expect(byRel(headers, 'next memento')?.datetime).toBe(knownFrom);
      expect(byRel(headers, 'original timegate')?.uri).toBe(letter);
      expect((await get(headers['content-location'] as string)).headers['memento-datetime']).toBe(genesis);
    }
  });

  it('has a first state of the whole that is empty and well-formed', async () => {
    const { status, body, headers } = await at('/v1/state', genesis);
    expect([status, headers['memento-datetime']]).toEqual([200, genesis]);
    expect(body.instruments).toEqual([]);
    expect(body.companies).toEqual([]);
  }, 60_000);

  it('refuses what lies before the first state, as nothing is at or before it', async () => {
    const { status, body } = await at(letter, 'Tue, 31 Dec 0999 23:59:59 GMT');
    expect([status, body.errors[0].message]).toEqual([400, expect.stringContaining(genesis)]);
  });

  it('selects the last state for a time that has not come', async () => {
    const last = await at(letter, 'Fri, 01 Jan 2100 00:00:00 GMT');
    expect(last.headers['memento-datetime']).toBe(byRel(last.headers, 'last memento')?.datetime);
    expect(byRel(last.headers, 'next memento')).toBeUndefined();
  });

  it('says of what never was only that, without a trace of a history', async () => {
    const { status, body, headers } = await at('/v1/companies/nobody', noon);
    expect([status, body.type]).toEqual([404, '/problems/unknown-subject']);
    for (const name of ['memento-datetime', 'content-location', 'link'])
      expect(headers[name]).toBeUndefined();
  });
});

describe('TimeMaps (5)', () => {
  const posture = '/v1/companies/bytedance/posture';

  it('lists in link-format the original, its TimeGate, itself with its range, and every state once, in order', async () => {
    const { text, headers } = await get(`/v1/timemap/link?of=${posture}`);
    expect(headers['content-type']).toBe('application/link-format');
    const [original, self, other, ...mementos] = linksIn(text);
    expect(original).toMatchObject({ uri: posture, rel: 'original timegate' });
    expect(self).toMatchObject({ uri: `/v1/timemap/link?of=${posture}`, rel: 'self' });
    expect(other).toMatchObject({ uri: `/v1/timemap/json?of=${posture}`, rel: 'timemap' });
    const seconds = mementos.map(({ datetime }) => secondOfHttpDate(datetime ?? '') ?? Number.NaN);
    expect(seconds.length).toBeGreaterThan(30);
    expect(seconds).toEqual([...new Set(seconds)].toSorted((a, b) => a - b));
    expect(mementos.map(({ rel }) => rel)).toEqual(
      seconds.map((_, index) =>
        index === 0 ? 'first memento' : index === seconds.length - 1 ? 'last memento' : 'memento',
      ),
    );
    expect(text).toContain(`from="${httpDate(seconds[0] ?? 0)}"; until="${httpDate(seconds.at(-1) ?? 0)}"`);
  }, 20_000);

  it('says the same in JSON', async () => {
    const links = linksIn((await get(`/v1/timemap/link?of=${posture}`)).text).filter(
      ({ datetime }) => datetime !== undefined,
    );
    const { body } = await get(`/v1/timemap/json?of=${posture}`);
    expect(body).toMatchObject({ original_uri: posture, timegate_uri: posture });
    expect(body.mementos.list.map(({ uri }: { uri: string }) => uri)).toEqual(links.map(({ uri }) => uri));
    expect(body.mementos.first).toEqual(body.mementos.list[0]);
    expect(body.mementos.last).toEqual(body.mementos.list.at(-1));
  });

  it('is walked exactly by the links to the next and to the one before', async () => {
    const map = (await timeMapOf(letter)).map(({ uri }) => uri);
    const walk = async (from: string, rel: string) => {
      const found: string[] = [];
      for (let datetime: string | undefined = from; datetime !== undefined;) {
        const { headers } = await at(letter, datetime);
        found.push(headers['content-location'] as string);
        datetime = byRel(headers, rel)?.datetime;
      }
      return found;
    };
    expect(await walk(genesis, 'next memento')).toEqual(map);
    expect(await walk('Thu, 26 Nov 2026 00:00:00 GMT', 'prev memento')).toEqual(map.toReversed());
  });

  it.each([letter, '/v1/companies/bytedance/posture', '/v1/destinations/CN'])(
    'gives each state of %s an address that answers with its datetime, and another answer than the state before',
    async (original) => {
      let before = '';
      for (const { uri, datetime } of await timeMapOf(original)) {
        const { status, headers, body } = await get(uri);
        expect([200, 404]).toContain(status);
        expect(headers['memento-datetime']).toBe(httpDate(Date.parse(datetime) / 1000));
        const state = JSON.stringify(withoutAt(body));
        expect(state).not.toBe(before);
        before = state;
      }
    },
    20_000,
  );

  it('is confirmed by 304 as long as nothing came in', async () => {
    const path = `/v1/timemap/link?of=${letter}`;
    const { headers } = await get(path);
    expect(headers['cache-control']).toBe('no-cache');
    expect((await get(path, { 'If-None-Match': headers['etag'] as string })).status).toBe(304);
  });

  it.each([
    ['/v1/timemap/link', 'of'],
    ['/v1/timemap/link?of=/v1/events', 'of'],
    ['/v1/timemap/link?of=elsewhere', 'of'],
    ['/v1/timemap/link?of=/v1/state%3FasOf=2025-01-01', 'asOf'],
    ['/v1/timemap/csv?of=/v1/state', 'format'],
  ])('is refused by name: %s', async (path, parameter) => {
    const { status, body } = await get(path);
    expect([status, body.errors[0].parameter]).toEqual([400, parameter]);
  });

  it('is not there for what never was', async () => {
    expect((await get('/v1/timemap/json?of=/v1/companies/nobody')).body.type).toBe(
      '/problems/unknown-subject',
    );
  });
});

describe('the states of an answer', () => {
  const answers = {
    letter: { kinds: null, path: letter },
    diffusion: { kinds: null, path: '/v1/instruments/us-bis-ai-diffusion-ifr-2025-01' },
    posture: { kinds: null, path: '/v1/companies/bytedance/posture' },
    chip: { kinds: null, path: '/v1/chips/h20' },
    destination: { kinds: null, path: '/v1/destinations/AE' },
    controls: { kinds: ['instrument'], path: '/v1/controls' },
  };

  it.each(Object.values(answers))(
    'of $path are the same at any second as at the second in which they began',
    async ({ path }) => {
      const seconds = fc.sample(
        fc.integer({ min: Date.parse('2022-07-01') / 1000, max: Date.parse('2026-11-26') / 1000 }),
        12,
      );
      for (const second of seconds) {
        const then = new Date(second * 1000).toISOString().replace('.000Z', 'Z');
        const [asked, negotiated] = [
          await get(`${path}?asOf=${then}&publishedBy=${then}`),
          await at(path, httpDate(second)),
        ];
        expect(negotiated.status).toBe(asked.status);
        expect(withoutAt(negotiated.body)).toEqual(withoutAt(asked.body));
        expect(secondOfHttpDate(negotiated.headers['memento-datetime'] as string)).toBeLessThanOrEqual(
          second,
        );
      }
    },
    30_000,
  );

  it('grow by what is recorded later, and what was pinned stays as it was', async () => {
    const path = '/v1/models/spec-late-model';
    const post = (body: object) =>
      request(service.url).post('/v1/events').set('Authorization', service.mayAppend).send(body).expect(201);
    await post(release({ subject: 'model:spec-late-model', publishedOn: '2026-10-01' }));
    const before = await timeMapOf(path);
    expect(before.map(({ datetime }) => datetime)).toEqual(['1000-01-01T00:00:00Z', '2026-10-02T00:00:00Z']);
    const pinnedBefore = await Promise.all(before.map(async ({ uri }) => (await get(uri)).text));
    const head = service.tidemark.position;
    await post(
      release({
        subject: 'model:spec-late-model',
        publishedOn: '2026-03-10T09:30:00.500Z',
        standing: 'reported',
        summary: 'An early report that was found late.',
      }),
    );
    const after = await timeMapOf(path);
    expect(after.map(({ datetime }) => datetime)).toEqual([
      '1000-01-01T00:00:00Z',
      // The first whole second at which it was there.
      '2026-03-10T09:30:01Z',
      '2026-10-02T00:00:00Z',
    ]);
    expect(after.every(({ uri }) => uri.endsWith(`recordedBy=${head + 1}`))).toBe(true);
    expect(await Promise.all(before.map(async ({ uri }) => (await get(uri)).text))).toEqual(pinnedBefore);
    const early = await at(path, 'Tue, 10 Mar 2026 09:30:00 GMT');
    expect([early.status, (await at(path, 'Tue, 10 Mar 2026 09:30:01 GMT')).status]).toEqual([404, 200]);
  });
});
