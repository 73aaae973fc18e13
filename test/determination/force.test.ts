/** When is a provision in force? Imprecise dates, and what acts of other instruments do to it. */
import { describe, expect, it } from '@jest/globals';
import type { Recorded } from '../../events/registry.ts';
import { momentOf } from '../../projections/clocks.ts';
import { determine } from '../../projections/determination/determine.ts';
import { DeterminationQuestion } from '../../projections/determination/question.ts';
import { ruleBook } from '../../projections/determination/ruleBook.ts';
import { invented } from './invented.ts';

const head = { title: 'A rule', jurisdiction: 'US', authority: 'BIS' };
const lists = { citation: null, effectivity: [], amends: [], supersedes: [], implements: [] };

const requirement = (from: unknown, until: unknown = null) => ({
  key: 'everything',
  kind: 'license-requirement',
  text: 'Everything needs a license.',
  from,
  until,
  activities: ['export'],
});
const issued = (provisions: readonly object[], id = 'us-rule') => ({
  type: 'RestrictionIssued',
  subject: `instrument:${id}`,
  publishedOn: '2020-01-01',
  data: { ...head, form: 'final-rule', ...lists, provisions },
});
const act = (type: string, data: object, id = 'us-rule') => ({
  type,
  subject: `instrument:${id}`,
  publishedOn: '2020-02-01',
  data,
});
const amended = (data: object) =>
  act('RestrictionAmended', { citation: null, effectivity: [], provisions: [], ...data });

function outcomesOf(drafts: readonly Record<string, unknown>[], days: readonly string[]): string[] {
  const recorded: Recorded[] = drafts.map((draft, at) => invented(draft, at));
  const book = ruleBook({ recorded, visible: recorded, inputs: [] });
  const asked = DeterminationQuestion.parse({ item: { figures: {} }, activity: 'export', destination: 'CN' });
  return days.map((day) => {
    const determination = determine(book, asked, momentOf(day));
    return determination.ok ? determination.answer.outcome : 'flawed';
  });
}

const free = 'no-requirement-found';
const licensed = 'license-required';
const open = 'undetermined';

describe('the dates of a provision', () => {
  it('bind from the first day on, and not on the last', () => {
    const days = ['2020-02-29', '2020-03-01', '2020-04-30', '2020-05-01'];
    expect(outcomesOf([issued([requirement('2020-03-01', '2020-05-01')])], days)).toEqual([
      free,
      licensed,
      licensed,
      free,
    ]);
  });

  it('are open inside a span, and certain from its last day on', () => {
    const days = ['2020-02-29', '2020-03-01', '2020-03-30', '2020-03-31'];
    expect(outcomesOf([issued([requirement('2020-03')])], days)).toEqual([free, open, open, licensed]);
    const between = { earliest: '2020-03-02', latest: '2020-03-04' };
    expect(
      outcomesOf([issued([requirement(between)])], ['2020-03-01', '2020-03-02', '2020-03-03', '2020-03-04']),
    ).toEqual([free, open, open, licensed]);
  });

  it('are those of the event where the provision has none', () => {
    expect(outcomesOf([issued([requirement(null)])], ['2019-12-31', '2020-01-01'])).toEqual([free, licensed]);
  });

  it('are civil days of the authority, also for an instant', () => {
    const instants = ['2020-03-01T04:59:59Z', '2020-03-01T05:00:00Z'];
    expect(outcomesOf([issued([requirement('2020-03-01')])], instants)).toEqual([free, licensed]);
  });
});

