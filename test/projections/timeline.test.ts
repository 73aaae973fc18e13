/** Does a timeline tell what happened, what is scheduled, and what came later, in order? */
import { describe, expect, it } from '@jest/globals';
import { subjectOf } from '../../events/identity.ts';
import { timelineView } from '../../projections/views/timeline.ts';
import { effective, known, rental, rule } from '../history/given.ts';
import { recordOf } from './regulationRecord.ts';

const affiliates = subjectOf('instrument', 'us-bis-affiliates-rule-2025-09');
const letter = subjectOf('instrument', 'us-is-informed-nvidia-2022-08-26');
const at = recordOf(
  'instruments/us-bis-affiliates-rule-2025-09.yaml',
  'instruments/us-bis-affiliates-suspension-2025-11.yaml',
  'instruments/us-is-informed-nvidia-2022-08-26.yaml',
  'parties/dahua.yaml',
  'parties/arrow-china-electronics-trading.yaml',
  'destinations/KH.yaml',
);

describe('the timeline of an instrument', () => {
  it('tells the history and the schedule of the Affiliates Rule in December 2025', () => {
    const items = timelineView(at('2025-12-01', '2025-12-01'), affiliates);
    expect(items.map(({ on, kind, phase }) => `${on} ${kind} ${phase}`)).toEqual([
      '2025-09-29 occurred past',
      '2025-09-29 effective past',
      '2025-11-10 occurred past',
      '2025-11-10 occurred past',
      '2025-11-10 occurred past',
      '2025-11-10 suspension past',
      '2025-11-28 sunset past',
      '2026-11-10 enforcement-change scheduled',
      '2026-11-10 suspension-end scheduled',
    ]);
  });
  it('does not tell what was not public yet', () => {
    expect(timelineView(at('2022-08-28', '2022-08-28'), letter)).toEqual([]);
    const items = timelineView(at('2022-08-31', '2022-08-31'), letter);
    expect(items.map(({ on, kind }) => `${on} ${kind}`)).toEqual([
      '2022-08-26 occurred',
      '2022-08-26 effective',
    ]);
    expect(items[0]).toMatchObject({ publishedOn: '2022-08-31', standing: 'company', status: 'asserted' });
  });
  it('marks in hindsight what nobody had announced yet as later', () => {
    const items = timelineView(at('2022-08-28'), letter);
    expect(items.find(({ kind }) => kind === 'end')).toMatchObject({ on: '2022-10-21', phase: 'later' });
    expect(items.map(({ day }) => day)).toEqual(items.map(({ day }) => day).toSorted());
  });
});

describe('the timeline of a party or destination', () => {
  it('has the events that speak of it, each once where its notice takes effect on its own day', () => {
    const items = timelineView(at('2026-01-01'), subjectOf('party', 'dahua'));
    expect(items.map(({ on, kind }) => `${on} ${kind}`)).toEqual([
      '2019-10-07 published',
      '2019-10-09 occurred',
      '2022-10-21 occurred',
    ]);
    expect(items.every(({ phase }) => phase === 'past')).toBe(true);
  });
  it('puts a change of Country Group on its legal date', () => {
    const items = timelineView(at('2026-06-01'), subjectOf('destination', 'KH'));
    expect(items.map(({ on, what }) => `${on} ${what}`)).toContain('2026-02-03 Country Group: removed, D:5');
  });
});

describe('the order of a timeline', () => {
  it('puts imprecise dates at their first day, and the events of a day before its dates', () => {
    const evidence = known(
      { asOf: '2025-12-31' },
      rule(
        'us-rule',
        { effectivity: [effective('2025-02'), effective('2025-02-01')] },
        { publishedOn: '2025-02-01' },
      ),
      rule('us-rule', {}, { publishedOn: '2025-01-15', occurredOn: '2025-01' }),
    );
    const items = timelineView(evidence, subjectOf('instrument', 'us-rule'));
    expect(items.map(({ on, kind }) => `${on} ${kind}`)).toEqual([
      '2025-01 occurred',
      '2025-02-01 published',
      '2025-02 effective',
      '2025-02-01 effective',
    ]);
  });
  it('tells a deal to each company that it names, with the status of what was said', () => {
    const evidence = known({ asOf: '2025-06-01' }, rental('d', {}, { publishedOn: '2025-03-01' }));
    expect(timelineView(evidence, subjectOf('party', 'bytedance'))).toMatchObject([
      { on: '2025-03-01', kind: 'published', subject: 'deal:d', status: 'asserted', standing: 'reported' },
    ]);
    expect(timelineView(evidence, subjectOf('party', 'nobody'))).toEqual([]);
  });
});
