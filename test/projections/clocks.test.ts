/** When does a fact hold, from when is it known, and what do imprecise dates and time zones do to that? */
import { describe, expect, it } from '@jest/globals';
import { spanAsPrinted, spanIn } from '../../events/dates.ts';
import type { Subject } from '../../events/identity.ts';
import { hasBegun, isUncertain, momentOf, wasPublic } from '../../projections/clocks.ts';
import { holding, resolved } from '../../projections/resolve.ts';
import { dealEntry } from '../../projections/views/deal.ts';
import type { Given, Question } from '../history/given.ts';
import {
  chips,
  coverage,
  effective,
  known,
  letter,
  listing,
  purchase,
  registration,
  rental,
  rule,
} from '../history/given.ts';

const plan: Subject = 'deal:plan' as Subject;
const bytedance: Subject = 'party:bytedance' as Subject;

function readingsAt(question: Question, ...given: Given[]): number {
  return known(question, ...given).everything().length;
}

function stageAt(question: Question, ...given: Given[]) {
  return resolved(known(question, ...given), plan, 'stage', 'rented')?.winner.value ?? null;
}

function sinceAt(question: Question, ...given: Given[]) {
  return dealEntry(known(question, ...given), plan, 'rented')?.since ?? null;
}

/** The legal statuses of an instrument that hold, in the order in which they begin. */
function statusesAt(instrument: string, asOf: string, ...given: Given[]) {
  const subject = `instrument:${instrument}` as Subject;
  return holding(known({ asOf }, ...given), subject, 'legalStatus').map((claim) => claim.value);
}

describe('publication', () => {
  const tuesday = rental('plan', {}, { publishedOn: '2025-01-07', occurredOn: '2025-01-01' });

  it('does not know on Monday what was reported on Tuesday', () => {
    expect(readingsAt({ asOf: '2025-01-06', publishedBy: '2025-01-06' }, tuesday)).toBe(0);
  });

  it('knows on Tuesday what was reported on Tuesday', () => {
    expect(readingsAt({ asOf: '2025-01-06', publishedBy: '2025-01-07' }, tuesday)).toBe(1);
  });

  it('sets no limit where none is asked for', () => {
    expect(stageAt({ asOf: '2025-01-06' }, tuesday)).toBe('signed');
  });

  it('is independent of when the fact holds: a letter of 26 August, disclosed on the 31st', () => {
    const disclosed = letter('us-letter', 'nvidia', '2022-08-26', {
      publishedOn: '2022-08-31',
      occurredOn: '2022-08-26',
    });
    expect(readingsAt({ asOf: '2022-08-28', publishedBy: '2022-08-28' }, disclosed)).toBe(0);
    expect(statusesAt('us-letter', '2022-08-28', disclosed)).toEqual(['in-force']);
  });

  it('counts an imprecise publication from the last day of its period', () => {
    const january = rental('plan', {}, { publishedOn: '2025-01' });
    expect(readingsAt({ asOf: '2025-02-01', publishedBy: '2025-01-30' }, january)).toBe(0);
    expect(readingsAt({ asOf: '2025-02-01', publishedBy: '2025-01-31' }, january)).toBe(1);
    const quarter = rental('plan', {}, { publishedOn: '2025-Q1' });
    expect(readingsAt({ asOf: '2025-04-01', publishedBy: '2025-03-30' }, quarter)).toBe(0);
    expect(readingsAt({ asOf: '2025-04-01', publishedBy: '2025-03-31' }, quarter)).toBe(1);
    const year = rental('plan', {}, { publishedOn: '2025' });
    expect(readingsAt({ asOf: '2026-01-01', publishedBy: '2025-12-30' }, year)).toBe(0);
    expect(readingsAt({ asOf: '2026-01-01', publishedBy: '2025-12-31' }, year)).toBe(1);
  });

  it('compares a date with the date as printed, in whatever zone it was printed', () => {
    const lateInLosAngeles = spanAsPrinted('2025-01-05T23:30:00-08:00');
    expect(wasPublic(lateInLosAngeles, momentOf('2025-01-05'))).toBe(true);
    expect(wasPublic(lateInLosAngeles, momentOf('2025-01-04'))).toBe(false);
    const earlyInTokyo = spanAsPrinted('2025-01-06T00:30:00+09:00');
    expect(wasPublic(earlyInTokyo, momentOf('2025-01-05'))).toBe(false);
  });

  it('sees, at an instant, what was dated before that UTC day', () => {
    const dated = spanAsPrinted('2025-01-05');
    expect(wasPublic(dated, momentOf('2025-01-05T23:59:59Z'))).toBe(false);
    expect(wasPublic(dated, momentOf('2025-01-06T00:00:00Z'))).toBe(true);
    expect(wasPublic(dated, momentOf('2025-01-06T08:59:59+09:00'))).toBe(false);
  });

  it('sees, at an instant, what has an instant up to it', () => {
    const published = spanAsPrinted('2025-01-05T12:00:00+01:00');
    expect(wasPublic(published, momentOf('2025-01-05T10:59:59.999Z'))).toBe(false);
    expect(wasPublic(published, momentOf('2025-01-05T11:00:00Z'))).toBe(true);
  });
});

