/** Who is the party? Entity List entries with footnotes, blocked persons, and the 50 percent rule. */
import { describe, expect, it } from '@jest/globals';
import { answer, company } from './record.ts';

const l20to = (party: object) => ({ item: { chip: 'l20' }, parties: [{ role: 'end-user', ...party }] });
const ruleOf = (given: ReturnType<typeof answer>, key: string) =>
  given.rules.find(({ provision }) => provision === key);

describe('a listed party', () => {
  it('needs a license for every item, by the policy of its entry, and the footnote is shown', () => {
    const given = answer(l20to({ party: 'cambricon' }), '2024-06-01');
    expect(given).toMatchObject({
      outcome: 'license-required',
      reviewPolicy: { policy: 'presumption-of-denial' },
      exceptions: [],
      instruments: ['us-ear-standing-provisions'],
    });
    expect(ruleOf(given, 'ear-entity-list')?.conditions.at(-1)).toMatchObject({
      input: 'entity-list with footnote 4 (presumption of denial)',
      holds: true,
    });
  });

  it('is not listed before its notice', () => {
    expect(answer(l20to({ party: 'cambricon' }), '2022-12-15')).toMatchObject({
      outcome: 'no-requirement-found',
      nextChange: { on: '2022-12-16', because: 'party:cambricon' },
    });
  });

  it('takes the strictest part of an entry that makes distinctions, and says so', () => {
    const given = answer(l20to({ party: 'hikvision' }), '2021-06-01');
    expect(given.reviewPolicy?.policy).toBe('presumption-of-denial');
    expect(given.doubts.join()).toContain('The entry on the entity-list makes distinctions');
  });

  it('is free again when its name is taken off', () => {
    const arrow = l20to({ party: 'arrow-china-electronics-trading' });
    expect(answer(arrow, '2025-11-11').outcome).toBe('license-required');
    expect(answer(arrow, '2025-11-12').outcome).toBe('no-requirement-found');
  });

  it('may have an entry that only the asker knows', () => {
    const given = answer(l20to({ name: 'X', headquarters: 'MY', listings: [{ list: 'sdn' }] }), '2024-06-01');
    expect(given).toMatchObject({ outcome: 'prohibited', instruments: ['us-ear-standing-provisions'] });
  });

  it('is counted as unlisted where nothing is known, which is an assumption', () => {
    const given = answer({ item: { chip: 'l20' } }, '2024-06-01');
    expect(given.outcome).toBe('no-requirement-found');
    expect(given.assumptions.join()).toContain(
      'An unlisted company (end-user): counted as not on the entity-list',
    );
  });
});

describe('an owner that is listed', () => {
  const owned = (percent: number) =>
    l20to({
      name: 'A subsidiary',
      headquarters: 'CN',
      ultimateParentHeadquarters: 'CN',
      owners: [
        { party: 'huawei', percent },
        { party: 'smic', percent: 10 },
      ],
    });

  it.each([
    ['2025-09-28', 40, 'no-requirement-found'],
    ['2025-09-29', 39.99, 'no-requirement-found'],
    ['2025-09-29', 40, 'license-required'],
    ['2025-11-09', 40, 'license-required'],
    ['2025-11-10', 40, 'no-requirement-found'],
    ['2026-11-09', 40, 'no-requirement-found'],
    ['2026-11-10', 40, 'undetermined'],
  ])('on %s with a share of %d and 10 percent is %s', (day, percent, outcome) => {
    expect(answer(owned(percent), day).outcome).toBe(outcome);
  });

  it('takes the policy of the owner', () => {
    expect(answer(owned(60), '2025-10-15').reviewPolicy?.policy).toBe('presumption-of-denial');
  });

  it('shows the suspended rule with the day on which it comes back', () => {
    const rule = ruleOf(answer(owned(60), '2026-01-01'), 'affiliates-50');
    expect(rule?.applies).toBe(false);
    expect(rule?.conditions[0]?.text).toContain('2026-11-10');
  });

  it('cannot be settled by answering once the suspension has run out', () => {
    const given = answer(owned(60), '2026-11-10');
    expect(given.settledBy).toMatchObject([{ kind: 'gap', input: null }]);
    expect(given.between).toEqual(['no-requirement-found', 'license-required']);
  });

  it('leaves it open where the record names the listed owner and nobody the share', () => {
    const given = answer({ ...l20to({ party: 'aivres' }), destination: 'MY' }, '2025-10-15');
    expect(given.outcome).toBe('undetermined');
    expect(given.settledBy).toContainEqual(
      expect.objectContaining({ kind: 'listing', input: 'parties.0.owners' }),
    );
  });

  it('lists an unknown share as an assumption', () => {
    const given = answer({ item: { chip: 'l20' }, parties: [company('CN', 'CN')] }, '2025-10-15');
    expect(given.assumptions.join()).toContain('is not known and counted as below 50 percent');
  });
});

describe('a letter', () => {
  const h20 = { item: { chip: 'h20' } };
  const withExporter = (exporter: object) => ({
    ...h20,
    parties: [company('CN', 'CN'), { role: 'exporter', ...exporter }],
  });

  it('binds its recipient only', () => {
    expect(answer(withExporter({ party: 'nvidia' }), '2025-05-01').outcome).toBe('license-required');
    expect(answer(withExporter({ name: 'A trader' }), '2025-05-01').outcome).toBe('no-requirement-found');
  });

  it('leaves it open for an item by figures without an exporter', () => {
    const figures = {
      tpp: 2000,
      performanceDensity: 2,
      memoryBandwidthGBps: 4000,
      interconnectGBps: 900,
      marketedForDatacenter: true,
    };
    const given = answer({ item: { figures } }, '2025-05-01');
    expect(given.outcome).toBe('undetermined');
    expect(given.settledBy[0]).toMatchObject({ kind: 'exporter' });
    expect(answer({ item: { figures, vendor: 'nvidia' } }, '2025-05-01').outcome).toBe('license-required');
  });
});
