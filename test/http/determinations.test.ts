/** May it ship? Asked over HTTP, on the real history. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
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
const post = async (body: unknown, path = '/v1/determinations') =>
  asDescribed(
    await request(service.url)
      .post(path)
      .set({ Authorization: service.mayAppend, 'Content-Type': 'application/json' })
      .send(JSON.stringify(body)),
  );
const unlisted = {
  role: 'end-user',
  name: 'An unlisted company',
  headquarters: 'CN',
  ultimateParentHeadquarters: 'CN',
};
/** An export from the United States to an unlisted company in Shanghai. */
const asked = (over: object) => ({
  item: { chip: 'h800' },
  activity: 'export',
  from: 'US',
  destination: 'CN',
  parties: [unlisted],
  ...over,
});
const letter = 'us-is-informed-nvidia-2023-10-23';
const pointers = (body: { errors: { pointer: string }[] }) => body.errors.map((fault) => fault.pointer);
const parameters = (body: { errors: { parameter: string }[] }) => body.errors.map((fault) => fault.parameter);

interface Rule {
  readonly instrument: string;
  readonly provision: string;
  readonly applies: boolean | string;
  readonly conditions: { text: string; input: unknown; holds: unknown }[];
  readonly events: string[];
}

describe('a question that was asked before', () => {
  it('has the same bytes until something is recorded, and then says so', async () => {
    const question = asked({ asOf: '2024-05-05' });
    const first = await post(question);
    expect((await post(question)).text).toBe(first.text);
    await request(service.url)
      .post('/v1/events')
      .set('Authorization', service.mayAppend)
      .send(release())
      .expect(201);
    const later = await post(question);
    expect(later.body.at.position).toBe(first.body.at.position + 1);
    expect({ ...later.body, at: null }).toEqual({ ...first.body, at: null });
  });

  it('is answered anew where it names no day', async () => {
    const [one, other] = [
      await post(asked({})),
      (service.setNow('2026-11-26T12:00:01.000Z'), await post(asked({}))),
    ];
    expect([one.body.at.asOf, other.body.at.asOf]).toEqual([
      '2026-11-26T12:00:00.000Z',
      '2026-11-26T12:00:01.000Z',
    ]);
  });
});

describe('a question about the log as it was', () => {
  it('claims no fact of what came after it', async () => {
    service.setNow('2026-12-05T12:00:00.000Z');
    const { body } = await post(asked({ recordedBy: service.tidemark.position }));
    service.setNow('2026-11-26T12:00:01.000Z');
    expect(body.headline).toMatch(/as far as was scheduled by 2026-11-26/);
  });
});

describe('an H800 for an unlisted company in Shanghai', () => {
  it('needed nothing, then a letter, then the rule; each answer says why and what comes next', async () => {
    const days = ['2023-10-10', '2023-10-24', '2023-11-20'];
    const { status, body } = await post(days.map((asOf) => asked({ asOf })));
    expect(status).toBe(200);
    expect(body.map((one: { at: { asOf: string } }) => one.at.asOf)).toEqual(days);
    const [before, byLetter, byRule] = body;
    expect(before).toMatchObject({
      outcome: 'no-requirement-found',
      instruments: [],
      nextChange: { on: '2023-10-23', because: `instrument:${letter}` },
    });
    expect(byLetter).toMatchObject({
      outcome: 'license-required',
      reviewPolicy: null,
      instruments: [letter],
      nextChange: { on: '2023-11-17', because: 'instrument:us-bis-acs-ifr-2023-10' },
    });
    expect(byLetter.headline).toContain('a letter to NVIDIA Corporation dated 2023-10-23');
    expect(byLetter.assumptions).toContain(
      "exporter: nvidia, the chip's vendor, since the question names none",
    );
    expect(byRule).toMatchObject({
      outcome: 'license-required',
      reviewPolicy: { policy: 'presumption-of-denial' },
    });
    const failed = (before.rules as Rule[]).find(({ provision }) => provision === 'advc-license');
    expect(failed).toMatchObject({ applies: false });
    expect(failed?.conditions).toContainEqual({ text: 'interconnect ≥ 600 GB/s', input: 400, holds: false });
    expect(before.notice).toBe('Information, not legal advice.');
  });

  it('rests on events that can be read, with their sources', async () => {
    const { body } = await post(asked({ asOf: '2023-10-24' }));
    for (const id of body.events as string[]) {
      expect((await get(`/v1/events/${id}`)).body.event.sources.length).toBeGreaterThan(0);
    }
    expect(body.events.length).toBeGreaterThan(0);
  });

  it('is not told of a letter that was not public', async () => {
    const { body, text } = await post(asked({ asOf: '2023-10-24', publishedBy: '2023-10-23' }));
    expect(body.outcome).toBe('no-requirement-found');
    expect(text).not.toContain(letter);
  });

  it('is answered by GET as by POST', async () => {
    const query =
      'chip=h800&destination=CN&from=US&headquarters=CN&ultimateParentHeadquarters=CN&asOf=2023-10-24&recordedBy=1000';
    const byGet = await get(`/v1/determinations?${query}`);
    const parties = [{ role: 'end-user', headquarters: 'CN', ultimateParentHeadquarters: 'CN' }];
    expect(byGet.body).toEqual((await post(asked({ parties, asOf: '2023-10-24', recordedBy: 1000 }))).body);
    expect(byGet.headers['cache-control']).toContain('immutable');
    const named = await get(
      '/v1/determinations?chip=h20&destination=CN&endUser=bytedance&exporter=nvidia&asOf=2025-05-01',
    );
    const byPost = await post({
      item: { chip: 'h20' },
      activity: 'export',
      destination: 'CN',
      parties: [
        { role: 'exporter', party: 'nvidia' },
        { role: 'end-user', party: 'bytedance' },
      ],
      asOf: '2025-05-01',
    });
    expect(named.body).toEqual(byPost.body);
  });
});

