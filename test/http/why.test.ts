/** Why is it so, what changed, and what was served as true and was not? Asked over HTTP, on the real history. */
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
const send = async (path: string, body: object) => {
  const answer = asDescribed(
    await request(service.url).post(path).set('Authorization', service.mayAppend).send(body),
  );
  expect(answer.status).toBe(201);
  return answer.body.id as string;
};
const explain = async (subject: string, attribute: string, clocks = '') =>
  (await get(`/v1/explain?subject=${subject}&attribute=${attribute}${clocks}`)).body;
const parameters = (body: { errors: { parameter: string }[] }) => body.errors.map((fault) => fault.parameter);

const diffusion = 'instrument:us-bis-ai-diffusion-ifr-2025-01';
const letter = 'instrument:us-is-informed-nvidia-2022-08-26';
interface Difference {
  readonly subject: string;
  readonly attribute: string;
  readonly key: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly because: string[];
}
const diff = async (query: string): Promise<Difference[]> => (await get(`/v1/diff?${query}`)).body.items;
const of = (items: readonly Difference[], attribute: string) =>
  items.find((item) => item.attribute === attribute);

describe('an explanation', () => {
  it('gives the winner, each loser with why it lost, and the events and sources behind both', async () => {
    const { values } = await explain('chip:ascend-910c', 'interconnectGBps', '&asOf=2026-06-01');
    expect(values).toHaveLength(1);
    const [{ winner, losers, kind }] = values;
    expect([kind, winner.value.value, winner.standing]).toEqual(['description', 784, 'company']);
    expect(losers).toHaveLength(1);
    expect(losers[0]).toMatchObject({
      value: { value: 400 },
      standing: 'reported',
      lostBecause: 'lesser standing',
    });
    for (const { claims } of [winner, losers[0]]) {
      expect(claims[0].sources.length).toBeGreaterThan(0);
      expect(claims[0]).toHaveProperty('attribution');
      expect((await get(`/v1/events/${claims[0].event}`)).status).toBe(200);
    }
  });

  it.each([
    ['chip:mi308', 'sales', 'superseded by a later state'],
    ['chip:b30a', 'tpp', 'published earlier'],
  ])('says of %s, %s: %s', async (subject, attribute, reason) => {
    const { values } = await explain(subject, attribute);
    expect(values[0].losers.map((loser: { lostBecause: string }) => loser.lostBecause)).toContain(reason);
  });

  it('has what is known and does not hold yet, or no longer, beside what does', async () => {
    const early = await explain(diffusion, 'enforcement', '&asOf=2025-05-12');
    expect(early.values).toEqual([]);
    expect(early.outside[0]).toMatchObject({
      when: 'not-yet',
      value: 'not-enforced',
      since: { on: '2025-05-13' },
    });
    const later = await explain(diffusion, 'enforcement', '&asOf=2025-05-13');
    expect(later.values[0].winner.value).toBe('not-enforced');
  });

  it('shows a denial among the claims of what it denies', async () => {
    const { values } = await explain(
      'deal:bytedance-7bn-overseas-rental-plan-2025',
      'amount',
      '&asOf=2025-01-05',
    );
    const rented = values.find((value: { key: string }) => value.key === 'rented');
    expect(rented.winner.status).toBe('denied');
    expect(rented.winner.claims.map((claim: { type: string }) => claim.type)).toEqual([
      'ClaimDenied',
      'RentalDealReported',
    ]);
  });

  it('explains every attribute where none is named', async () => {
    const { body } = await get(`/v1/explain?subject=${diffusion}&asOf=2025-06-01`);
    const attributes = new Set(body.values.map((value: { attribute: string }) => value.attribute));
    for (const name of ['title', 'legalStatus', 'enforcement', 'provision'])
      expect(attributes).toContain(name);
  });

  it('keeps what was withdrawn in sight, with the reason', async () => {
    const id = await send('/v1/events', release({ subject: 'model:spec-explained' }));
    const fix = await send(`/v1/events/${id}/corrections`, {
      kind: 'record',
      reason: 'The name was misspelt.',
      changes: [{ pointer: '/data/name', value: 'Spec Model 2' }],
    });
    const { values, withdrawn } = await explain('model:spec-explained', 'name');
    expect(values[0].winner).toMatchObject({ value: 'Spec Model 2', status: 'corrected' });
    expect(withdrawn).toMatchObject([
      {
        event: id,
        how: 'corrected',
        kind: 'record',
        reason: 'The name was misspelt.',
        by: { event: fix },
        changes: [{ pointer: '/data/name', value: 'Spec Model 2' }],
      },
    ]);
  });

  it('is of a subject that was known', async () => {
    expect((await get('/v1/explain?subject=chip:nobody')).body.type).toBe('/problems/unknown-subject');
    const unknown = await get(`/v1/explain?subject=${letter}&publishedBy=2022-08-30`);
    expect([unknown.status, unknown.body.type]).toEqual([404, '/problems/not-known-then']);
    const hindsight = await get(`/v1/explain?subject=${letter}&publishedBy=2022-08-30&hindsight=true`);
    expect(hindsight.body.detail).toContain('publishedBy=2022-08-31');
  });

  it.each([
    ['subject=bytedance', 'subject'],
    ['attribute=name', 'subject'],
    [`subject=${letter}&attribute=nothing`, 'attribute'],
    [`subject=${letter}&since=2022`, 'since'],
  ])('is refused by name: %s', async (query, parameter) => {
    const { status, body } = await get(`/v1/explain?${query}`);
    expect([status, parameters(body)]).toEqual([400, [parameter]]);
  });
});

