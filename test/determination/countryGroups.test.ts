/** Was a country in a group? The five rules of determination.md, on invented events. */
import { describe, expect, it } from '@jest/globals';
import type { Recorded } from '../../events/registry.ts';
import { spanIn } from '../../events/dates.ts';
import { countryGroups, membership, readAs } from '../../projections/determination/countryGroups.ts';
import { invented } from './invented.ts';

const dayOf = (text: string) => spanIn(text, 'utc').earliest;

function shown(country: string, change: string, from: string, at: number, group = 'D:5'): Recorded {
  return invented(
    {
      type: 'CountryGroupsChanged',
      subject: `destination:${country}`,
      publishedOn: from,
      data: { group, change, from, by: null },
    },
    at,
  );
}

/** Memberships on days, as `in`, `out` or `unknown`, with `*` where they rest on a later source or on none. */
function told(
  events: readonly Recorded[],
  days: readonly string[],
  hidden: readonly Recorded[] = [],
): string[] {
  const visible = new Set(events.filter((event) => !hidden.includes(event)).map(({ id }) => id as string));
  const groups = countryGroups(events, visible, 'utc');
  return days.map((day) => {
    const { holds, laterSource } = membership(groups, 'QQ', 'D:5', dayOf(day));
    return `${holds === true ? 'in' : holds === false ? 'out' : holds}${laterSource === null ? '' : '*'}`;
  });
}

describe('a Country Group', () => {
  const added = shown('QQ', 'added', '2021-01-01', 0);
  const removed = shown('QQ', 'removed', '2023-01-01', 1);
  const observed = shown('QQ', 'observed', '2022-01-01', 2);

  it('is as the last change says', () => {
    const days = ['2021-01-01', '2022-12-31', '2023-01-01'];
    expect(told([added, removed, observed], days)).toEqual(['in', 'in', 'out']);
  });

  it('was left before it was joined, and held before it was left, by a later source', () => {
    expect(told([added], ['2020-12-31'])).toEqual(['out*']);
    expect(told([removed], ['2022-12-31'])).toEqual(['in*']);
  });

  it('is held from an observation on, and was held before it by a later source', () => {
    expect(told([observed], ['2021-12-31', '2022-01-01', '2030-01-01'])).toEqual(['in*', 'in', 'in']);
  });

  it('is not held where no event says so, surely only from the first event of the country on', () => {
    const elsewhere = shown('QQ', 'observed', '2022-01-01', 3, 'D:1');
    expect(told([elsewhere], ['2021-12-31', '2022-01-01'])).toEqual(['out*', 'out']);
    expect(told([], ['2022-01-01'])).toEqual(['out*']);
  });

  it('is unknown inside an imprecise date', () => {
    const days = ['2021-12-31', '2022-01-01', '2022-01-30', '2022-01-31'];
    expect(told([shown('QQ', 'added', '2022-01', 4)], days)).toEqual(['out*', 'unknown', 'unknown', 'in']);
  });

  it('obeys publishedBy for changes, and an observation after one does not give it away', () => {
    const after = shown('QQ', 'observed', '2021-06-01', 5);
    expect(told([added, after], ['2021-07-01'], [added, after])).toEqual(['out*']);
    expect(told([removed], ['2023-06-01'], [removed])).toEqual(['in*']);
  });

  it('ignores publishedBy for the table, which was public law all along', () => {
    expect(told([observed], ['2022-06-01'], [observed])).toEqual(['in*']);
  });
});

describe('a country that is treated as another', () => {
  it('is that one from the day on', () => {
    const events = [shown('QQ', 'added', '2021-01-01', 0, 'treated-as:CN')];
    const groups = countryGroups(events, new Set(events.map(({ id }) => id as string)), 'utc');
    expect([readAs(groups, 'QQ', dayOf('2020-12-31')), readAs(groups, 'QQ', dayOf('2021-01-01'))]).toEqual([
      'QQ',
      'CN',
    ]);
  });
});