describe('the headline', () => {
  const weak = {
    tpp: 10,
    performanceDensity: 0.1,
    interconnectGBps: 1,
    memoryBandwidthGBps: 1,
    marketedForDatacenter: false,
  };
  const headlineAt = async (clocks: Readonly<Record<string, unknown>>, over = {}) =>
    (await post(asked({ ...clocks, ...over }))).body.headline as string;

  it('says of a past day what was', async () => {
    expect(await headlineAt({ asOf: '2023-11-20' })).toMatch(
      /^On 2023-11-20, a license was required .* applications were reviewed with a presumption of denial\.$/,
    );
  });

  it.each([
    ['a license', {}, 'a license would be required'],
    ['a review', { item: { chip: 'h200' } }, 'applications would be reviewed'],
    ['an open answer', { destination: 'DE', parties: [] }, 'it is open what would be required'],
    ['nothing', { item: { figures: weak } }, 'no requirement would be found'],
  ])('claims no fact of a day to come: %s', async (_name, over, said) => {
    const headline = await headlineAt({ asOf: '2030-04-06' }, over);
    expect(headline).toMatch(/^On 2030-04-06, as far as was scheduled by \d{4}-\d\d-\d\d, /);
    expect(headline).toContain(said);
    expect(headline.replace('as far as was scheduled', '')).not.toMatch(/\bw(?:as|ere)\b/);
  });

  it('reckons the day to come from the log alone, so that a pinned answer stays as it is', async () => {
    const pinned = { asOf: '2030-04-06', recordedBy: 1000 };
    const before = await headlineAt(pinned);
    service.setNow('2031-01-01T12:00:00.000Z');
    const after = await headlineAt(pinned);
    service.setNow('2026-11-26T12:00:00.000Z');
    expect(after).toBe(before);
    const { recordedAt } = (await post(asked(pinned))).body.at;
    expect(before).toContain(`as far as was scheduled by ${recordedAt.slice(0, 10)}`);
  });

  it('claims no fact of a day after the limit of publication', async () => {
    expect(await headlineAt({ asOf: '2023-11-20', publishedBy: '2023-10-30' })).toMatch(
      /^On 2023-11-20, as far as was scheduled by 2023-10-30, it is open what would be required /,
    );
    expect(await headlineAt({ asOf: '2023-11-20', publishedBy: '2023-11-20' })).toMatch(
      /^On 2023-11-20, it is open what was required /,
    );
  });
});

