/** Which of several claims holds, and what becomes of the others? */
import { describe, expect, it } from '@jest/globals';
import type { Subject } from '../../events/identity.ts';
import type { Attribute } from '../../projections/claim.ts';
import { described, resolve, resolved } from '../../projections/resolve.ts';
import { figureOf } from '../../projections/views/chip.ts';
import { companyView } from '../../projections/views/company.ts';
import { dealEntry } from '../../projections/views/deal.ts';
import { postureView } from '../../projections/views/posture.ts';
import type { Envelope, Given } from '../history/given.ts';
import {
  chips,
  dealUpdate,
  dollars,
  figures,
  known,
  listing,
  purchase,
  registration,
  rental,
  spendingPlan,
  tpp,
} from '../history/given.ts';

const plan: Subject = 'deal:plan' as Subject;

function resolution(
  asOf: string,
  subject: Subject,
  attribute: Attribute,
  given: readonly Given[],
  key?: string,
) {
  const found = resolved(known({ asOf }, ...given), subject, attribute, key);
  return found === null
    ? null
    : { value: found.winner.value, lost: found.losers.map((loser) => [loser.claim.value, loser.because]) };
}

const at = (stage: string, envelope: Envelope) => rental('plan', { stage }, envelope);
const stage = (asOf: string, ...given: Given[]) => resolution(asOf, plan, 'stage', given, 'rented');
const asked = '2025-12-31';

describe('a state', () => {
  it('is the one that began last, whoever vouches for it', () => {
    const signed = at('signed', { occurredOn: '2025-01-01', standing: 'official' });
    const running = at('running', { occurredOn: '2025-06-01', standing: 'reported' });
    expect(stage(asked, signed, running)).toEqual({
      value: 'running',
      lost: [['signed', 'superseded by a later state']],
    });
    expect(stage('2025-05-31', signed, running)).toEqual({ value: 'signed', lost: [] });
  });

  it('is not changed by an old one that is found later', () => {
    const running = at('running', { occurredOn: '2025-06-01', publishedOn: '2025-06-01' });
    const talks = at('talks', { occurredOn: '2025-01-01', publishedOn: '2025-09-01' });
    expect(stage(asked, running, talks)?.value).toBe('running');
  });

  it('that began on the same day is the one that is better vouched for', () => {
    const reported = at('running', {
      occurredOn: '2025-01-01',
      publishedOn: '2025-03-01',
      standing: 'reported',
    });
    const company = at('signed', {
      occurredOn: '2025-01-01',
      publishedOn: '2025-02-01',
      standing: 'company',
    });
    expect(stage(asked, company, reported)).toEqual({
      value: 'signed',
      lost: [['running', 'lesser standing']],
    });
  });

  it('that began on the same day on equal word is the one published later', () => {
    const earlier = at('signed', { occurredOn: '2025-01-01', publishedOn: '2025-02-01' });
    const later = at('running', { occurredOn: '2025-01-01', publishedOn: '2025-03-01' });
    expect(stage(asked, later, earlier)).toEqual({
      value: 'running',
      lost: [['signed', 'published earlier']],
    });
  });

  it('that ties in all else is the one recorded later', () => {
    const [one, two] = [at('signed', {}), at('running', {})];
    expect(stage(asked, one, two)).toEqual({ value: 'running', lost: [['signed', 'recorded earlier']] });
  });

  it('at an instant begins after one of the same day without a time', () => {
    const day = at('signed', { occurredOn: '2025-01-01', standing: 'official' });
    const noon = at('running', { occurredOn: '2025-01-01T12:00:00Z' });
    expect(stage(asked, noon, day)?.value).toBe('running');
  });

  it('that is only rumoured wins where nothing better holds, and nowhere else', () => {
    const signed = at('signed', { occurredOn: '2025-01-01', standing: 'estimated' });
    const rumour = at('running', { occurredOn: '2025-06-01', standing: 'rumoured' });
    expect(stage(asked, signed, rumour)).toEqual({
      value: 'signed',
      lost: [['running', 'a rumour gives way to what is better vouched for']],
    });
    expect(stage(asked, rumour)?.value).toBe('running');
  });
});