describe('recording', () => {
  it('does not know at a position what was recorded after it', () => {
    const events = [
      rental('plan', {}, { publishedOn: '2025-01-01' }),
      rental('other', {}, { publishedOn: '2020-01-01' }),
    ];
    expect([0, 1, 2].map((position) => readingsAt({ asOf: '2025-06-01', position }, ...events))).toEqual([
      0, 1, 2,
    ]);
  });

  it('takes in an old article that is found late', () => {
    const late = rental('plan', {}, { publishedOn: '2020-01-01', standing: 'company' });
    const first = rental('plan', { stage: 'talks' }, { publishedOn: '2024-01-01', standing: 'reported' });
    expect(stageAt({ asOf: '2020-06-01', position: 1 }, first, late)).toBeNull();
    expect(stageAt({ asOf: '2020-06-01', position: 2 }, first, late)).toBe('signed');
  });
});

describe('an interval', () => {
  it('holds on its first day and not on its last', () => {
    const notice = rule('us-rule', { effectivity: [effective('2023-11-17')] }, { publishedOn: '2023-10-25' });
    expect(statusesAt('us-rule', '2023-10-24', notice)).toEqual([]);
    expect(statusesAt('us-rule', '2023-10-25', notice)).toEqual(['issued']);
    expect(statusesAt('us-rule', '2023-11-16', notice)).toEqual(['issued']);
    expect(statusesAt('us-rule', '2023-11-17', notice)).toEqual(['in-force']);
  });

  it('that nobody ends holds until something supersedes it', () => {
    expect(stageAt({ asOf: '2099-01-01' }, rental('plan', {}, { publishedOn: '2025-01-01' }))).toBe('signed');
  });
});

describe('a fact whose beginning nobody gives', () => {
  it('counts from its publication and is marked so', () => {
    const report = rental('plan', {}, { publishedOn: '2025-01-05' });
    expect(stageAt({ asOf: '2025-01-04' }, report)).toBeNull();
    expect(sinceAt({ asOf: '2025-01-05' }, report)).toEqual({
      on: '2025-01-05',
      assumed: true,
      dateUncertain: false,
    });
  });

  it('counts from the earliest day of an imprecise publication, uncertain inside it', () => {
    const january = rental('plan', {}, { publishedOn: '2025-01' });
    expect(sinceAt({ asOf: '2024-12-31' }, january)).toBeNull();
    expect(sinceAt({ asOf: '2025-01-15' }, january)).toEqual({
      on: '2025-01',
      assumed: true,
      dateUncertain: true,
    });
    expect(sinceAt({ asOf: '2025-02-01' }, january)).toEqual({
      on: '2025-01',
      assumed: true,
      dateUncertain: false,
    });
  });
});

describe('an imprecise beginning', () => {
  const during2025 = rental('plan', {}, { publishedOn: '2026-03-01', occurredOn: '2025' });

  it('counts from the earliest day that it can mean', () => {
    expect(stageAt({ asOf: '2024-12-31' }, during2025)).toBeNull();
    expect(stageAt({ asOf: '2025-01-01' }, during2025)).toBe('signed');
  });

  it('is uncertain as long as the question falls inside it', () => {
    expect(sinceAt({ asOf: '2025-06-30' }, during2025)).toEqual({
      on: '2025',
      assumed: false,
      dateUncertain: true,
    });
    expect(sinceAt({ asOf: '2026-01-01' }, during2025)).toEqual({
      on: '2025',
      assumed: false,
      dateUncertain: false,
    });
  });

  it('leaves no doubt on a day that is given', () => {
    const utc = 'utc';
    expect(isUncertain(spanIn('2025-01-05', utc), utc, momentOf('2025-01-05'))).toBe(false);
    expect(isUncertain(spanIn('2025-Q2', utc), utc, momentOf('2025-03-31'))).toBe(false);
    expect(isUncertain(spanIn('2025-Q2', utc), utc, momentOf('2025-04-01'))).toBe(true);
  });
});