describe('the decision table', () => {
  const { chips } = JSON.parse(
    readFileSync(new URL('../determination/decision-table.json', import.meta.url), 'utf8'),
  ) as {
    chips: {
      slug: string;
      rows: {
        from: string;
        to: string;
        outcome: string;
        reviewPolicy: { policy: string; otherwise: string | null } | null;
        exceptions: { code: string; noticeDays: number }[];
        instruments: string[];
      }[];
    }[];
  };
  const dayBefore = (day: string) => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);

  it.each(['h800', 'h20'])(
    'of the %s is answered over HTTP, at the first and the last day of each interval',
    async (slug) => {
      const rows = chips.find((chip) => chip.slug === slug)?.rows ?? [];
      expect(rows.length).toBeGreaterThan(2);
      const questions = rows.flatMap((row) => [row.from, dayBefore(row.to)].map((asOf) => ({ row, asOf })));
      const { body } = await post(questions.map(({ asOf }) => asked({ item: { chip: slug }, asOf })));
      const answers = body.map(
        (one: {
          outcome: string;
          reviewPolicy: { policy: string; otherwise: string | null } | null;
          exceptions: { code: string; notice: { days: number } }[];
        }) => [
          one.outcome,
          one.reviewPolicy?.policy ?? null,
          one.reviewPolicy?.otherwise ?? null,
          one.exceptions.map(({ code, notice }) => [code, notice?.days]),
        ],
      );
      expect(answers).toEqual(
        questions.map(({ row }) => [
          row.outcome,
          row.reviewPolicy?.policy ?? null,
          row.reviewPolicy?.otherwise ?? null,
          row.exceptions.map(({ code, noticeDays }) => [code, noticeDays]),
        ]),
      );
      for (const [index, { row }] of questions.entries()) {
        expect(body[index].instruments).toEqual(expect.arrayContaining(row.instruments));
      }
    },
  );
});

describe('a question that cannot be answered', () => {
  it.each<[string, object, string[]]>([
    ['an unknown chip', { item: { chip: 'h9000' } }, ['/item/chip']],
    ['no item', { item: {} }, ['/item']],
    [
      'a negative figure',
      { item: { figures: { tpp: -1, interconnectGBps: -600 } } },
      ['/item/figures/tpp', '/item/figures/interconnectGBps'],
    ],
    ['a figure that is no number', { item: { figures: { tpp: '4800' } } }, ['/item/figures/tpp']],
    ['an unknown figure', { item: { figures: { teraflops: 1 } } }, ['/item/figures/teraflops']],
    ['an unknown vendor', { item: { figures: { tpp: 1 }, vendor: 'nobody-at-all' } }, ['/item/vendor']],
    ['an unknown destination', { destination: 'ZZ' }, ['/destination']],
    ['a country that is a name', { destination: 'China' }, ['/destination']],
    ['an unknown origin', { from: 'XX' }, ['/from']],
    ['an unknown activity', { activity: 'teleport' }, ['/activity']],
    ['a transfer that leaves the country', { activity: 'transfer-in-country' }, ['/activity']],
    ['an export that stays', { from: 'CN' }, ['/activity']],
    ['a reexport from the United States', { activity: 'reexport' }, ['/activity']],
    ['an unknown role', { parties: [{ ...unlisted, role: 'friend' }] }, ['/parties/0/role']],
    ['an unknown party', { parties: [{ role: 'end-user', party: 'nobody-at-all' }] }, ['/parties/0/party']],
    ['an unknown seat', { parties: [{ ...unlisted, headquarters: 'QQ' }] }, ['/parties/0/headquarters']],
    [
      'a party that contradicts the record',
      { parties: [{ role: 'end-user', party: 'huawei', headquarters: 'US' }] },
      ['/parties/0/headquarters'],
    ],
    [
      'one company with two seats',
      { parties: [unlisted, { ...unlisted, role: 'purchaser', headquarters: 'MY' }] },
      ['/parties/1/headquarters'],
    ],
    [
      'two exporters',
      {
        parties: [
          { role: 'exporter', party: 'nvidia' },
          { role: 'exporter', party: 'amd' },
        ],
      },
      ['/parties/1/role'],
    ],
    [
      'owners of more than all',
      { parties: [{ ...unlisted, owners: [{ percent: 60 }, { percent: 50 }] }] },
      ['/parties/0/owners'],
    ],
    ['an unknown input', { inputs: { 'is-it-friday': true } }, ['/inputs/is-it-friday']],
    [
      'an input that is not yes or no',
      { inputs: { 'sufficient-us-supply': 'yes' } },
      ['/inputs/sufficient-us-supply'],
    ],
    ['an unknown proposal', { assume: { proposed: ['us-no-such-bill'] } }, ['/assume/proposed/0']],
    [
      'a rule that is no proposal',
      { assume: { proposed: ['us-bis-acs-ifr-2023-10'] } },
      ['/assume/proposed/0'],
    ],
    ['an unknown field', { surprise: 1 }, ['/surprise']],
    ['an impossible date', { asOf: '2025-02-30' }, ['/asOf']],
  ])('for %s names the field, with and without an array', async (_what, over, expected) => {
    const { status, body } = await post(asked(over));
    expect([status, body.type, pointers(body)]).toEqual([422, '/problems/invalid-question', expected]);
    const second = await post([asked({}), asked(over)]);
    expect([second.status, pointers(second.body)]).toEqual([422, expected.map((pointer) => `/1${pointer}`)]);
    expect(body.errors.every((fault: { message: string }) => fault.message.length > 10)).toBe(true);
  });

  it.each<[string, object, string]>([
    ['publishedBy', { publishedBy: '2027-01-01' }, '/publishedBy'],
    ['recordedBy', { recordedBy: 9999 }, '/recordedBy'],
  ])('for %s that runs ahead names it, too', async (_what, over, pointer) => {
    const { status, body } = await post([asked({}), asked(over)]);
    expect([status, body.type, pointers(body)]).toEqual([400, '/problems/clock-ahead', [`/1${pointer}`]]);
  });

  it.each([
    ['nothing', []],
    ['too many', Array.from({ length: 201 }, () => asked({}))],
  ])('for %s in an array', async (_what, body) => {
    expect((await post(body)).status).toBe(422);
  });

  it('is not JSON', async () => {
    const answer = await request(service.url)
      .post('/v1/determinations')
      .set('Content-Type', 'application/json')
      .send('{"item":');
    expect([answer.status, answer.body.type]).toEqual([400, '/problems/malformed-body']);
  });

  it.each([
    ['chip=h9000&destination=CN', 'chip', 422],
    ['chip=h800&destination=ZZ', 'destination', 422],
    ['chip=h800&destination=CN&from=CN', 'activity', 422],
    ['chip=h800&destination=CN&endUser=nobody-at-all', 'endUser', 422],
    ['chip=h800&destination=CN&exporter=nobody-at-all', 'exporter', 422],
    ['chip=h800&destination=CN&endUser=huawei&headquarters=US', 'headquarters', 422],
    ['chip=h800&destination=CN&assumeProposed=us-no-such-bill', 'assumeProposed', 422],
    ['chip=h800', 'destination', 400],
    ['chip=h800&destination=CN&colour=red', 'colour', 400],
    ['chip=h800&destination=CN&publishedBy=2027-01-01', 'publishedBy', 400],
  ])('by GET names the parameter: %s', async (query, parameter, expected) => {
    const { status, body } = await get(`/v1/determinations?${query}`);
    expect([status, parameters(body)]).toEqual([expected, [parameter]]);
  });
});

