/** Where are the edges of the control tests? Both sides of every limit, in every combination of two. */
import { describe, expect, it } from '@jest/globals';
import { answer, company } from './record.ts';

const tpps = [1599.99, 1600, 2399.99, 2400, 4799.99, 4800] as const;
const densities = [1.59, 1.6, 3.19, 3.2, 5.91, 5.92] as const;
const links = [599.99, 600] as const;
type Paragraph = 'a' | 'b' | '-';

/** 3A090 of October 2023: a row for each TPP, a column for each density, written down from 88 FR 73458. */
const paragraphs: readonly (readonly Paragraph[])[] = [
  ['-', '-', '-', '-', '-', '-'],
  ['-', '-', '-', 'b', 'b', 'a'],
  ['-', '-', '-', 'b', 'b', 'a'],
  ['-', 'b', 'b', 'b', 'b', 'a'],
  ['-', 'b', 'b', 'b', 'b', 'a'],
  ['a', 'a', 'a', 'a', 'a', 'a'],
];
const cells = tpps.flatMap((tpp, row) =>
  densities.map((performanceDensity, column) => ({
    tpp,
    performanceDensity,
    paragraph: paragraphs[row]?.[column],
    isBelowNote2: tpp < 4800,
  })),
);

/** By an exporter that no letter names. */
const parties = [company('CN', 'CN'), { role: 'exporter', name: 'A trader' }];
const outcomeOf = (figures: object, day: string, more: object = {}) => {
  const given = answer({ item: { figures }, parties, ...more }, day);
  return [given.outcome, given.exceptions.map(({ code }) => code).join(), given.reviewPolicy?.policy ?? null];
};
const none = ['no-requirement-found', '', null];
const denied = ['license-required', '', 'presumption-of-denial'];
const notified = ['exception-available', 'NAC', null];

describe('TPP and density, since 2023-11-17', () => {
  it.each(cells)('a datacenter chip of $tpp and $performanceDensity is 3A090.$paragraph', (cell) => {
    const { tpp, performanceDensity, paragraph } = cell;
    const expected = paragraph === 'a' ? denied : paragraph === 'b' ? notified : none;
    for (const interconnectGBps of links) {
      const figures = { tpp, performanceDensity, interconnectGBps, marketedForDatacenter: true };
      expect(outcomeOf(figures, '2024-06-01')).toEqual(expected);
    }
  });

  it.each(cells)('another chip of $tpp and $performanceDensity is controlled from 4,800 on', (cell) => {
    const { tpp, performanceDensity, isBelowNote2 } = cell;
    const figures = { tpp, performanceDensity, marketedForDatacenter: false };
    expect(outcomeOf(figures, '2024-06-01')).toEqual(isBelowNote2 ? none : notified);
  });
});

describe('interconnect, TPP and density, from 2022-10-21', () => {
  const two = links.flatMap((interconnectGBps) => tpps.map((tpp) => ({ interconnectGBps, tpp })));
  it.each(two)('$interconnectGBps GB/s and a TPP of $tpp', ({ interconnectGBps, tpp }) => {
    const isControlled = interconnectGBps === 600 && tpp === 4800;
    expect(outcomeOf({ interconnectGBps, tpp }, '2023-02-01')).toEqual(isControlled ? denied : none);
  });

  const others = links.flatMap((interconnectGBps) =>
    densities.map((density) => ({ interconnectGBps, density })),
  );
  it.each(others)(
    '$interconnectGBps GB/s decides, a density of $density does not',
    ({ interconnectGBps, density }) => {
      const figures = { interconnectGBps, tpp: 4800, performanceDensity: density };
      expect(outcomeOf(figures, '2023-02-01')).toEqual(interconnectGBps === 600 ? denied : none);
    },
  );
});

describe('review case by case, since 2026-01-15', () => {
  const edges = [20_999.99, 21_000].flatMap((tpp) =>
    [6_499.99, 6_500].map((memoryBandwidthGBps) => ({ tpp, memoryBandwidthGBps })),
  );
  it.each(edges)('a TPP of $tpp with $memoryBandwidthGBps GB/s', ({ tpp, memoryBandwidthGBps }) => {
    const isBelow = tpp < 21_000 && memoryBandwidthGBps < 6_500;
    const policy = isBelow ? 'case-by-case' : 'presumption-of-denial';
    const figures = { tpp, memoryBandwidthGBps, marketedForDatacenter: true };
    expect(outcomeOf(figures, '2026-02-01')).toEqual(['license-required', '', policy]);
  });

  it('is open where the country of departure is, and says so', () => {
    const figures = { tpp: 10_000, memoryBandwidthGBps: 3_000, marketedForDatacenter: true };
    const given = answer({ item: { figures }, parties, from: undefined }, '2026-02-01');
    expect(given.reviewPolicy).toEqual({ policy: null, undetermined: true, conditions: [], otherwise: null });
    expect(given.settledBy.map(({ input }) => input)).toContain('from');
  });
});

describe('high-bandwidth memory, since 2024-12-31', () => {
  const stack = (memoryBandwidthDensity: number) => ({ tpp: 0, isMemoryStack: true, memoryBandwidthDensity });
  it.each([
    [1.99, none],
    [2, none],
    [2.01, denied],
    [3.3, denied],
  ])('%d GB/s per mm²', (density, expected) => {
    expect(outcomeOf(stack(density), '2025-02-01')).toEqual(expected);
  });

  const packaging = { inputs: { 'packaging-site-of-eligible-company': true } };
  it.each([
    [3.29, ['exception-available', 'HBM', null]],
    [3.3, denied],
  ])('%d GB/s per mm² for the packaging site of an eligible company', (density, expected) => {
    expect(outcomeOf(stack(density), '2025-02-01', packaging)).toEqual(expected);
  });
});

describe('a figure that is not given', () => {
  it('leaves the outcome open and names the figure first', () => {
    const figures = { tpp: 2400, marketedForDatacenter: true };
    const given = answer({ item: { figures }, parties }, '2024-06-01');
    expect(given).toMatchObject({
      outcome: 'undetermined',
      between: ['no-requirement-found', 'license-required'],
      exceptions: [],
    });
    expect(given.settledBy[0]).toMatchObject({ kind: 'figure', input: 'item.figures.performanceDensity' });
  });

  it('lists the exception that may be open', () => {
    const given = answer({ item: { figures: { tpp: 4800 } }, parties }, '2024-06-01');
    expect(given).toMatchObject({
      outcome: 'undetermined',
      between: ['exception-available', 'license-required'],
      exceptions: [{ code: 'NAC', notice: { days: 25 } }],
    });
    expect(given.settledBy).toMatchObject([{ kind: 'figure', input: 'item.figures.marketedForDatacenter' }]);
  });

  it('wins over the recorded figure where it is given', () => {
    const given = answer({ item: { chip: 'h800', figures: { interconnectGBps: 600 } } }, '2023-10-10');
    expect(given.outcome).toBe('license-required');
  });
});
