/** How much compute does that come to? Every sentence of the rules for totals, with numbers worked out by hand. */
import { describe, expect, it } from '@jest/globals';
import { postureView } from '../../projections/views/posture.ts';
import type { Given } from '../history/given.ts';
import {
  chips,
  cluster,
  dealUpdate,
  denial,
  interval,
  known,
  purchase,
  rental,
  stock,
  tpp,
} from '../history/given.ts';

const asOf = '2025-12-31';

function totals(...given: Given[]) {
  const posture = postureView(known({ asOf }, ...given), 'bytedance');
  if (posture === null) throw new Error('nothing names ByteDance');
  return posture.totals;
}
const rented = (...given: Given[]) => totals(...given).rented;
const owned = (...given: Given[]) => totals(...given).owned;
const ordered = (...given: Given[]) => totals(...given).ordered;

const lineOf = (chip: string, values: { low?: number; best?: number; high?: number }, more = {}) => ({
  chip,
  count: interval(values),
  basis: 'reported',
  ...more,
});
const exactly = (n: number) => ({ low: n, best: n, high: n });
let deals = 0;
const rent = (...lines: ReturnType<typeof chips>[]) => rental(`rental-${(deals += 1)}`, { chips: lines });
const buy = (stage: string, ...lines: ReturnType<typeof chips>[]) =>
  purchase(`purchase-${(deals += 1)}`, { stage, chips: lines });

describe('the low end', () => {
  it('adds low, or else best', () => {
    const total = rented(
      rent(lineOf('h100', { low: 100, best: 150, high: 200 })),
      rent(lineOf('h20', { best: 1000, high: 1000 })),
    );
    expect(total.units?.low).toBe(1100);
  });
});

describe('the best value', () => {
  it('adds best, or else low', () => {
    const total = rented(
      rent(lineOf('h100', { low: 100, best: 150, high: 200 })),
      rent(lineOf('h20', { low: 900, high: 1000 })),
    );
    expect(total.units?.best).toBe(1050);
  });
});

describe('the high end', () => {
  it('adds high where every line has one', () => {
    const total = rented(
      rent(lineOf('h100', { low: 100, best: 150, high: 200 })),
      rent(lineOf('h20', { low: 900, high: 1000 })),
    );
    expect(total.units?.high).toBe(1200);
  });

  it('is null as soon as one line has none', () => {
    const total = rented(rent(chips('h100', 100)), rent(lineOf('h20', { low: 900 })));
    expect(total.units).toEqual({ low: 1000, best: 1000, high: null });
  });

  it('is null as soon as one line has no number at all, in units and in TPP', () => {
    const total = rented(rent(chips('h100', 100)), rent(chips('h20', null)), tpp('h100', 10));
    expect(total).toMatchObject({
      units: { low: 100, best: 100, high: null },
      tpp: { low: 1000, best: 1000, high: null },
    });
  });
});

describe('a line with no number', () => {
  it('adds nothing and is counted as uncounted', () => {
    const total = rented(rent(chips('h100', 100)), rent(chips('h20', null), chips('b200', null)));
    expect(total).toMatchObject({ units: { best: 100 }, uncounted: 2, excluded: 0 });
  });

  it('alone makes no total of 0', () => {
    expect(rented(rent(chips('h100', null)))).toEqual({
      units: null,
      reason: 'not-reported',
      uncounted: 1,
      excluded: 0,
    });
  });
});