describe('the words of a refusal', () => {
  const errorsOf = async (path: string) => (await get(path)).body.errors;

  it('name a missing parameter, and what to give', async () => {
    expect(await errorsOf('/v1/determinations?destination=CN')).toEqual([
      { parameter: 'chip', message: 'is missing; give chip, such as chip=h800' },
    ]);
    expect(await errorsOf('/v1/chips/h800/status-history')).toEqual([
      { parameter: 'destination', message: 'is missing; give destination, such as destination=CN' },
    ]);
    expect(await errorsOf('/v1/errors-live')).toEqual([
      { parameter: 'on', message: 'is missing; give on, such as on=2025-01-05' },
    ]);
  });

  it('name a missing or wrong field of a body, and what to give', async () => {
    const { body } = await post({ destination: 'CN', parties: 'nobody', inputs: { 'is-it': 'no' } });
    expect(body.errors).toEqual([
      { pointer: '/item', message: 'is missing; give item, an object' },
      {
        pointer: '/activity',
        message: 'is missing; give activity, one of export, reexport, transfer-in-country, remote-access',
      },
      { pointer: '/parties', message: 'is "nobody"; must be a list' },
      { pointer: '/inputs/is-it', message: 'is "no"; must be true or false' },
    ]);
    expect((await post('five')).body.errors).toEqual([
      { pointer: '', message: 'is "five"; must be an object' },
    ]);
  });

  it('stand once, however many fields of the question a parameter fills', async () => {
    const errors = await errorsOf('/v1/chips/h800/status-history?destination=ZZ');
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ parameter: 'destination' });
  });

  it.each([
    '/v1/explain?subject=party:nvidia&attribute=colour',
    '/v1/events?type=Nothing',
    '/v1/instruments?legalStatus=nice',
  ])('stay short where much would be possible: %s', async (path) => {
    const [{ message }] = await errorsOf(path);
    expect(message.length).toBeLessThan(300);
    expect(message).toMatch(/^is "\w+"; must be one of /);
  });

  it('stay short for a named input that there is not', async () => {
    const { body } = await post(asked({ inputs: { 'is-it-friday': true } }));
    expect(body.errors[0].message.length).toBeLessThan(300);
  });
});

