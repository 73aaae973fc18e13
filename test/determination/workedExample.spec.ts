/** An H800 for an unlisted company in Shanghai: what was required, under what, and what changed each time? */
import { describe, expect, it } from '@jest/globals';
import { statusHistory } from '../../projections/determination/statusHistory.ts';
import { spanIn } from '../../events/dates.ts';
import { answer, bookOf, chronicle, chronicleBook, company, question } from './record.ts';
import { invented } from './invented.ts';

const h800 = { item: { chip: 'h800' } };
const rule = (given: ReturnType<typeof answer>, key: string) =>
  given.rules.find(({ provision }) => provision === key);

describe('the worked example of determination.md', () => {
  it('finds nothing on 2023-10-10, since 400 GB/s fails the 600 of 2022, and knows what comes next', () => {
    const given = answer(h800, '2023-10-10');
    expect(given.outcome).toBe('no-requirement-found');
    expect(given.instruments).toEqual([]);
    expect(rule(given, 'advc-license')).toMatchObject({ applies: false });
    expect(rule(given, 'advc-license')?.conditions).toContainEqual({
      text: 'interconnect ≥ 600 GB/s',
      input: 400,
      holds: false,
    });
    expect(given.nextChange).toMatchObject({
      on: '2023-10-23',
      because: 'instrument:us-is-informed-nvidia-2023-10-23',
    });
  });

  it('needs a license on 2023-10-24 by the letter, without a policy of review', () => {
    const given = answer(h800, '2023-10-24');
    expect(given).toMatchObject({ outcome: 'license-required', reviewPolicy: null });
    expect(given.instruments).toEqual(['us-is-informed-nvidia-2023-10-23']);
    expect(given.events).toHaveLength(1);
    expect(given.headline).toBe(
      'On 2023-10-24, a license was required for the NVIDIA H800 to be exported to China, because of a letter to NVIDIA Corporation dated 2023-10-23; no policy of review is published.',
    );
    expect(given.assumptions).toContain("exporter: nvidia, the chip's vendor, since the question names none");
    expect(given.nextChange).toMatchObject({
      on: '2023-11-17',
      because: 'instrument:us-bis-acs-ifr-2023-10',
    });
  });

  it('does not know the letter with what was public on 2023-10-23', () => {
    const given = answer(h800, '2023-10-24', chronicleBook('2023-10-23'));
    expect(given.outcome).toBe('no-requirement-found');
    expect(JSON.stringify(given)).not.toContain('us-is-informed-nvidia-2023-10-23');
  });

  it('is 3A090.a on 2023-11-20, with a presumption of denial and no exception', () => {
    const given = answer(h800, '2023-11-20', chronicleBook());
    expect(given).toMatchObject({ outcome: 'license-required', exceptions: [] });
    expect(given.reviewPolicy).toEqual({
      policy: 'presumption-of-denial',
      undetermined: false,
      conditions: [],
      otherwise: null,
    });
    expect(rule(given, 'acs-license')?.conditions).toContainEqual({
      text: 'TPP ≥ 4800',
      input: 15832,
      holds: true,
    });
    expect(rule(given, 'acs-nac')).toMatchObject({ applies: false });
  });

  it('is reviewed case by case on 2026-01-20, under eight conditions, and doubtful as made for China', () => {
    const given = answer(h800, '2026-01-20');
    expect(given.reviewPolicy).toMatchObject({ policy: 'case-by-case', otherwise: 'presumption-of-denial' });
    expect(given.reviewPolicy?.conditions).toHaveLength(8);
    expect(given.doubts.join()).toContain('Made for China');
  });

  it('is presumed denied again when one of the conditions is answered with no', () => {
    const given = answer({ ...h800, inputs: { 'sufficient-us-supply': false } }, '2026-01-20');
    expect(given.reviewPolicy).toMatchObject({
      policy: 'presumption-of-denial',
      conditions: [],
      otherwise: null,
    });
  });

  it('drops a condition that is answered with yes', () => {
    const given = answer({ ...h800, inputs: { 'sufficient-us-supply': true } }, '2026-01-20');
    expect(given.reviewPolicy?.conditions.map(({ input }) => input)).not.toContain('sufficient-us-supply');
    expect(given.reviewPolicy?.conditions).toHaveLength(7);
  });

  it('tells from when a figure is known that was not public', () => {
    const given = answer(h800, '2023-12-01', chronicleBook('2023-11-20'));
    expect(given.outcome).toBe('undetermined');
    expect(given.settledBy[0]).toMatchObject({ kind: 'figure', input: 'item.figures.tpp' });
    expect(given.settledBy[0]?.text).toContain('known from 2023');
  });

  it('has the same periods as its single answers', () => {
    const range = { from: spanIn('2023-01-01', 'utc').earliest, to: spanIn('2026-02-01', 'utc').earliest };
    const rows = statusHistory(chronicleBook(), question(h800), range);
    expect(rows.map(({ from, to, outcome, because }) => [from, to, outcome, because])).toEqual([
      ['2023-01-01', '2023-10-23', 'no-requirement-found', null],
      ['2023-10-23', '2023-11-17', 'license-required', 'instrument:us-is-informed-nvidia-2023-10-23'],
      ['2023-11-17', '2026-01-15', 'license-required', 'instrument:us-bis-acs-ifr-2023-10'],
      ['2026-01-15', '2026-02-01', 'license-required', 'instrument:us-bis-h200-rule-2026-01'],
    ]);
  });
});