describe('acts of other instruments', () => {
  const rule = issued([requirement('2020-03-01')]);
  const other = issued([], 'us-other');
  const removal = amended({ by: 'us-other', removes: ['everything'], removesFrom: '2020-06-01' });

  it('remove a provision from their day on', () => {
    expect(outcomesOf([rule, other, removal], ['2020-05-31', '2020-06-01'])).toEqual([licensed, free]);
  });

  it('remove nothing under the key of another instrument', () => {
    const elsewhere = { ...removal, subject: 'instrument:us-other' };
    expect(outcomesOf([rule, other, elsewhere], ['2020-06-01'])).toEqual([licensed]);
  });

  it('are ignored while their own instrument is not enforced: what an unenforced rule would remove stays', () => {
    const unenforced = act(
      'EnforcementChanged',
      { enforcement: 'not-enforced', from: '2020-07-01', by: null },
      'us-other',
    );
    expect(outcomesOf([rule, other, removal, unenforced], ['2020-06-01', '2020-07-01'])).toEqual([
      free,
      licensed,
    ]);
  });

  it('are ignored while their own instrument is suspended', () => {
    const suspended = act(
      'RestrictionSuspended',
      { by: null, from: '2020-07-01', until: '2020-08-01' },
      'us-other',
    );
    const again = act(
      'EnforcementChanged',
      { enforcement: 'enforced', from: '2020-08-01', by: null },
      'us-other',
    );
    const days = ['2020-06-01', '2020-07-01', '2020-07-31', '2020-08-01'];
    expect(outcomesOf([rule, other, removal, suspended, again], days)).toEqual([
      free,
      licensed,
      licensed,
      free,
    ]);
  });

  it('do nothing while they are only proposed', () => {
    const proposed = {
      type: 'RestrictionProposed',
      subject: 'instrument:us-other',
      publishedOn: '2020-01-01',
      data: {
        ...head,
        form: 'proposed-rule',
        citation: null,
        effectivity: [],
        provisions: [],
        implements: [],
      },
    };
    expect(outcomesOf([rule, proposed, removal], ['2020-06-01'])).toEqual([licensed]);
  });

  it('may stop each other without end', () => {
    const stops = (id: string, by: string) =>
      act('RestrictionSuspended', { by, from: '2020-04-01', until: null }, id);
    expect(
      outcomesOf([rule, other, stops('us-rule', 'us-other'), stops('us-other', 'us-rule')], ['2020-03-31']),
    ).toEqual([licensed]);
  });
});

describe('suspension, enforcement and end', () => {
  const rule = issued([requirement('2020-03-01')]);
  const suspended = act('RestrictionSuspended', { by: null, from: '2020-05-01', until: '2020-06-01' });

  it('stop a rule for a time; whether it came back is open until an event says so', () => {
    const days = ['2020-04-30', '2020-05-01', '2020-05-31', '2020-06-01'];
    expect(outcomesOf([rule, suspended], days)).toEqual([licensed, free, free, open]);
    const back = act('EnforcementChanged', { enforcement: 'enforced', from: '2020-06-01', by: null });
    expect(outcomesOf([rule, suspended, back], ['2020-06-01'])).toEqual([licensed]);
  });

  it('stop only the provisions that are named', () => {
    const some = act('RestrictionSuspended', {
      by: null,
      from: '2020-05-01',
      until: null,
      provisions: ['another'],
    });
    expect(outcomesOf([rule, some], ['2020-05-01'])).toEqual([licensed]);
  });

  it('take the state that prevails', () => {
    const enforcement = (state: string, from: string) =>
      act('EnforcementChanged', { enforcement: state, from, by: null });
    const events = [rule, enforcement('unknown', '2020-05-01'), enforcement('not-enforced', '2020-04-01')];
    expect(outcomesOf(events, ['2020-03-31', '2020-04-01', '2020-05-01'])).toEqual([licensed, free, open]);
  });

  it('end a rule in the world', () => {
    const ended = act('RestrictionEnded', { how: 'rescinded', from: '2020-05-01', by: null });
    expect(outcomesOf([rule, ended], ['2020-04-30', '2020-05-01'])).toEqual([licensed, free]);
  });
});

describe('a bill', () => {
  const step = (name: string, publishedOn: string, provisions: readonly object[] = []) => ({
    type: 'BillAdvanced',
    subject: 'instrument:us-bill',
    publishedOn,
    data: {
      bill: 'H.R. 1',
      title: 'A bill',
      congress: 119,
      chamber: 'house',
      step: name,
      vote: null,
      provisions,
    },
  });

  it('binds nobody until it is enacted', () => {
    const bill = step('introduced', '2020-01-01', [requirement(null)]);
    expect(outcomesOf([bill], ['2021-01-01'])).toEqual([free]);
    expect(outcomesOf([bill, step('enacted', '2020-09-01')], ['2020-08-31', '2020-09-01'])).toEqual([
      free,
      licensed,
    ]);
  });
});

describe('a control test that refers to itself', () => {
  it('leaves it open and does not ask for ever', () => {
    const test = {
      key: 'circle',
      kind: 'control-test',
      eccn: '9X999',
      text: 'A circle.',
      from: '2020-01-01',
      when: { eccn: '9X999' },
    };
    const events = [issued([test, { ...requirement('2020-01-01'), item: { eccn: '9X999' } }])];
    expect(outcomesOf(events, ['2020-02-01'])).toEqual([open]);
  });
});
