import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { openMemoryLedger } from '../../src/ledger/memory.ts';
import { catchUpMs } from '../../src/service/catchUp.ts';
import { pagesOf } from './pages.ts';
import { FarLedger } from './farLedger.ts';
import { asDescribed } from './openapiCheck.ts';
import type { TestService } from './service.ts';
import { openService, release } from './service.ts';

let far: FarLedger;
let here: TestService;
let there: TestService;
beforeAll(async () => {
  const ledger = await openMemoryLedger({ clock: () => Date.parse('2026-11-26T12:00:00Z') });
  far = new FarLedger(ledger);
  here = await openService({ ledger });
  there = await openService({
    ledger: far,
    page: pagesOf,
  });
});
afterEach(() => far.letThrough());
afterAll(async () => {
  await here.close();
  await there.close();
});

/** Records one event on the one node, of which the other does not hear; gives its position. */
async function recordHere(): Promise<number> {
  far.hold();
  const { body } = await request(here.url)
    .post('/v1/events')
    .set('Authorization', here.mayAppend)
    .send(release({ data: { ...(release()['data'] as object), developer: `lab-${here.tidemark.position}` } }))
    .expect(201);
  return body.events[0].position;
}

/** Resolves when so many questions wait on the other node, as its figures say. */
async function waiting(count: number): Promise<void> {
  for (;;) {
    const { text } = await request(there.url).get('/metrics');
    if (text.includes(`tidemark_waiting_questions ${count}\n`)) return;
  }
}

/** Asks the other node, and lets the event through once it waits. */
async function answerAfterWait(asked: request.Test): Promise<request.Response> {
  const answer = asked.then((response) => response);
  await waiting(1);
  far.letThrough();
  return answer;
}

describe('what was recorded on one node, asked for by its position on another', () => {
  it.each([
    ['one answer', (at: number) => `/v1/models/spec-model?recordedBy=${at}`],
    ['a list', (at: number) => `/v1/models?recordedBy=${at}`],
    ['a state among others', (at: number) => `/v1/state?recordedBy=${at}&asOf=2026-11-01`],
    ['the log', (at: number) => `/v1/events?recordedBy=${at}`],
  ])('is waited for: %s', async (_what, path) => {
    const at = await recordHere();
    const { status, body } = asDescribed(await answerAfterWait(request(there.url).get(path(at))));
    expect([status, body.at.position]).toEqual([200, at]);
  });

  it('is waited for on either side of a comparison', async () => {
    const at = await recordHere();
    const path = `/v1/diff?from.recordedBy=${at - 1}&to.recordedBy=${at}`;
    const { body } = asDescribed(await answerAfterWait(request(there.url).get(path)));
    expect([body.at.from.position, body.at.to.position]).toEqual([at - 1, at]);
  });

  it('is waited for where a determination asks for it, in a body or a query', async () => {
    const question = {
      item: { chip: 'h800' },
      activity: 'export',
      from: 'US',
      destination: 'CN',
      parties: [],
    };
    const pinned = [question, { ...question, recordedBy: await recordHere() }];
    const posted = await answerAfterWait(request(there.url).post('/v1/determinations').send(pinned));
    const query = `chip=h800&from=US&destination=CN&recordedBy=${await recordHere()}`;
    const asked = await answerAfterWait(request(there.url).get(`/v1/determinations?${query}`));
    // The empty log knows no chip: that is found only once the position is there.
    expect([posted, asked].map(({ body }) => body.type)).toEqual(Array(2).fill('/problems/invalid-question'));
  });

  it('is waited for where the page asks for it', async () => {
    const query = `chip=h800&from=US&destination=CN&recordedBy=${await recordHere()}`;
    const { status, text } = await answerAfterWait(request(there.url).get(`/ship?${query}`));
    expect([status, text]).toEqual([400, expect.stringContaining('h800')]);
  });

  it('is waited for where the next page of a list is asked for', async () => {
    await recordHere();
    const first = await request(here.url).get('/v1/events?limit=1');
    const next = `/v1/events?cursor=${first.body.next}`;
    const { status, body } = await answerAfterWait(request(there.url).get(next));
    expect([status, body.at.position]).toEqual([200, here.tidemark.position]);
  });

  it('is waited for where a replay is to stop there', async () => {
    const at = await recordHere();
    const { body } = await answerAfterWait(request(there.url).get(`/v1/audit/replay?to=${at}`));
    expect(body).toMatchObject({ position: at, agrees: true });
  });
});

describe('a position that does not come', () => {
  it('in time is told with 503, and when to ask again', async () => {
    const at = await recordHere();
    const began = performance.now();
    const { status, body, headers } = asDescribed(
      await request(there.url).get(`/v1/models?recordedBy=${at}`),
    );
    expect([status, body.type]).toEqual([503, '/problems/not-ready']);
    expect(body.detail).toContain(
      `Position ${at} was asked for, and this node knows the log up to ${at - 1}`,
    );
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(performance.now() - began).toBeGreaterThanOrEqual(catchUpMs - 50);
  });

  it('because the log does not have it is refused at once, as a typing error', async () => {
    const at = await recordHere();
    const { status, body } = asDescribed(await request(there.url).get(`/v1/models?recordedBy=${at + 1}`));
    expect([status, body.type]).toEqual([400, '/problems/clock-ahead']);
  });

  it('is not waited for by an address that has no such clock', async () => {
    const at = await recordHere();
    const { body } = await request(there.url).get(`/v1/timemap/json?of=/v1/models&recordedBy=${at}`);
    expect(body.type).toBe('/problems/invalid-parameter');
  });

  it('is not waited for when the client has gone', async () => {
    const client = new AbortController();
    const began = performance.now();
    const at = await recordHere();
    const answer = fetch(`${there.url}/v1/models?recordedBy=${at}`, { signal: client.signal });
    await waiting(1);
    client.abort();
    await expect(answer).rejects.toThrow('aborted');
    await waiting(0);
    expect(performance.now() - began).toBeLessThan(catchUpMs);
  });
});

describe('a service that stops', () => {
  it('ends what waits, and lets nobody wait any more', async () => {
    const at = await recordHere();
    const began = performance.now();
    const answer = request(there.url)
      .get(`/v1/models?recordedBy=${at}`)
      .then(({ status }) => status);
    await waiting(1);
    there.tidemark.windDown();
    const later = await request(there.url).get(`/v1/models?recordedBy=${at}`);
    expect([await answer, later.status]).toEqual([503, 503]);
    expect(performance.now() - began).toBeLessThan(catchUpMs);
  });
});
