/** Which questions cannot be answered, and does the error name the field? */
import { describe, expect, it } from '@jest/globals';
import { DeterminationQuestion } from '../../projections/determination/question.ts';
import { ask, company } from './record.ts';

const pointersOf = (given: object) => {
  const determination = ask({ item: { chip: 'h100' }, ...given }, '2024-06-01');
  return determination.ok ? [] : determination.flaws.map(({ pointer }) => pointer);
};

describe('a question that cannot be answered names the field', () => {
  it.each([
    ['an unknown chip', { item: { chip: 'h9000' } }, ['/item/chip']],
    ['an unknown vendor', { item: { figures: {}, vendor: 'nobody' } }, ['/item/vendor']],
    ['an unknown destination', { destination: 'ZZ' }, ['/destination']],
    ['an unknown origin', { from: 'XX' }, ['/from']],
    ['an unknown party', { parties: [{ role: 'end-user', party: 'nobody-at-all' }] }, ['/parties/0/party']],
    [
      'an unknown headquarters',
      { parties: [company('QQ', 'QQ')] },
      ['/parties/0/headquarters', '/parties/0/ultimateParentHeadquarters'],
    ],
    ['an unknown input', { inputs: { 'is-it-friday': true } }, ['/inputs/is-it-friday']],
    ['an unknown proposal', { assume: { proposed: ['us-no-such-bill'] } }, ['/assume/proposed/0']],
    [
      'a rule that is no proposal',
      { assume: { proposed: ['us-bis-acs-ifr-2023-10'] } },
      ['/assume/proposed/0'],
    ],
    [
      'a party that contradicts the record',
      { parties: [{ role: 'end-user', party: 'huawei', headquarters: 'US' }] },
      ['/parties/0/headquarters'],
    ],
    [
      'one company with two seats',
      { parties: [company('CN', 'CN'), company('MY', 'CN', 'purchaser')] },
      ['/parties/1/headquarters'],
    ],
    [
      'two exporters',
      { parties: [company('US', 'US', 'exporter'), { role: 'exporter', name: 'B' }] },
      ['/parties/1/role'],
    ],
    [
      'owners of more than all',
      { parties: [{ role: 'end-user', owners: [{ percent: 60 }, { percent: 50 }] }] },
      ['/parties/0/owners'],
    ],
    ['a transfer across a border', { activity: 'transfer-in-country', from: 'US' }, ['/activity']],
    ['an export that stays', { from: 'CN' }, ['/activity']],
    ['a reexport from the United States', { activity: 'reexport' }, ['/activity']],
  ])('%s', (_name, given, pointers) => {
    expect(pointersOf(given)).toEqual(pointers);
  });

  it('names what to do instead', () => {
    const determination = ask({ item: { chip: 'h9000' } }, '2024-06-01');
    expect(determination).toMatchObject({
      ok: false,
      flaws: [{ message: expect.stringContaining('give item.figures') }],
    });
  });
});

describe('the form of a question', () => {
  const pathsOf = (given: object) => {
    const parsed = DeterminationQuestion.safeParse(given);
    return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'));
  };
  const good = { item: { chip: 'h100' }, activity: 'export', destination: 'CN' };

  it('needs no more than an item, an activity and a destination', () => {
    expect(pathsOf(good)).toEqual([]);
  });

  it.each([
    ['an activity without a destination', { ...good, destination: undefined }, ['destination']],
    ['a negative figure', { ...good, item: { figures: { tpp: -1 } } }, ['item.figures.tpp']],
    ['an unknown role', { ...good, parties: [{ role: 'bystander' }] }, ['parties.0.role']],
    ['an unknown activity', { ...good, activity: 'smuggle' }, ['activity']],
    ['an item without chip and figures', { ...good, item: {} }, ['item']],
    ['a field that is none', { ...good, colour: 'red' }, ['']],
  ])('refuses %s', (_name, given, paths) => {
    expect(pathsOf(given)).toEqual(paths);
  });
});

describe('an activity that is not an export from the United States', () => {
  it('says that being subject to the EAR is assumed', () => {
    const determination = ask({ item: { chip: 'h100' }, activity: 'reexport', from: 'SG' }, '2024-06-01');
    expect(determination.ok && determination.answer.assumptions.join()).toContain('subject to the EAR');
  });
});