describe('the civil day of an authority', () => {
  const washington = rule(
    'us-rule',
    { effectivity: [effective('2025-05-15')] },
    { publishedOn: '2025-01-13' },
  );
  const tokyo = rule('jp-rule', { effectivity: [effective('2025-05-15')] }, { publishedOn: '2025-01-13' });

  it('is that day everywhere for a question by day', () => {
    expect(statusesAt('us-rule', '2025-05-15', washington)).toEqual(['in-force']);
    expect(statusesAt('jp-rule', '2025-05-15', tokyo)).toEqual(['in-force']);
  });

  it('begins at midnight in Washington for a U.S. rule, thirteen hours after Tokyo', () => {
    expect(statusesAt('us-rule', '2025-05-15T00:00:00+09:00', washington)).toEqual(['issued']);
    expect(statusesAt('us-rule', '2025-05-15T12:59:59+09:00', washington)).toEqual(['issued']);
    expect(statusesAt('us-rule', '2025-05-15T13:00:00+09:00', washington)).toEqual(['in-force']);
  });

  it('begins at midnight in Tokyo for a Japanese rule', () => {
    expect(statusesAt('jp-rule', '2025-05-14T14:59:59Z', tokyo)).toEqual(['issued']);
    expect(statusesAt('jp-rule', '2025-05-14T15:00:00Z', tokyo)).toEqual(['in-force']);
  });

  it('keeps the hour of daylight saving time', () => {
    const winter = rule('us-rule', { effectivity: [effective('2025-01-15')] }, { publishedOn: '2024-12-01' });
    expect(statusesAt('us-rule', '2025-01-15T04:59:59Z', winter)).toEqual(['issued']);
    expect(statusesAt('us-rule', '2025-01-15T05:00:00Z', winter)).toEqual(['in-force']);
  });

  it('is that of the list for a listing: Washington, Beijing, Taipei', () => {
    const holds = (list: string, asOf: string) =>
      holding(known({ asOf }, listing('bytedance', { from: '2025-06-10', list })), bytedance, 'listing')
        .length === 1;
    expect([
      holds('entity-list', '2025-06-10T03:59:59Z'),
      holds('entity-list', '2025-06-10T04:00:00Z'),
    ]).toEqual([false, true]);
    expect([
      holds('cn-export-control', '2025-06-09T15:59:59Z'),
      holds('cn-export-control', '2025-06-09T16:00:00Z'),
    ]).toEqual([false, true]);
    expect([holds('tw-shtc', '2025-06-09T15:59:59Z'), holds('tw-shtc', '2025-06-09T16:00:00Z')]).toEqual([
      false,
      true,
    ]);
  });

  it('is the UTC day where no authority is at work', () => {
    const report = rental('plan', {}, { publishedOn: '2025-01-05' });
    expect(stageAt({ asOf: '2025-01-05T00:30:00+09:00' }, report)).toBeNull();
    expect(stageAt({ asOf: '2025-01-05T00:00:00Z' }, report)).toBe('signed');
  });
});

describe('an instant', () => {
  const atNoon = rental('plan', {}, { publishedOn: '2025-01-06', occurredOn: '2025-01-05T12:00:00Z' });

  it('begins a fact at that instant for a question by instant', () => {
    expect(stageAt({ asOf: '2025-01-05T11:59:59Z' }, atNoon)).toBeNull();
    expect(stageAt({ asOf: '2025-01-05T12:00:00Z' }, atNoon)).toBe('signed');
  });

  it('begins a fact on that day for a question by day', () => {
    expect(stageAt({ asOf: '2025-01-04' }, atNoon)).toBeNull();
    expect(stageAt({ asOf: '2025-01-05' }, atNoon)).toBe('signed');
  });

  it('of an act falls on the civil day of its authority', () => {
    const midnightUtc = spanIn('2025-05-15T01:00:00Z', 'America/New_York');
    expect(hasBegun(midnightUtc, 'America/New_York', momentOf('2025-05-14'))).toBe(true);
    expect(hasBegun(midnightUtc, 'America/New_York', momentOf('2025-05-13'))).toBe(false);
  });
});

describe('how far the record reaches', () => {
  const declared = coverage('compute', '2026-09-03', { publishedOn: '2026-11-23' });
  const told = (question: Question) =>
    known(question, declared).claims('coverage:compute' as Subject, 'coverage');

  it('is told at every date and to everyone, whenever it was declared', () => {
    expect(told({ asOf: '2020-01-01', publishedBy: '2020-01-01' }).map((claim) => claim.value.to)).toEqual([
      '2026-09-03',
    ]);
  });

  it('is not told before it is recorded', () => {
    expect(told({ asOf: '2027-01-01', position: 0 })).toEqual([]);
  });
});

describe('before the first event', () => {
  it('nothing is known, and nothing fails', () => {
    const evidence = known({ asOf: '2025-01-01', position: 0 }, rental('plan'), registration('bytedance'));
    expect(evidence.everything()).toEqual([]);
    expect(evidence.subjects('deal')).toEqual([]);
    expect(evidence.allClaims(plan)).toEqual([]);
  });

  it('nothing is known of what is only said to begin later', () => {
    const scheduled = purchase(
      'plan',
      { chips: [chips('h100', 10)] },
      { publishedOn: '2025-01-01', occurredOn: '2030-01-01' },
    );
    const evidence = known({ asOf: '2025-06-01' }, scheduled);
    expect(evidence.readings(plan)).toHaveLength(1);
    expect(dealEntry(evidence, plan, 'purchased')).toBeNull();
    expect(dealEntry(known({ asOf: '2030-01-01' }, scheduled), plan, 'purchased')?.stage).toBe('ordered');
  });
});