describe('a rule that is recorded as an event', () => {
  const rule = {
    type: 'RestrictionIssued',
    subject: 'instrument:us-invented-rule',
    publishedOn: '2026-11-20',
    occurredOn: '2026-11-20',
    standing: 'official',
    summary: 'An invented rule on memory bandwidth for Malaysia.',
    data: {
      title: 'An invented rule',
      jurisdiction: 'US',
      authority: 'BIS',
      form: 'final-rule',
      citation: null,
      effectivity: [],
      amends: [],
      supersedes: [],
      implements: [],
      provisions: [
        {
          key: 'invented-license',
          kind: 'license-requirement',
          cfr: [],
          text: 'Chips with 300 GB/s of memory bandwidth need a license for Malaysia.',
          from: '2027-01-01',
          item: { metric: 'memoryBandwidthGBps', op: '>=', value: 300 },
          destination: { countries: ['MY'] },
          activities: ['export'],
        },
      ],
    },
  };
  const l4 = (over: object) =>
    asked({
      item: { chip: 'l4' },
      destination: 'MY',
      parties: [
        { role: 'end-user', name: 'A company', headquarters: 'MY', ultimateParentHeadquarters: 'MY' },
      ],
      ...over,
    });
  const outcomes = async (over: object) =>
    (await post(['2026-12-31', '2027-01-01', '2027-06-01'].map((asOf) => l4({ asOf, ...over })))).body.map(
      (one: { outcome: string }) => one.outcome,
    );
  const free = 'no-requirement-found';

  it('changes determinations from its date on, is announced before, and leaves what was answered as it was', async () => {
    const head = service.tidemark.position;
    const pinned = l4({ asOf: '2027-01-01', recordedBy: head });
    const before = (await post(pinned)).text;
    expect(await outcomes({})).toEqual([free, free, free]);
    expect((await post(rule, '/v1/events')).status).toBe(201);
    expect(await outcomes({})).toEqual([free, 'license-required', 'license-required']);
    expect(await outcomes({ publishedBy: '2026-11-19' })).toEqual([free, free, free]);
    expect((await post(pinned)).text).toBe(before);
    const [announced, binding] = (await post([l4({ asOf: '2026-12-31' }), l4({ asOf: '2027-01-01' })])).body;
    expect(announced.nextChange).toMatchObject({ on: '2027-01-01', because: 'instrument:us-invented-rule' });
    expect(binding.instruments).toEqual(['us-invented-rule']);
    const history = (await get('/v1/chips/l4/status-history?destination=MY')).body.items;
    expect(history.at(-1)).toMatchObject({
      from: '2027-01-01',
      outcome: 'license-required',
      because: 'instrument:us-invented-rule',
    });
  });

  it('no longer counts once it is retracted', async () => {
    const { items } = (await get('/v1/events?subject=instrument:us-invented-rule')).body;
    const body = { kind: 'record', reason: 'It was invented.' };
    expect((await post(body, `/v1/events/${items[0].id}/retraction`)).status).toBe(201);
    expect(await outcomes({})).toEqual([free, free, free]);
  });
});

