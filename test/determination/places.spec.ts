/** Where does a chip go? Hong Kong, Macau, the United Arab Emirates, and Country Groups that change. */
import { describe, expect, it } from '@jest/globals';
import { answer, bookOf, chronicle, chronicleBook, company } from './record.ts';
import { invented } from './invented.ts';

const to = (destination: string, chip = 'h100', more: object = {}) => ({
  item: { chip },
  destination,
  parties: [company(destination, destination)],
  ...more,
});

describe('Hong Kong', () => {
  it('is read as China since 2020-12-23', () => {
    expect(answer(to('HK'), '2023-11-20')).toMatchObject({
      outcome: 'license-required',
      reviewPolicy: { policy: 'presumption-of-denial' },
      instruments: ['us-bis-acs-ifr-2023-10'],
    });
    expect(answer(to('HK'), '2022-10-21').outcome).toBe('license-required');
  });

  it('is read as China as a headquarters too', () => {
    const given = answer(
      { item: { chip: 'h100' }, destination: 'MY', parties: [company('HK', 'HK')] },
      '2024-06-01',
    );
    expect(given.instruments).toEqual(['us-bis-acs-ifr-2023-10']);
    const seen = given.rules
      .find(({ provision }) => provision === 'acs-hq-license')
      ?.conditions.at(-1)?.input;
    expect(seen).toBe('A company (end-user), headquarters: HK, treated as CN');
  });
});

describe('Macau', () => {
  it('is outside 3A090 until 2023-01-17', () => {
    expect(answer(to('MO'), '2023-01-16')).toMatchObject({
      outcome: 'no-requirement-found',
      nextChange: { on: '2023-01-17', because: 'instrument:us-bis-macau-2023-01' },
    });
    expect(answer(to('MO'), '2023-01-17')).toMatchObject({
      outcome: 'license-required',
      reviewPolicy: { policy: 'presumption-of-denial' },
      instruments: ['us-bis-adv-computing-ifr-2022-10-07', 'us-bis-macau-2023-01'],
    });
  });

  it('is named beside D:5, in which it is not', () => {
    expect(answer(to('MO'), '2023-11-20').outcome).toBe('license-required');
  });
});

describe('the United Arab Emirates', () => {
  it('stand in D:4 until 2026-07-10, and are named from then on', () => {
    expect(answer(to('AE'), '2026-07-09')).toMatchObject({
      outcome: 'license-required',
      reviewPolicy: { policy: 'presumption-of-approval' },
      instruments: ['us-bis-acs-ifr-2023-10'],
      nextChange: { on: '2026-07-10', because: 'instrument:us-bis-uae-rule-2026-07' },
    });
    expect(answer(to('AE'), '2026-07-10')).toMatchObject({
      outcome: 'license-required',
      reviewPolicy: { policy: 'presumption-of-approval' },
      instruments: ['us-bis-acs-ifr-2023-10', 'us-bis-uae-rule-2026-07'],
    });
  });

  it('lose License Exception ACA for 3A090.b on that day', () => {
    const before = answer(to('AE', 'mi210'), '2026-07-09');
    expect(before.exceptions).toEqual([{ code: 'ACA', notice: null, conditions: expect.any(Array) }]);
    expect(answer(to('AE', 'mi210'), '2026-07-10')).toMatchObject({
      outcome: 'license-required',
      exceptions: [],
    });
  });

  it('receive without a license where the end user is approved', () => {
    const inputs = { 'end-user-is-uae-government-or-in-supplement-8': true };
    const given = answer(to('AE', 'h100', { inputs }), '2026-07-10');
    expect(given.exceptions).toEqual([{ code: 'UAE approved recipient', notice: null, conditions: [] }]);
  });

  it('say that their membership before 2026 rests on a later source', () => {
    const doubts = answer(to('AE'), '2024-06-01').doubts.join();
    expect(doubts).toContain('of the United Arab Emirates on 2024-06-01 rest on a later source');
  });

  it('stay in D:4 for a question that cannot see the rule of July', () => {
    const given = answer(to('AE'), '2026-07-20', chronicleBook('2026-07-01'));
    expect(given.instruments).toEqual(['us-bis-acs-ifr-2023-10']);
  });

  it('are only perhaps meant by the letter of 2023, which nobody can settle by answering', () => {
    const given = answer(to('AE'), '2023-09-01');
    expect(given).toMatchObject({
      outcome: 'undetermined',
      between: ['no-requirement-found', 'license-required'],
    });
    expect(given.settledBy.every(({ kind, input }) => kind === 'gap' && input === null)).toBe(true);
  });
});

describe('a company abroad', () => {
  const inMalaysia = (headquarters: string, parent: string | null) => ({
    item: { chip: 'mi300x' },
    destination: 'MY',
    parties: [company(headquarters, parent), { role: 'exporter', name: 'A trader' }],
  });

  it('is reached through its Chinese parent since 2023-11-17', () => {
    expect(answer(inMalaysia('MY', 'CN'), '2023-11-16').outcome).toBe('no-requirement-found');
    expect(answer(inMalaysia('MY', 'CN'), '2023-11-17')).toMatchObject({
      outcome: 'license-required',
      reviewPolicy: { policy: 'presumption-of-denial' },
      instruments: ['us-bis-acs-ifr-2023-10'],
    });
  });

  it('is not reached when its parent is Malaysian', () => {
    expect(answer(inMalaysia('MY', 'MY'), '2024-06-01').outcome).toBe('no-requirement-found');
  });

  it('leaves it open when its parent is unknown, and asks for that', () => {
    const given = answer(inMalaysia('MY', null), '2024-06-01');
    expect(given).toMatchObject({
      outcome: 'undetermined',
      between: ['no-requirement-found', 'license-required'],
    });
    expect(given.settledBy).toMatchObject([{ kind: 'party', input: 'parties.0.ultimateParentHeadquarters' }]);
  });

  it('leaves it open when no recipient is named at all', () => {
    const given = answer({ item: { chip: 'mi300x' }, destination: 'MY', parties: [] }, '2024-06-01');
    expect(given.outcome).toBe('undetermined');
    expect(given.settledBy.map(({ input }) => input)).toContain('parties');
  });
});

describe('a Country Group that changes', () => {
  const joins = invented(
    {
      type: 'CountryGroupsChanged',
      subject: 'destination:ID',
      publishedOn: '2026-10-01',
      data: { group: 'D:5', change: 'added', from: '2026-12', by: null },
    },
    chronicle.length,
  );
  const book = bookOf([joins]);

  it('changes the answer, and is open while the date is not exact', () => {
    expect(answer(to('ID'), '2026-11-30', book)).toMatchObject({
      outcome: 'no-requirement-found',
      nextChange: { on: '2026-12-01', because: 'destination:ID' },
    });
    expect(answer(to('ID'), '2026-12-15', book).outcome).toBe('undetermined');
    expect(answer(to('ID'), '2026-12-31', book).outcome).toBe('license-required');
  });

  it('removes Cambodia from D:5 on 2026-02-03, so that only D:1 is left', () => {
    expect(answer(to('KH', 'l40s'), '2026-02-02').reviewPolicy?.policy).toBe('presumption-of-denial');
    expect(answer(to('KH', 'l40s'), '2026-02-03').reviewPolicy?.policy).toBe('presumption-of-approval');
  });
});