describe('a description', () => {
  const count = (best: number, envelope: Envelope) =>
    rental('plan', { chips: [chips('h100', best)] }, envelope);
  const counted = (...given: Given[]) => {
    const found = resolution(asked, plan, 'count', given, 'rented/h100');
    if (found === null) return null;
    const best = (value: unknown) => (value as { count: { best: number } }).count.best;
    return { best: best(found.value), lost: found.lost.map(([value, because]) => [best(value), because]) };
  };

  it('is the best vouched for, however old', () => {
    const company = count(1000, { standing: 'company', publishedOn: '2024-01-01' });
    const reported = count(2000, { standing: 'reported', publishedOn: '2025-01-01' });
    expect(counted(company, reported)).toEqual({ best: 1000, lost: [[2000, 'lesser standing']] });
  });

  it('ranks standing: authority, company, report, estimate, rumour', () => {
    const order = ['official', 'company', 'reported', 'estimated', 'rumoured'] as const;
    const given = order.map((standing, rank) => count(rank + 1, { standing })).toReversed();
    const found = counted(...given);
    expect([found?.best, ...(found?.lost ?? []).map(([best]) => best)]).toEqual([1, 2, 3, 4, 5]);
  });

  it('by a company about itself does not beat an authority', () => {
    const authority = count(1000, { standing: 'official', publishedOn: '2024-01-01' });
    const company = count(9000, { standing: 'company', publishedOn: '2025-06-01', statementBy: 'bytedance' });
    expect(counted(authority, company)?.best).toBe(1000);
  });

  it('is never hidden by an estimate', () => {
    const reported = count(1000, { standing: 'reported', publishedOn: '2024-01-01' });
    const estimate = count(5000, { standing: 'estimated', publishedOn: '2025-06-01' });
    expect(counted(reported, estimate)).toEqual({ best: 1000, lost: [[5000, 'lesser standing']] });
  });

  it('on equal word is the one published later, then the one recorded later', () => {
    const may = count(1000, { publishedOn: '2025-05-01' });
    const june = count(2000, { publishedOn: '2025-06-01' });
    expect(counted(june, may)).toEqual({ best: 2000, lost: [[1000, 'published earlier']] });
    expect(counted(may, count(3000, { publishedOn: '2025-05-01' }))).toEqual({
      best: 3000,
      lost: [[1000, 'recorded earlier']],
    });
  });

  it('that was found later does not win by that alone', () => {
    const june = count(2000, { publishedOn: '2025-06-01' });
    const oldFoundLate = count(1000, { publishedOn: '2025-05-01' });
    expect(counted(june, oldFoundLate)?.best).toBe(2000);
  });

  it('of one chip is compared with that chip alone', () => {
    const h100 = count(1000, { standing: 'rumoured' });
    const h20 = rental('plan', { chips: [chips('h20', 5)] }, { standing: 'official' });
    expect(counted(h100, h20)).toEqual({ best: 1000, lost: [] });
  });
});

describe('a figure of a chip', () => {
  it('derived from the vendor’s figures ranks like the vendor’s word', () => {
    const derived = figures(
      'h20',
      { tpp: { value: 2368, basis: 'derived' } },
      { standing: 'reported', publishedOn: '2024-01-01' },
    );
    const press = figures(
      'h20',
      { tpp: { value: 2400, basis: 'third-party' } },
      { standing: 'reported', publishedOn: '2025-01-01' },
    );
    const found = figureOf(known({ asOf: asked }, derived, press), 'h20', 'tpp');
    expect([found?.winner.value.value, found?.winner.standing]).toEqual([2368, 'company']);
  });

  it('counts once it was public, whatever date is asked for', () => {
    const evidence = known({ asOf: '2020-01-01' }, tpp('h100', 15832, { publishedOn: '2022-03-22' }));
    expect(figureOf(evidence, 'h100', 'tpp')?.winner.value.value).toBe(15832);
    const before = known(
      { asOf: '2020-01-01', publishedBy: '2022-03-21' },
      tpp('h100', 15832, { publishedOn: '2022-03-22' }),
    );
    expect(figureOf(before, 'h100', 'tpp')).toBeNull();
  });
});

