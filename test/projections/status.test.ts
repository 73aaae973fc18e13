/** How does a report stand, once somebody denies, disputes, confirms or corrects it? */
import { describe, expect, it } from '@jest/globals';
import type { Subject } from '../../events/identity.ts';
import { statusOf } from '../../projections/status.ts';
import { dealEntry } from '../../projections/views/deal.ts';
import { postureView } from '../../projections/views/posture.ts';
import type { Envelope, Given, Question } from '../history/given.ts';
import {
  chips,
  correction,
  denial,
  dealUpdate,
  idOf,
  known,
  modelRelease,
  rental,
  retraction,
  spendingPlan,
  trainingClaim,
  trainingDispute,
} from '../history/given.ts';

const plan: Subject = 'deal:plan' as Subject;
const report = rental(
  'plan',
  { lessors: ['oracle'], chips: [chips('h100', 1500)] },
  { name: 'report', publishedOn: '2025-01-01' },
);
const denied = (scope: string, envelope: Envelope = {}) =>
  denial(['report'], { scope }, { publishedOn: '2025-01-03', ...envelope });

function statusAt(question: Question, name: string, ...given: Given[]) {
  const evidence = known(question, ...given);
  const reading = evidence.reading(idOf(name));
  return reading === null ? null : statusOf(reading, evidence);
}
const status = (...given: Given[]) => statusAt({ asOf: '2025-12-31' }, 'report', ...given);

describe('a denial', () => {
  it('of the whole makes the report denied, and the report stays', () => {
    expect(status(report, denied('whole'))).toBe('denied');
    const entry = dealEntry(known({ asOf: '2025-12-31' }, report, denied('whole')), plan, 'rented');
    expect([entry?.status, entry?.chips[0]?.count?.best]).toEqual(['denied', 1500]);
  });

  it('of a figure or a detail makes it disputed', () => {
    expect(status(report, denied('figure'))).toBe('disputed');
    expect(status(report, denied('detail'))).toBe('disputed');
  });

  it('counts as soon as it is known, whatever date is asked for', () => {
    const at = (publishedBy: string) =>
      statusAt({ asOf: '2025-01-01', publishedBy }, 'report', report, denied('whole'));
    expect([at('2025-01-02'), at('2025-01-03')]).toEqual(['asserted', 'denied']);
  });

  it('stands among the claims of what it denies, and says who denies it', () => {
    const entry = dealEntry(known({ asOf: '2025-12-31' }, report, denied('whole')), plan, 'rented');
    expect(entry?.claims.map(({ type, status: said }) => [type, said])).toEqual([
      ['ClaimDenied', 'asserted'],
      ['RentalDealReported', 'denied'],
    ]);
  });

  it('of several events denies each of them', () => {
    const other = rental('plan', {}, { name: 'other' });
    const both = denial(['report', 'other'], { scope: 'whole' }, { publishedOn: '2025-01-03' });
    expect(
      ['report', 'other'].map((name) => statusAt({ asOf: '2025-12-31' }, name, report, other, both)),
    ).toEqual(['denied', 'denied']);
  });

  it('of one report makes the entry disputed where another report gives its stage', () => {
    const later = rental('plan', { stage: 'running' }, { publishedOn: '2025-03-01' });
    expect(
      dealEntry(known({ asOf: '2025-12-31' }, report, denied('whole'), later), plan, 'rented')?.status,
    ).toBe('disputed');
  });

  it('that is withdrawn is no denial any more', () => {
    const withdrawn = retraction('denial', 'source', { publishedOn: '2025-02-01' });
    const given = [report, denied('whole', { name: 'denial' }), withdrawn];
    expect(statusAt({ asOf: '2025-12-31', publishedBy: '2025-01-31' }, 'report', ...given)).toBe('denied');
    expect(statusAt({ asOf: '2025-12-31' }, 'report', ...given)).toBe('asserted');
  });

  it('of a spending plan shows in the posture', () => {
    const spending = spendingPlan({}, { name: 'plan', publishedOn: '2025-01-01' });
    const refuted = denial(
      ['plan'],
      { scope: 'whole', on: 'party:bytedance' as Subject },
      { publishedOn: '2025-01-03' },
    );
    const posture = postureView(known({ asOf: '2025-12-31' }, spending, refuted), 'bytedance');
    expect(posture?.spending.map((entry) => entry.status)).toEqual(['denied']);
  });
});

describe('what later merely repeats a denied report', () => {
  const repeat = (envelope: Envelope) =>
    rental('plan', {}, { name: 'repeat', publishedOn: '2025-02-01', ...envelope });
  const repeated = (scope: string, envelope: Envelope) =>
    statusAt({ asOf: '2025-12-31' }, 'repeat', report, denied(scope), repeat(envelope));

  it('is denied with it', () => {
    expect(repeated('whole', { confirms: 'report' })).toBe('denied');
    expect(repeated('whole', { follows: 'report' })).toBe('denied');
  });

  it('is not disputed where only a figure or a detail was', () => {
    expect(repeated('figure', { follows: 'report' })).toBe('asserted');
  });

  it('is not denied where it does not rest on that report', () => {
    expect(repeated('whole', {})).toBe('asserted');
  });

  it('is denied through a chain of repeats, and a circle of them ends', () => {
    const third = rental('plan', {}, { name: 'third', publishedOn: '2025-03-01', follows: 'repeat' });
    const given = [report, denied('whole'), repeat({ follows: 'third', confirms: 'report' }), third];
    expect(statusAt({ asOf: '2025-12-31' }, 'third', ...given)).toBe('denied');
    const circle = [repeat({ follows: 'third' }), third];
    expect(statusAt({ asOf: '2025-12-31' }, 'third', ...circle)).toBe('asserted');
  });
});

