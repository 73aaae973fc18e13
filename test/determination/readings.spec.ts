/** What if a rule is not enforced, contested, or silent about renting? */
import { describe, expect, it } from '@jest/globals';
import { answer, chronicleBook, company } from './record.ts';

const trader = { role: 'exporter', name: 'A trader' };
const subsidiary = { item: { chip: 'mi300x' }, destination: 'MY', parties: [company('MY', 'CN'), trader] };

describe('the headquarters rule for .a items', () => {
  it('counts while it is contested, with the other readings beside it', () => {
    const given = answer(subsidiary, '2025-08-01');
    expect(given.outcome).toBe('license-required');
    expect(given.doubts.join()).toContain('whether it still binds is open');
    expect(given.alternatives.map(({ outcome, because }) => [outcome, because.split(':')[0]])).toEqual([
      ['no-requirement-found', 'us-bis-diffusion-nonenforcement-2025-05'],
      ['license-required', 'us-bis-d5-hq-guidance-2026-05-31'],
    ]);
  });

  it('has no later reading for a question that cannot see it', () => {
    const given = answer(subsidiary, '2025-08-01', chronicleBook('2025-08-01'));
    expect(given.alternatives.map(({ outcome }) => outcome)).toEqual(['no-requirement-found']);
    expect(JSON.stringify(given)).not.toContain('2026-05-31');
  });

  it('is not contested for .b items, before 2025-05-15, or after the guidance', () => {
    expect(answer({ ...subsidiary, item: { chip: 'mi210' } }, '2025-08-01').alternatives).toEqual([]);
    expect(answer(subsidiary, '2025-05-14').alternatives).toEqual([]);
    const settled = answer(subsidiary, '2026-05-31');
    expect(settled).toMatchObject({ outcome: 'license-required', alternatives: [] });
    expect(settled.doubts.join()).toContain('never stopped since 2023-11-17');
  });
});

describe('the AI Diffusion rule, which is not enforced', () => {
  const toGermany = { item: { chip: 'h100' }, destination: 'DE', parties: [company('DE', 'DE')] };

  it('makes no outcome, and is told as what would be', () => {
    const given = answer(toGermany, '2025-08-01');
    expect(given).toMatchObject({ outcome: 'no-requirement-found', instruments: [] });
    expect(given.ifEnforced).toMatchObject({
      outcome: 'exception-available',
      exceptions: [{ code: 'AIA', notice: null }],
      instruments: ['us-bis-acs-ifr-2023-10', 'us-bis-ai-diffusion-ifr-2025-01'],
    });
  });

  it('would send India to a license within its cap', () => {
    const toIndia = { ...toGermany, destination: 'IN', parties: [company('IN', 'IN')] };
    expect(
      answer({ ...toIndia, inputs: { 'consignee-within-lpp-year-total': false } }, '2025-08-01').ifEnforced,
    ).toMatchObject({
      outcome: 'license-required',
      reviewPolicy: { policy: 'presumption-of-approval', otherwise: 'policy-of-denial' },
    });
  });

  it('shows its caps and duties with whom they bind, as not enforced', () => {
    const { notices } = answer(toGermany, '2026-02-01');
    expect(notices.find(({ provision }) => provision === 'diffusion-cap-country')).toMatchObject({
      status: 'not-enforced',
      cap: { limit: 790_000_000 },
    });
    expect(notices.find(({ provision }) => provision === 'diffusion-duty-veu')).toMatchObject({
      status: 'not-enforced',
      binds: { who: 'universal and national validated end users', to: 'BIS' },
    });
  });

  it('had nothing to say before its compliance date', () => {
    expect(answer(toGermany, '2025-05-14').ifEnforced).toBeNull();
  });
});

describe('renting compute', () => {
  const rental = {
    item: { chip: 'h100' },
    activity: 'remote-access',
    destination: 'MY',
    parties: [company('CN', 'CN')],
  };

  it('is reached by no requirement of the record, and every rule says whether it speaks of it', () => {
    const given = answer(rental, '2025-08-01');
    expect(given.outcome).toBe('no-requirement-found');
    const reach = new Map(given.rules.map(({ provision, reaches }) => [provision, reaches]));
    expect([reach.get('acs-license'), reach.get('acs-hq-license'), reach.get('ear-entity-list')]).toEqual([
      false,
      false,
      false,
    ]);
    expect([
      reach.get('ai-training-end-use'),
      reach.get('us-person-support'),
      reach.get('ear-denied'),
    ]).toEqual([true, true, true]);
  });

  it('needs a license where a forbidden training is known', () => {
    const inputs = { 'knows-wmd-or-military-intelligence-training': true };
    expect(answer({ ...rental, inputs }, '2025-05-12').outcome).toBe('no-requirement-found');
    expect(answer({ ...rental, inputs }, '2025-05-13')).toMatchObject({
      outcome: 'license-required',
      reviewPolicy: { policy: 'presumption-of-denial' },
    });
  });

  it('is prohibited for a blocked person', () => {
    const blocked = { role: 'end-user', name: 'X', listings: [{ list: 'sdn' }] };
    expect(answer({ ...rental, parties: [blocked] }, '2025-08-01').outcome).toBe('prohibited');
  });
});

describe('guidance on Ascend', () => {
  it('leaves no license path for the three chips named, and is open for others', () => {
    const to = (chip: string) => ({ item: { chip }, destination: 'MY', parties: [company('MY', 'MY')] });
    expect(answer(to('ascend-910c'), '2025-05-12').outcome).not.toBe('prohibited');
    expect(answer(to('ascend-910c'), '2025-05-13').outcome).toBe('prohibited');
    expect(answer(to('ascend-950pr'), '2026-05-13')).toMatchObject({ outcome: 'undetermined' });
    const analysis = { ...to('ascend-910c'), inputs: { 'only-for-technical-analysis': true } };
    expect(answer(analysis, '2025-05-13').outcome).toBe('no-requirement-found');
  });
});

describe('the tariff', () => {
  it('is shown with its rate and whether the item falls into a band', () => {
    const levy = (chip: string) =>
      answer({ item: { chip } }, '2026-02-01').notices.find(({ kind }) => kind === 'levy')?.levy;
    expect(levy('h200')).toEqual({ rate: 0.25, on: 'import', applies: true });
    expect(levy('h20')).toEqual({ rate: 0.25, on: 'import', applies: false });
  });
});
