import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventSource } from 'eventsource';
import { asDescribed } from '../http/openapiCheck.ts';
import request from 'supertest';
import type { TestService } from '../http/service.ts';
import { openService, release } from '../http/service.ts';

let service: TestService;
let url: string;
beforeAll(async () => {
  service = await openService({ chronicle: true });
  ({ url } = service);
}, 60_000);
afterAll(() => service.close());

interface Deal {
  readonly deal: string | null;
  readonly status: string;
  readonly stage: string;
  readonly amount: { readonly value: { readonly high: number | null } } | null;
  readonly place: { readonly outside: string | null } | null;
  readonly claims: readonly {
    readonly type: string;
    readonly publishedOn: string;
    readonly attribution: { readonly outlet: string | null } | null;
  }[];
}

const ask = async (path: string) => asDescribed(await request(url).get(path));
const posture = async (company: string, query: string) =>
  (await ask(`/v1/companies/${company}/posture?${query}`)).body;
const statusOf = async (instrument: string, query: string) => {
  const { status, body } = await ask(`/v1/instruments/${instrument}?${query}`);
  return status === 200 ? [body.instrument.legalStatus, body.instrument.enforcement] : body.type;
};

describe('an analyst asks how things stood, as far as anyone could know then', () => {
  it("sees ByteDance's plan as reported and as denied, and nothing that came out later", async () => {
    const then = await posture('bytedance', 'asOf=2025-01-05&publishedBy=2025-01-05');
    const plan = (then.access as Deal[]).find(
      (deal) => deal.deal === 'bytedance-7bn-overseas-rental-plan-2025',
    );
    expect(plan).toMatchObject({
      status: 'denied',
      stage: 'planned',
      amount: { value: { best: 7_000_000_000 } },
    });
    expect(plan?.claims.map((claim) => claim.type)).toContain('ClaimDenied');
    expect(plan?.claims.map((claim) => claim.attribution?.outlet)).toContain('The Information');
    for (const [, day] of JSON.stringify(then).matchAll(/"publishedOn":"(\d{4}-\d{2}-\d{2})/g))
      expect(String(day) <= '2025-01-05').toBe(true);
    const hindsight = await posture('bytedance', 'asOf=2025-01-05');
    expect(JSON.stringify(hindsight).length).toBeGreaterThan(JSON.stringify(then).length);
  });

  it('tells what held from what was public: the letter of August 2022', async () => {
    const letter = 'us-is-informed-nvidia-2022-08-26';
    expect(await statusOf(letter, 'asOf=2022-08-28')).toEqual(['in-force', 'enforced']);
    expect(await statusOf(letter, 'asOf=2022-08-28&publishedBy=2022-08-28')).toBe('/problems/not-known-then');
  });

  it('tells issued from in force, and in force from enforced', async () => {
    expect(await statusOf('us-bis-acs-ifr-2023-10', 'asOf=2023-11-16')).toEqual(['issued', null]);
    expect(await statusOf('us-bis-acs-ifr-2023-10', 'asOf=2023-11-17')).toEqual(['in-force', 'enforced']);
    expect(await statusOf('us-bis-ai-diffusion-ifr-2025-01', 'asOf=2025-06-01')).toEqual([
      'in-force',
      'not-enforced',
    ]);
  });

  it('is told how far the record reaches', async () => {
    const { at } = (await ask('/v1/upcoming?asOf=2027-03-01')).body;
    expect(at.prospective).toBe(true);
    const ends = at.coverage.map((part: { to: string }) => part.to) as string[];
    expect(ends.length).toBeGreaterThan(1);
    expect(ends).toEqual(ends.toSorted());
  });
});

describe('an auditor replays the log', () => {
  it('to the digest that the running service has', async () => {
    const { body } = await ask('/v1/audit/replay');
    expect(body).toMatchObject({ agrees: true, position: service.tidemark.position });
    expect(body.digest).toBe(body.runningDigest);
  }, 30_000);
});

describe('a program subscribes', () => {
  it('hears the whole history and then what is new, and resumes where it was cut off', async () => {
    const { position } = (await ask('/readyz')).body as { position: number };
    const heard: number[] = [];
    const source = new EventSource(`${url}/v1/stream`);
    const isHeard = (last: number) =>
      new Promise<void>((resolve) => {
        source.addEventListener('message', (event) => {
          heard.push(Number(event.lastEventId));
          if (heard.at(-1) === last) resolve();
        });
      });
    const all = isHeard(position + 1);
    source.addEventListener('caught-up', () => {
      void request(url)
        .post('/v1/events')
        .set('Authorization', service.mayAppend)
        .send(release())
        .expect(201)
        .then();
    });
    await all;
    source.close();
    expect(heard).toEqual(Array.from({ length: position + 1 }, (_, at) => at + 1));
    const again = new EventSource(`${url}/v1/stream?after=${position - 1}`);
    const next = await new Promise((resolve) =>
      again.addEventListener('message', (event) => resolve(event.lastEventId)),
    );
    again.close();
    expect(next).toBe(String(position));
  }, 30_000);
});