describe('what never adds', () => {
  const real = rent(chips('h100', 100));

  it('a rumoured line', () => {
    const rumour = rental('rumour', { chips: [chips('h100', 7)] }, { standing: 'rumoured' });
    expect(rented(real, rumour)).toMatchObject({ units: exactly(100), uncounted: 0, excluded: 1 });
  });

  it('a planned line, by its basis or by the stage of its deal', () => {
    const plans = [
      rent(chips('h20', 7, { basis: 'planned' })),
      rental('a', { stage: 'planned', chips: [chips('h100', 7)] }),
      rental('b', { stage: 'talks', chips: [chips('h100', 7)] }),
    ];
    expect(rented(real, ...plans)).toMatchObject({ units: exactly(100), excluded: 3 });
  });

  it('a denied line', () => {
    const plan = rental('plan', { chips: [chips('h100', 7)] }, { name: 'report' });
    const denied = denial(['report'], { scope: 'whole' }, { publishedOn: '2025-01-03' });
    expect(rented(real, plan)).toMatchObject({ units: exactly(107), excluded: 0 });
    expect(rented(real, plan, denied)).toMatchObject({ units: exactly(100), excluded: 1 });
  });

  it('a line that is held together with others', () => {
    expect(rented(real, rent(chips('h20', 7, { sharedBy: ['alibaba', 'tencent'] })))).toMatchObject({
      units: exactly(100),
      excluded: 1,
    });
  });

  it('equivalents of another chip', () => {
    const equivalents = {
      chip: null,
      unit: 'h100-equivalents',
      count: interval({ best: 7 }),
      basis: 'estimated',
    };
    expect(rented(real, rent(equivalents))).toMatchObject({ units: exactly(100), excluded: 1 });
  });

  it('an upper bound, by its basis or by having nothing but a high end', () => {
    const bounds = [rent(chips('h20', 7, { basis: 'upper-bound' })), rent(lineOf('b200', { high: 7 }))];
    expect(rented(real, ...bounds)).toMatchObject({ units: exactly(100), excluded: 2 });
  });

  it('a deal that was cancelled, from that date on', () => {
    const doomed = rental('doomed', { chips: [chips('h100', 7)] });
    const cancelled = dealUpdate('doomed', { stage: 'cancelled' }, { publishedOn: '2025-06-01' });
    expect(rented(real, doomed, cancelled)).toMatchObject({ units: exactly(100), excluded: 1 });
    const before = postureView(known({ asOf: '2025-05-31' }, real, doomed, cancelled), 'bytedance');
    expect(before?.totals.rented.units).toEqual(exactly(107));
  });

  it('and all of that alone makes no total of 0', () => {
    const rumour = rental('rumour', { chips: [chips('h100', 7)] }, { standing: 'rumoured' });
    expect(rented(rumour)).toEqual({ units: null, reason: 'not-reported', uncounted: 0, excluded: 1 });
  });
});

describe('a disputed line', () => {
  it('counts: only a denial of the whole takes it out', () => {
    const plan = rental('plan', { chips: [chips('h100', 7)] }, { name: 'report' });
    expect(
      rented(plan, denial(['report'], { scope: 'figure' }, { publishedOn: '2025-01-03' })).units,
    ).toEqual(exactly(7));
  });
});

describe('a deal that is paused', () => {
  it('stays in the total: the pause is a flag', () => {
    const halted = dealUpdate('halted', { stage: 'paused' }, { publishedOn: '2025-06-01' });
    expect(rented(rental('halted', { chips: [chips('h100', 7)] }), halted).units).toEqual(exactly(7));
  });
});

describe('an estimate', () => {
  const estimate = (chip: string) =>
    rental(`estimate-${chip}`, { chips: [chips(chip, 5000)] }, { standing: 'estimated' });

  it('enters where no better line exists for that chip', () => {
    expect(rented(rent(chips('h100', 100)), estimate('h20'))).toMatchObject({
      units: exactly(5100),
      excluded: 0,
    });
  });

  it('gives way where one does', () => {
    expect(rented(rent(chips('h100', 100)), estimate('h100'))).toMatchObject({
      units: exactly(100),
      excluded: 1,
    });
  });

  it('does not give way to a line without a number, nor to one that never adds', () => {
    expect(rented(rent(chips('h100', null)), estimate('h100')).units?.best).toBe(5000);
    const rumour = rental('rumour', { chips: [chips('h100', 7)] }, { standing: 'rumoured' });
    expect(rented(rumour, estimate('h100')).units).toEqual(exactly(5000));
  });

  it('is also a line of a report that calls it one', () => {
    expect(rented(rent(chips('h100', 100)), rent(chips('h100', 5000, { basis: 'estimated' }))).units).toEqual(
      exactly(100),
    );
  });
});