describe('sources that disagree', () => {
  it('are all shown, with the reason why each lost', () => {
    const given = [
      purchase('plan', { chips: [chips('h100', 1000)], amount: dollars(2) }, { standing: 'company' }),
      purchase(
        'plan',
        { chips: [chips('h100', 4000)], amount: dollars(5) },
        { standing: 'reported', name: 'press' },
      ),
    ];
    const entry = dealEntry(known({ asOf: asked }, ...given), plan, 'purchased');
    expect(entry?.alternatives.map(({ attribute, lostBecause }) => [attribute, lostBecause])).toEqual([
      ['amount', 'lesser standing'],
      ['count of h100', 'lesser standing'],
    ]);
  });

  it('are not those that say the same', () => {
    const given = [
      purchase('plan', { chips: [chips('h100', 1000)] }, { standing: 'company' }),
      purchase('plan', { chips: [chips('h100', 1000)] }),
    ];
    expect(dealEntry(known({ asOf: asked }, ...given), plan, 'purchased')?.alternatives).toEqual([]);
  });

  it('are not a state and the one that followed it', () => {
    const given = [at('talks', { occurredOn: '2025-01-01' }), at('signed', { occurredOn: '2025-06-01' })];
    expect(dealEntry(known({ asOf: asked }, ...given), plan, 'rented')?.alternatives).toEqual([]);
  });
});

describe('a set', () => {
  it('has no winner: its entries add up', () => {
    const given = [
      listing('bytedance', { from: '2025-01-01' }),
      listing('bytedance', { from: '2025-02-01' }),
    ];
    const listings = known({ asOf: asked }, ...given).claims('party:bytedance' as Subject, 'listing');
    expect(listings).toHaveLength(2);
    expect(() => resolve(listings)).toThrow(/is a set/);
  });
});

describe('what identifies a subject', () => {
  it('is known before it begins, as it is first going to be', () => {
    const given = registration(
      'bytedance',
      { name: 'ByteDance Ltd.' },
      { publishedOn: '2025-06-01', occurredOn: '2025-07-01' },
    );
    const found = described(known({ asOf: '2025-01-01' }, given), 'party:bytedance' as Subject, 'name');
    expect(found?.winner.value).toBe('ByteDance Ltd.');
  });

  it('changes from the day of the new registration', () => {
    const given = [
      registration(
        'humain',
        { name: 'Old', parent: 'g42' },
        { occurredOn: '2024-01-01', publishedOn: '2024-01-01' },
      ),
      registration(
        'humain',
        { name: 'New', parent: null },
        { occurredOn: '2025-01-01', publishedOn: '2025-01-01' },
      ),
    ];
    const identity = (asOf: string) => {
      const company = companyView(known({ asOf }, ...given), 'humain');
      return [company?.name, company?.parent];
    };
    expect(identity('2024-12-31')).toEqual(['Old', 'g42']);
    expect(identity('2025-01-01')).toEqual(['New', null]);
  });
});