describe('a difference', () => {
  it('in the world names what changed and the events that make it so', async () => {
    const items = await diff(`from.asOf=2025-05-12&to.asOf=2025-05-13&subject=${diffusion}`);
    expect(of(items, 'enforcement')).toMatchObject({
      subject: diffusion,
      before: null,
      after: 'not-enforced',
    });
    const [event] = of(items, 'enforcement')?.because ?? [];
    expect((await get(`/v1/events/${event}`)).body.event.type).toBe('EnforcementChanged');
  });

  it('in what was known: the same day, before and after a disclosure', async () => {
    const items = await diff(
      'from.asOf=2022-08-28&from.publishedBy=2022-08-30&to.asOf=2022-08-28&to.publishedBy=2022-08-31',
    );
    const ofLetter = items.filter(({ subject }) => subject === letter);
    expect(of(ofLetter, 'legalStatus')).toMatchObject({ before: null, after: 'in-force' });
    expect(items.every(({ before }) => before === null)).toBe(true);
  });

  it('in the account: the same day at two log positions, around a correction and a retraction', async () => {
    const id = await send(
      '/v1/events',
      release({ subject: 'model:spec-account', publishedOn: '2026-01-05' }),
    );
    const first = service.tidemark.position;
    const fix = await send(`/v1/events/${id}/corrections`, {
      kind: 'record',
      reason: 'Another developer.',
      changes: [{ pointer: '/data/developer', value: 'another-laboratory' }],
    });
    const second = service.tidemark.position;
    const retraction = await send(`/v1/events/${id}/retraction`, { kind: 'record', reason: 'It never was.' });
    const third = service.tidemark.position;
    const between = (from: number, to: number) =>
      diff(
        `from.asOf=2026-02-01&from.recordedBy=${from}&to.asOf=2026-02-01&to.recordedBy=${to}&subject=model:spec-account`,
      );
    const corrected = of(await between(first, second), 'developer');
    expect(corrected).toMatchObject({
      before: 'spec-laboratory',
      after: 'another-laboratory',
      because: [id, fix],
    });
    const retracted = of(await between(second, third), 'developer');
    expect(retracted).toMatchObject({ before: 'another-laboratory', after: null });
    expect(retracted?.because).toEqual(expect.arrayContaining([id, retraction]));
    expect(await between(first, first)).toEqual([]);
  });

  it('runs both ways', async () => {
    const there = await diff(`from.asOf=2025-05-12&to.asOf=2025-05-13&subject=${diffusion}`);
    const back = await diff(`from.asOf=2025-05-13&to.asOf=2025-05-12&subject=${diffusion}`);
    expect(back.map(({ before, after }) => [after, before])).toEqual(
      there.map(({ before, after }) => [before, after]),
    );
  });

  it('of a status names the denial', async () => {
    const items = await diff(
      'from.asOf=2025-01-05&from.publishedBy=2024-12-30&to.asOf=2025-01-05&to.publishedBy=2024-12-31&subject=deal:bytedance-7bn-overseas-rental-plan-2025',
    );
    const status = items.find(({ attribute, key }) => attribute === 'status' && key === 'stage rented');
    expect(status).toMatchObject({ before: 'asserted', after: 'denied' });
    expect((await get(`/v1/events/${status?.because[0]}`)).body.event.type).toBe('ClaimDenied');
  });

  it('of everything stands for ever once both sides are pinned, and is empty between a point and itself', async () => {
    const side = (name: string) => `${name}.asOf=2025-01-05&${name}.recordedBy=900`;
    const { body, headers } = await get(`/v1/diff?${side('from')}&${side('to')}`);
    expect(body).toMatchObject({
      at: { from: { position: 900 }, to: { position: 900 } },
      items: [],
      next: null,
    });
    expect(headers['cache-control']).toContain('immutable');
    expect((await get(`/v1/diff?${side('from')}&to.asOf=2025-01-05`)).headers['cache-control']).toBe(
      'no-cache',
    );
  });

  it.each([
    ['from.asof=2025-01-01', 'from.asof', 'invalid-parameter'],
    ['from.asOf=2025-02-30', 'from.asOf', 'invalid-parameter'],
    ['asOf=2025-01-01', 'asOf', 'invalid-parameter'],
    ['subject=letter', 'subject', 'invalid-parameter'],
    ['from.publishedBy=2027-01-01', 'from.publishedBy', 'clock-ahead'],
    ['to.recordedBy=9999', 'to.recordedBy', 'clock-ahead'],
  ])('is refused by name: %s', async (query, parameter, problem) => {
    const { status, body } = await get(`/v1/diff?${query}`);
    expect([status, body.type, parameters(body)]).toEqual([400, `/problems/${problem}`, [parameter]]);
  });

  it('is of a subject that ever was', async () => {
    expect((await get('/v1/diff?subject=chip:nobody')).body.type).toBe('/problems/unknown-subject');
  });
});