const inventedRule = invented(
  {
    type: 'RestrictionIssued',
    subject: 'instrument:us-invented-rule',
    publishedOn: '2026-12-01',
    occurredOn: '2026-12-01',
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
          text: 'Chips with 300 GB/s of memory bandwidth need a license for Malaysia if an invented input is yes.',
          from: '2027-01-01',
          item: {
            all: [{ metric: 'memoryBandwidthGBps', op: '>=', value: 300 }, { input: 'invented-input' }],
          },
          destination: { countries: ['MY'] },
          activities: ['export'],
        },
      ],
    },
  },
  chronicle.length,
);

describe('a rule that is recorded as an event', () => {
  const book = bookOf([inventedRule]);
  const l4 = {
    item: { chip: 'l4' },
    destination: 'MY',
    parties: [company('MY', 'MY')],
    inputs: { 'invented-input': true },
  };

  it('changes answers from its date on, and is announced before', () => {
    const before = answer(l4, '2026-12-31', book);
    expect(before.outcome).toBe('no-requirement-found');
    expect(before.nextChange).toMatchObject({ on: '2027-01-01', because: 'instrument:us-invented-rule' });
    expect(answer(l4, '2027-01-01', book)).toMatchObject({
      outcome: 'license-required',
      instruments: ['us-invented-rule'],
    });
  });

  it('asks for the input that it brings', () => {
    const open = answer({ ...l4, inputs: {} }, '2027-01-01', book);
    expect(open).toMatchObject({
      outcome: 'undetermined',
      between: ['no-requirement-found', 'license-required'],
    });
    expect(open.settledBy).toEqual([
      { kind: 'input', input: 'inputs.invented-input', text: 'invented-input' },
    ]);
  });

  it('is unknown to a question about what was public before', () => {
    const earlier = answer({ ...l4, inputs: {} }, '2027-01-01', bookOf([inventedRule], '2026-11-30'));
    expect(earlier.outcome).toBe('no-requirement-found');
  });
});

describe('a license beside the answer', () => {
  const exporter = { role: 'exporter', party: 'nvidia' };

  it("is not shown to those who do not hold it: a grant to another is nobody else's license", () => {
    expect(answer({ item: { chip: 'a100' } }, '2023-01-16').licenses).toEqual([]);
  });

  it('is shown where its holder is a party of the question', () => {
    const given = answer({ item: { chip: 'a100' }, parties: [exporter, company('CN', 'CN')] }, '2023-01-16');
    expect(given.licenses).toContainEqual(
      expect.objectContaining({ licensees: ['nvidia'], decision: 'granted' }),
    );
  });
});