describe('news of a deal', () => {
  const ordered = purchase('plan', { chips: [chips('h100', 1000)] }, { occurredOn: '2025-01-01' });
  const entryAt = (asOf: string, ...given: Given[]) =>
    dealEntry(known({ asOf }, ...given), plan, 'purchased');

  it('that it is complete makes a purchase delivered and a rental running', () => {
    const done = dealUpdate(
      'plan',
      { stage: 'completed' },
      { occurredOn: '2025-06-01', publishedOn: '2025-06-01' },
    );
    expect([
      entryAt('2025-05-31', ordered, done)?.stage,
      entryAt('2025-06-01', ordered, done)?.stage,
    ]).toEqual(['ordered', 'delivered']);
    const rented = rental('plan', {}, { occurredOn: '2025-01-01' });
    expect(dealEntry(known({ asOf: '2025-06-01' }, rented, done), plan, 'rented')?.stage).toBe('running');
  });

  it('that it is confirmed or amended leaves its stage', () => {
    for (const news of ['confirmed', 'amended']) {
      const update = dealUpdate('plan', { stage: news }, { publishedOn: '2025-06-01' });
      expect(entryAt(asked, ordered, update)?.stage).toBe('ordered');
    }
  });

  it('that it is paused flags it and leaves its stage', () => {
    const paused = dealUpdate('plan', { stage: 'paused' }, { publishedOn: '2025-06-01' });
    const entry = entryAt(asked, ordered, paused);
    expect([entry?.stage, entry?.paused]).toEqual(['ordered', ['news of the deal']]);
  });

  it('that it is cancelled ends it from that date on', () => {
    const cancelled = dealUpdate('plan', { stage: 'cancelled' }, { publishedOn: '2025-06-01' });
    expect([
      entryAt('2025-05-31', ordered, cancelled)?.stage,
      entryAt(asked, ordered, cancelled)?.stage,
    ]).toEqual(['ordered', 'cancelled']);
  });

  it('with another number is a number of the deal like any other', () => {
    const amended = dealUpdate(
      'plan',
      { stage: 'amended', chips: [chips('h100', 400)] },
      { publishedOn: '2025-06-01' },
    );
    expect(entryAt(asked, ordered, amended)?.chips[0]?.count?.best).toBe(400);
    expect(entryAt('2025-05-31', ordered, amended)?.chips[0]?.count?.best).toBe(1000);
  });
});

describe('spending plans', () => {
  const year = (from: string) => ({ from, to: from });
  const plansOf = (...given: Given[]) =>
    postureView(known({ asOf: asked }, ...given), 'bytedance')?.spending ?? [];

  it('of one kind for one period are reports of one plan', () => {
    const plans = plansOf(
      spendingPlan({ amount: dollars(20, year('2025')) }, { publishedOn: '2025-01-01' }),
      spendingPlan({ amount: dollars(30, year('2025')) }, { publishedOn: '2025-02-01' }),
      spendingPlan({ amount: dollars(40, year('2026')) }, { publishedOn: '2025-02-01' }),
    );
    expect(plans.map((one) => one.amount?.value.best)).toEqual([30, 40]);
    expect(plans[0]?.alternatives).toMatchObject([{ attribute: 'amount', lostBecause: 'published earlier' }]);
  });

  it('without a period are plans of their own, and none hides with whom another is compared', () => {
    const plans = plansOf(
      spendingPlan({ of: 'AI', amount: dollars(10) }, { publishedOn: '2024-06-07' }),
      spendingPlan({ of: 'AI', comparedWith: ['alibaba'] }, { publishedOn: '2025-01-31' }),
    );
    expect(plans).toHaveLength(2);
    expect(plans.map((one) => one.comparedWith)).toContainEqual(['alibaba']);
  });

  it('show the plans of those with whom they are compared', () => {
    const compared = spendingPlan({ comparedWith: ['alibaba', 'tencent'] });
    const rival = spendingPlan({ party: 'alibaba', amount: dollars(5) });
    const rivals = postureView(known({ asOf: asked }, compared, rival), 'bytedance')?.rivals ?? [];
    expect(rivals.map(({ party, reason, spending }) => [party, reason, spending.length])).toEqual([
      ['alibaba', null, 1],
      ['tencent', 'not-reported', 0],
    ]);
  });
});