describe('errors that were live', () => {
  it('by publication: what anyone could believe on a day, and what was said against it since', async () => {
    const { items } = (await get('/v1/errors-live?on=2025-01-05&clock=published')).body;
    const v3 = items.find((item: { subject: string }) => item.subject === 'model:deepseek-v3');
    expect(v3.served).toMatchObject({ type: 'TrainingClaimed', status: 'asserted' });
    expect(v3.becauseOf[0]).toMatchObject({
      how: 'disputed',
      by: { type: 'TrainingDisputed', publishedOn: '2025-01-31' },
    });
    const later = (await get('/v1/errors-live?on=2025-01-05&clock=published&publishedBy=2025-01-30')).body
      .items;
    expect(later.map((item: { subject: string }) => item.subject)).not.toContain('model:deepseek-v3');
  });

  it('by recording: what this service held on a day, and corrected or retracted later', async () => {
    const own = await openService({ now: '2026-03-01T10:00:00.000Z' });
    const post = async (path: string, body: object) =>
      (await request(own.url).post(path).set('Authorization', own.mayAppend).send(body).expect(201)).body
        .id as string;
    const answer = async (query: string) =>
      asDescribed(await request(own.url).get(`/v1/errors-live?${query}`)).body;
    const before = 'on=2026-02-27';
    expect(await answer(before)).toMatchObject({
      reason:
        'This log holds no event up to position 0, so nothing was served from it by 2026-02-27; clock=published asks what was public by then.',
      items: [],
    });
    const live = async (query: string) =>
      (await answer(query)).items as {
        event: string;
        served: { summary: string };
        becauseOf: { how: string }[];
      }[];
    const [wrong, gone] = [
      await post(
        '/v1/events',
        release({ subject: 'model:wrong', publishedOn: '2026-02-01', summary: 'As first told.' }),
      ),
      await post('/v1/events', release({ subject: 'model:gone', publishedOn: '2026-02-01' })),
    ];
    own.setNow('2026-03-05T10:00:00.000Z');
    expect(await live('on=2026-03-02')).toEqual([]);
    const changes = [{ pointer: '/summary', value: 'As it should be told.' }];
    await post(`/v1/events/${wrong}/corrections`, { kind: 'record', reason: 'Wrong.', changes });
    await post(`/v1/events/${gone}/retraction`, { kind: 'record', reason: 'Never said.' });
    const found = await live('on=2026-03-02');
    expect(found.map(({ event, becauseOf }) => [event, becauseOf.map(({ how }) => how)])).toEqual([
      [wrong, ['corrected']],
      [gone, ['retracted']],
    ]);
    expect(found[0]?.served.summary).toBe('As first told.');
    // On the day on which it was mended nothing wrong is served by its end, and before it was recorded nothing at all.
    expect(await live('on=2026-03-05')).toEqual([]);
    expect(await answer(before)).toMatchObject({
      reason:
        'This log begins with an event recorded on 2026-03-01T10:00:00.000Z, so nothing was served from it by 2026-02-27; clock=published asks what was public by then.',
      items: [],
    });
    expect((await answer('on=2026-03-02')).reason).toBeNull();
    expect((await answer('on=2026-02-27&clock=published')).reason).toBeNull();
    const pinned = await answer(`${before}&recordedBy=0`);
    expect(pinned.reason).toContain('This log holds no event up to position 0');
    await own.close();
  });

  it.each([
    ['', 'on', 'invalid-parameter'],
    ['on=2025-02-30', 'on', 'invalid-parameter'],
    ['on=2027-01-01', 'on', 'clock-ahead'],
    ['on=2027-01-01&clock=published', 'on', 'clock-ahead'],
    ['on=2025-01-05&clock=legal', 'clock', 'invalid-parameter'],
  ])('are refused by name: %s', async (query, parameter, problem) => {
    const { status, body } = await get(`/v1/errors-live?${query}`);
    expect([status, body.type, parameters(body)]).toEqual([400, `/problems/${problem}`, [parameter]]);
  });
});