describe('a later confirmation', () => {
  const confirmation = (envelope: Envelope) =>
    rental('plan', {}, { publishedOn: '2025-02-01', confirms: 'report', ...envelope });
  const after = (envelope: Envelope) => status(report, denied('whole'), confirmation(envelope));

  it('by a party to the deal ends the denial', () => {
    expect(after({ standing: 'company', statementBy: 'oracle' })).toBe('asserted');
    expect(after({ standing: 'company', statementBy: 'bytedance' })).toBe('asserted');
  });

  it('by an authority ends it', () => {
    expect(after({ standing: 'official' })).toBe('asserted');
  });

  it('by somebody else does not', () => {
    expect(after({ standing: 'company', statementBy: 'nvidia' })).toBe('denied');
    expect(after({ standing: 'reported', statementBy: 'oracle' })).toBe('denied');
  });

  it('that came before the denial does not', () => {
    expect(after({ standing: 'official', publishedOn: '2025-01-02' })).toBe('denied');
  });

  it('ends it from its own publication on', () => {
    const given = [report, denied('whole'), confirmation({ standing: 'official' })];
    const at = (publishedBy: string) => statusAt({ asOf: '2025-12-31', publishedBy }, 'report', ...given);
    expect([at('2025-01-31'), at('2025-02-01')]).toEqual(['denied', 'asserted']);
  });

  it('may come as news of the deal', () => {
    const news = dealUpdate(
      'plan',
      { stage: 'confirmed' },
      { publishedOn: '2025-02-01', standing: 'company', statementBy: 'oracle' },
    );
    expect(status(report, denied('whole'), news)).toBe('asserted');
  });

  it('ends what was said of a figure as well', () => {
    expect(status(report, denied('figure'), confirmation({ standing: 'official' }))).toBe('asserted');
  });

  it('is not the denied report itself, even where an authority wrote it later', () => {
    const ownWord = rental('plan', {}, { name: 'report', publishedOn: '2025-03-01', standing: 'official' });
    expect(status(ownWord, denied('whole'))).toBe('denied');
  });

  it('lets a second denial stand that came after it', () => {
    const again = denied('whole', { publishedOn: '2025-03-01' });
    expect(status(report, denied('whole'), confirmation({ standing: 'official' }), again)).toBe('denied');
  });
});

describe('an event that says it corrects another', () => {
  it('makes the other disputed', () => {
    const other = rental('plan', {}, { publishedOn: '2025-02-01', corrects: 'report' });
    expect(status(report, other)).toBe('disputed');
  });

  it('does not lift a denial', () => {
    const other = rental('plan', {}, { publishedOn: '2025-02-01', corrects: 'report' });
    expect(status(report, denied('whole'), other)).toBe('denied');
  });
});

describe('a claim about training', () => {
  it('that somebody disputes is disputed, and shows the dispute', () => {
    const given = [
      modelRelease('v3', 'deepseek', { publishedOn: '2024-12-26' }),
      trainingClaim(
        'v3',
        {},
        { name: 'claim', publishedOn: '2024-12-27', standing: 'company', statementBy: 'deepseek' },
      ),
      trainingDispute('claim', 'v3', { publishedOn: '2025-01-31' }),
    ];
    const training = (publishedBy: string) => {
      const [entry] =
        postureView(known({ asOf: '2025-12-31', publishedBy }, ...given), 'deepseek')?.models[0]?.training ??
        [];
      return [entry?.status, entry?.claims.length];
    };
    expect(training('2025-01-30')).toEqual(['asserted', 1]);
    expect(training('2025-01-31')).toEqual(['disputed', 2]);
  });
});

describe('a corrected event', () => {
  it('is corrected, unless it is denied or disputed as well', () => {
    const corrected = correction('report', 'record', { '/summary': 'As it was.' });
    expect(status(report, corrected)).toBe('corrected');
    expect(status(report, corrected, denied('whole'))).toBe('denied');
    expect(status(report, corrected, denied('detail'))).toBe('disputed');
  });
});

describe('an answer that cites sources', () => {
  const sourced = rental(
    'plan',
    {},
    {
      publishedOn: '2025-01-01',
      sources: [{ publishedOn: '2025-01-01' }, { publishedOn: '2025-06' }, { publishedOn: null }],
    },
  );
  const cited = (question: Question) => {
    const [claim] = dealEntry(known(question, sourced), plan, 'rented')?.claims ?? [];
    return [claim?.sources.length, claim?.laterSources];
  };

  it('withholds and counts those that came out later', () => {
    expect(cited({ asOf: '2025-12-31', publishedBy: '2025-06-29' })).toEqual([2, 1]);
    expect(cited({ asOf: '2025-12-31', publishedBy: '2025-06-30' })).toEqual([3, 0]);
    expect(cited({ asOf: '2025-12-31' })).toEqual([3, 0]);
  });
});