describe('TPP', () => {
  it('adds the performance of each line', () => {
    const given = [
      rent(lineOf('h100', { low: 10, best: 20, high: 30 }), chips('h20', 5)),
      tpp('h100', 15832),
      tpp('h20', 2368),
    ];
    expect(rented(...given)).toMatchObject({
      tpp: { low: 170160, best: 328480, high: 486800, uncounted: 0 },
    });
  });

  it('counts a chip without a figure on its own, and then knows no upper end', () => {
    const given = [rent(chips('h100', 10), chips('seedchip', 99)), tpp('h100', 15832)];
    expect(rented(...given)).toMatchObject({
      units: exactly(109),
      uncounted: 0,
      tpp: { low: 158320, best: 158320, high: null, uncounted: 1 },
    });
  });

  it('is null where no chip has a figure, never 0', () => {
    expect(rented(rent(chips('h100', 10)))).toMatchObject({ units: exactly(10), tpp: null });
  });
});

describe('nothing reported', () => {
  it('is null with a reason', () => {
    const nothing = { units: null, reason: 'not-reported', uncounted: 0, excluded: 0 };
    const { owned: owns, ordered: orders } = totals(rent(chips('h100', 100)));
    expect([owns, orders]).toEqual([nothing, nothing]);
  });
});

describe('rented', () => {
  it('counts rentals that are signed or running', () => {
    const stages = ['talks', 'planned', 'signed', 'running'].map((stage, at) =>
      rental(`deal-${stage}`, { stage, chips: [chips('h100', 10 ** at)] }),
    );
    expect(rented(...stages)).toMatchObject({ units: exactly(1100), excluded: 2 });
  });

  it('is what the company rents, not what it lets or sells', () => {
    const lets = rental('lets', {
      lessees: ['alibaba'],
      lessors: ['bytedance'],
      chips: [chips('h100', 100)],
    });
    expect(rented(lets).units).toBeNull();
  });
});

describe('ordered', () => {
  it('counts purchases that are ordered and not delivered', () => {
    const stages = ['talks', 'planned', 'ordered', 'delivered', 'stockpiled'].map((stage, at) =>
      buy(stage, chips('h100', 10 ** at)),
    );
    expect(ordered(...stages)).toMatchObject({ units: exactly(100), excluded: 2 });
  });
});

describe('owned', () => {
  it('counts what was delivered or stockpiled', () => {
    expect(owned(buy('delivered', chips('h100', 100)), buy('stockpiled', chips('h20', 30))).units).toEqual(
      exactly(130),
    );
  });

  it('counts what is said to be in stock', () => {
    expect(owned(stock([chips('h100', 70)])).units).toEqual(exactly(70));
  });

  it('counts a running cluster for its stated owner only', () => {
    const machines = { chips: [chips('h100', 40)] };
    expect(owned(cluster('johor', { ...machines, owner: ['bytedance'] })).units).toEqual(exactly(40));
    expect(owned(cluster('johor', { ...machines, operator: ['bytedance'] })).units).toBeNull();
    expect(owned(cluster('johor', { ...machines, users: ['bytedance'] })).units).toBeNull();
    expect(
      owned(cluster('johor', { ...machines, owner: ['bytedance'], stage: 'announced' })).units,
    ).toBeNull();
  });

  it('takes, per chip, the largest of the three views of the same machines, and never adds them', () => {
    const delivered = [
      buy('delivered', chips('h100', 50)),
      buy('delivered', chips('h100', 60)),
      buy('delivered', chips('h20', 5)),
    ];
    const stands = cluster('johor', { owner: ['bytedance'], chips: [chips('h100', 80), chips('h20', 9)] });
    expect(owned(...delivered, stands, stock([chips('h100', 100)])).units).toEqual(exactly(110 + 9));
  });

  it('adds the clusters of one chip before it compares them', () => {
    const clusters = ['johor', 'abilene'].map((name) =>
      cluster(name, { owner: ['bytedance'], chips: [chips('h100', 80)] }),
    );
    expect(owned(...clusters, stock([chips('h100', 100)])).units).toEqual(exactly(160));
  });
});

describe('two reports of one deal', () => {
  it('are never added up', () => {
    const reports = ['2025-01-01', '2025-02-01'].map((publishedOn, at) =>
      rental('plan', { chips: [chips('h100', 1000 * (at + 1))] }, { publishedOn }),
    );
    expect(rented(...reports).units).toEqual(exactly(2000));
  });

  it('of what is in stock are not added up either', () => {
    const reports = ['2025-01-01', '2025-02-01'].map((publishedOn, at) =>
      stock([chips('h100', 1000 * (at + 1))], { publishedOn }),
    );
    expect(owned(...reports).units).toEqual(exactly(2000));
  });
});