describe('a proposal', () => {
  const cloudRule = 'us-wsj-cloud-restriction-report-2023-07';
  const rental = (proposed: string[]) =>
    asked({
      item: { chip: 'h100' },
      activity: 'remote-access',
      from: undefined,
      destination: 'MY',
      assume: { proposed },
      asOf: '2024-06-01',
    });

  it('decides nothing, and is counted as in force where the question assumes it', async () => {
    const [without, with_] = (await post([rental([]), rental([cloudRule])])).body;
    expect(without.outcome).toBe('no-requirement-found');
    expect(without.notices.length).toBeGreaterThan(0);
    expect(with_.outcome).toBe('license-required');
    expect(with_.headline).toContain('counted as in force');
  });

  it('has an impact: the recorded deals and companies that it would touch, with the answer before and after', async () => {
    const { body } = await get(`/v1/instruments/${cloudRule}/impact?asOf=2026-02-01`);
    expect(body).toMatchObject({ instrument: cloudRule, at: { asOf: '2026-02-01' } });
    expect(body.companies).toEqual(expect.arrayContaining(['bytedance', 'tencent']));
    expect(body.touched.length).toBeGreaterThan(5);
    for (const { before, after, party } of body.touched) {
      expect(before).not.toEqual(after);
      expect(body.companies).toContain(party);
    }
  });

  it.each([
    'us-bis-acs-ifr-2023-10',
    'us-no-such-bill',
    'jp-meti-23-items-2023',
    'us-bis-diffusion-nonenforcement-2025-05',
  ])('is not %s', async (id) => {
    const { status, body } = await get(`/v1/instruments/${id}/impact`);
    expect([status, body.type, parameters(body)]).toEqual([422, '/problems/not-a-proposal', ['id']]);
    const [, list = ''] = String(body.detail).split('those that can be assumed: ');
    expect(list).toContain(cloudRule);
    expect(list).not.toContain(id);
  });
});

interface Standing {
  readonly outcome: string;
  readonly assumptions: readonly string[];
  readonly doubts: readonly string[];
  readonly ifEnforced: object | null;
  readonly settledBy: readonly object[];
  readonly beforeSale: boolean;
}

describe('a status history', () => {
  const path = '/v1/chips/h800/status-history?destination=CN&asOf=2026-11-01';

  it('has one row for each period, without a gap, and says why each began', async () => {
    const { items, next } = (await get(path)).body;
    expect(next).toBeNull();
    expect(items.slice(1).map((item: { from: string }) => item.from)).toEqual(
      items.slice(0, -1).map((item: { to: string }) => item.to),
    );
    const changes = items.map((item: { from: string; because: string }) => [item.from, item.because]);
    expect(changes).toContainEqual(['2023-10-23', `instrument:${letter}`]);
    expect(changes).toContainEqual(['2023-11-17', 'instrument:us-bis-acs-ifr-2023-10']);
  });

  it('agrees with the determination on the first day of each period', async () => {
    const { items } = (await get(`${path}&headquarters=CN`)).body;
    const parties = [{ role: 'end-user', headquarters: 'CN', ultimateParentHeadquarters: 'CN' }];
    const { body } = await post(items.map(({ from }: { from: string }) => asked({ parties, asOf: from })));
    const said = ({ outcome, assumptions, doubts, ifEnforced, settledBy, beforeSale }: Standing) => ({
      ...{ outcome, assumptions, doubts, ifEnforced, settledBy, beforeSale },
    });
    expect(items.map(said)).toEqual(body.map(said));
    expect(items.some(({ doubts }: Standing) => doubts.length > 0)).toBe(true);
  });

  it('says what it supposes of the end user where nobody said it', async () => {
    const supposed = 'the end user and its top owner are headquartered in CN, as no headquarters is given';
    const assumed = async (query: string) =>
      (await get(`${path}${query}`)).body.items.map(({ assumptions }: Standing) =>
        assumptions.includes(supposed),
      );
    expect(new Set(await assumed(''))).toEqual(new Set([true]));
    expect(new Set(await assumed('&headquarters=CN'))).toEqual(new Set([false]));
  });

  it('comes in pages that join to the whole', async () => {
    const whole = (await get(path)).body.items;
    const joined: unknown[] = [];
    for (let next: string | null = `${path}&limit=2`; next !== null;) {
      const { body } = await get(next);
      expect(body.items.length).toBeLessThanOrEqual(2);
      joined.push(...body.items);
      next = body.next === null ? null : `/v1/chips/h800/status-history?cursor=${body.next}&limit=2`;
    }
    expect(joined).toEqual(whole);
  });

  it.each([
    ['/v1/chips/h9000/status-history?destination=CN', 404, '/problems/unknown-subject', []],
    ['/v1/chips/h800/status-history', 400, '/problems/invalid-parameter', ['destination']],
    ['/v1/chips/h800/status-history?destination=ZZ', 422, '/problems/invalid-question', ['destination']],
    [
      '/v1/chips/h800/status-history?destination=CN&headquarters=ZZ',
      422,
      '/problems/invalid-question',
      ['headquarters'],
    ],
  ])('is refused by name: %s', async (address, expected, type, names) => {
    const { status, body } = await get(address);
    expect([status, body.type]).toEqual([expected, type]);
    expect([...new Set(parameters({ errors: body.errors ?? [] }))]).toEqual(names);
  });
});
