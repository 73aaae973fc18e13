/** Do the rules of legal status, enforcement and provisions hold in small cases? */
import { describe, expect, it } from '@jest/globals';
import { subjectOf } from '../../events/identity.ts';
import type { EventTypeName } from '../../events/registry.ts';
import { momentOf } from '../../projections/clocks.ts';
import { controlsView, testText } from '../../projections/views/controls.ts';
import type { InstrumentView } from '../../projections/views/instrument.ts';
import { instrumentView } from '../../projections/views/instrument.ts';
import { listingsOf, pastListingsOf } from '../../projections/views/listings.ts';
import { dateText, nextChangeOf, previousChangeOf } from '../../projections/views/nextChange.ts';
import { upcomingView } from '../../projections/views/upcoming.ts';
import { spanIn } from '../../events/dates.ts';
import type { Envelope, Given } from '../history/given.ts';
import { effective, known, letter, listing, rental, rule } from '../history/given.ts';

const official = { standing: 'official' } as const;
type Data = Readonly<Record<string, unknown>>;

function on(type: EventTypeName, slug: string, data: Data, envelope: Envelope): Given {
  return { type, subject: subjectOf('instrument', slug), data, envelope: { ...official, ...envelope } };
}
const suspension = (
  slug: string,
  by: string | null,
  from: string,
  until: string | null,
  publishedOn = from,
) => on('RestrictionSuspended', slug, { by, from, until }, { publishedOn, occurredOn: from });
const enforcement = (slug: string, value: string, by: string | null, from: string) =>
  on('EnforcementChanged', slug, { enforcement: value, by, from }, { publishedOn: from });
const ending = (slug: string, how: string, from: string, envelope: Envelope = {}) =>
  on('RestrictionEnded', slug, { how, from, by: null }, { publishedOn: from, ...envelope });
const head = { title: 'A rule', jurisdiction: 'US', authority: 'BIS' };
const report = (slug: string, publishedOn: string, envelope: Envelope = {}) =>
  on(
    'RestrictionReported',
    slug,
    { ...head, form: null },
    { publishedOn, standing: 'reported', ...envelope },
  );
const proposal = (slug: string, publishedOn: string) => {
  const data = { ...head, form: 'proposed-rule', citation: null, implements: [] };
  return on('RestrictionProposed', slug, data, { publishedOn, occurredOn: publishedOn });
};
const controlTest = (key: string, from: string | null = null, more: Data = {}) => {
  const when = { metric: 'tpp', op: '>=', value: 4800 };
  return { key, kind: 'control-test', eccn: '3A090.a', text: 'A chip of 4,800 TPP.', from, when, ...more };
};
const amendment = (slug: string, by: string | null, from: string, data: Data) =>
  on(
    'RestrictionAmended',
    slug,
    { by, citation: null, effectivity: [effective(from)], ...data },
    { publishedOn: from, occurredOn: from },
  );
const issued = (slug: string, from: string, more: Data = {}) =>
  rule(slug, { effectivity: [effective(from)], ...more }, { publishedOn: from, occurredOn: from });

function shown(asOf: string, ...given: readonly Given[]): InstrumentView {
  const view = instrumentView(known({ asOf }, ...given), 'us-rule');
  if (view === null) throw new Error('the record does not know us-rule');
  return view;
}
const statusAt = (asOf: string, ...given: readonly Given[]) => shown(asOf, ...given).legalStatus;
const phasesAt = (asOf: string, ...given: readonly Given[]) =>
  Object.fromEntries(shown(asOf, ...given).provisions.map(({ key, phase }) => [key, phase]));

describe('legal status', () => {
  const inForce = issued('us-rule', '2025-01-01');

  it('is not lowered by a report or a proposal that comes later', () => {
    expect(statusAt('2025-06-01', inForce, report('us-rule', '2025-03-01'))).toBe('in-force');
    expect(statusAt('2025-06-01', inForce, proposal('us-rule', '2025-03-01'))).toBe('in-force');
    expect(statusAt('2025-06-01', proposal('us-rule', '2025-02-01'), report('us-rule', '2025-03-01'))).toBe(
      'proposed',
    );
  });
  it('rises from reported over proposed to in force', () => {
    const history = [report('us-rule', '2024-01-01'), proposal('us-rule', '2024-06-01'), inForce];
    expect(['2024-02-01', '2024-07-01', '2025-01-01'].map((day) => statusAt(day, ...history))).toEqual([
      'reported',
      'proposed',
      'in-force',
    ]);
  });
  it('counts from publication where nobody says when, and is marked so', () => {
    const view = shown('2025-06-01', rule('us-rule', {}, { publishedOn: '2025-01-01' }));
    expect(view).toMatchObject({
      legalStatus: 'in-force',
      legalStatusAssumed: true,
      since: { on: '2025-01-01' },
    });
  });
  it('does not end by a rumour', () => {
    const rumour = ending('us-rule', 'rescinded', '2025-03-01', { standing: 'rumoured' });
    expect(statusAt('2025-06-01', inForce, rumour)).toBe('in-force');
    expect(statusAt('2025-06-01', inForce, ending('us-rule', 'rescinded', '2025-03-01'))).toBe('rescinded');
  });
  it('is unknown after a suspension that has run out, until an event says more', () => {
    const first = suspension('us-rule', null, '2025-02-01', '2025-05-01');
    const extended = suspension('us-rule', null, '2025-04-20', '2025-09-01');
    expect(statusAt('2025-04-30', inForce, first)).toBe('suspended');
    expect(statusAt('2025-05-01', inForce, first)).toBe('unknown');
    expect(statusAt('2025-05-01', inForce, first, extended)).toBe('suspended');
    expect(statusAt('2025-09-01', inForce, first, extended)).toBe('unknown');
    expect(statusAt('2025-05-01', inForce, first, ending('us-rule', 'expired', '2025-04-25'))).toBe(
      'expired',
    );
  });
  it('is not suspended by an instrument that is itself suspended or not enforced', () => {
    const other = issued('us-other', '2025-01-15');
    const act = suspension('us-rule', 'us-other', '2025-02-01', null);
    expect(statusAt('2025-06-01', inForce, other, act)).toBe('suspended');
    expect(
      statusAt('2025-06-01', inForce, other, act, suspension('us-other', null, '2025-03-01', null)),
    ).toBe('in-force');
    expect(
      statusAt(
        '2025-06-01',
        inForce,
        other,
        act,
        enforcement('us-other', 'not-enforced', null, '2025-03-01'),
      ),
    ).toBe('in-force');
  });
  it('is settled even where two instruments suspend each other', () => {
    const acts = [
      suspension('us-rule', 'us-other', '2025-02-01', null),
      suspension('us-other', 'us-rule', '2025-02-01', null),
    ];
    expect(['suspended', 'in-force']).toContain(
      statusAt('2025-06-01', inForce, issued('us-other', '2025-01-15'), ...acts),
    );
  });
  it('is not suspended where only single provisions are', () => {
    const provisions = [controlTest('one'), controlTest('other')];
    const partial = on(
      'RestrictionSuspended',
      'us-rule',
      { by: null, from: '2025-02-01', until: null, provisions: ['one'] },
      { publishedOn: '2025-02-01' },
    );
    const given = [issued('us-rule', '2025-01-01', { provisions }), partial];
    expect(statusAt('2025-06-01', ...given)).toBe('in-force');
    expect(phasesAt('2025-06-01', ...given)).toEqual({ one: 'suspended', other: 'binding' });
  });
});

describe('enforcement', () => {
  const inForce = issued('us-rule', '2025-01-01');
  const enforcedAt = (asOf: string, ...given: readonly Given[]) => {
    const { enforcement: value, enforcementAssumed } = shown(asOf, ...given);
    return { value, assumed: enforcementAssumed };
  };

  it('is assumed once the rule is in force, and null before and after', () => {
    const later = rule('us-rule', { effectivity: [effective('2025-02-01')] }, { publishedOn: '2025-01-01' });
    expect(enforcedAt('2025-01-15', later)).toEqual({ value: null, assumed: false });
    expect(enforcedAt('2025-02-01', later)).toEqual({ value: 'enforced', assumed: true });
    expect(enforcedAt('2025-04-01', later, ending('us-rule', 'rescinded', '2025-03-01')).value).toBeNull();
  });
  it('is what an event says, and no longer what was said before a suspension', () => {
    const lax = enforcement('us-rule', 'not-enforced', null, '2025-02-01');
    expect(enforcedAt('2025-02-01', inForce, lax)).toEqual({ value: 'not-enforced', assumed: false });
    expect(
      enforcedAt('2025-04-01', inForce, lax, suspension('us-rule', null, '2025-03-01', null)).value,
    ).toBeNull();
  });
});

describe('an enforcement that no event speaks of', () => {
  const provisions = [controlTest('test')];
  const inForce = issued('us-rule', '2025-01-01', { provisions });
  const said = enforcement('us-rule', 'enforced', null, '2025-02-01');
  const next = enforcement('us-rule', 'not-enforced', null, '2025-08-01');
  const assumedAt = (asOf: string) => {
    const evidence = known({ asOf }, inForce, said, next);
    return {
      controls: controlsView(evidence).flatMap(({ tests }) => tests.map((test) => test.enforcementAssumed)),
      upcoming: upcomingView(evidence, 365).map((item) => item.enforcementAssumed),
    };
  };

  it('is marked as assumed, in the control tests and on the calendar', () => {
    const [first] = assumedAt('2025-01-15').upcoming;
    expect([assumedAt('2025-01-15').controls, first]).toEqual([[true], true]);
    expect(assumedAt('2025-03-01')).toEqual({ controls: [false], upcoming: [false] });
  });
});

describe('provisions', () => {
  const older = issued('us-rule', '2025-01-01', { provisions: [controlTest('old')] });
  const newer = issued('us-other', '2025-02-01');
  const removal = amendment('us-rule', 'us-other', '2025-03-01', { removes: ['old'] });

  it('end on the day on which another rule removes them', () => {
    expect(phasesAt('2025-02-28', older, newer, removal)).toEqual({ old: 'binding' });
    expect(shown('2025-03-01', older, newer, removal).provisions[0]).toMatchObject({
      phase: 'ended',
      endedOn: '2025-03-01',
      endedBy: 'us-other',
    });
  });
  it('stay where the rule that would remove them is not enforced', () => {
    const lax = enforcement('us-other', 'not-enforced', null, '2025-04-01');
    expect(phasesAt('2025-05-01', older, newer, removal, lax)).toEqual({ old: 'binding' });
    expect(controlsView(known({ asOf: '2025-05-01' }, older, newer, removal, lax))).toHaveLength(1);
    expect(controlsView(known({ asOf: '2025-03-15' }, older, newer, removal, lax))).toHaveLength(0);
  });
  it('are open where it is not known whether that rule is enforced', () => {
    const open = enforcement('us-other', 'unknown', null, '2025-04-01');
    expect(phasesAt('2025-05-01', older, newer, removal, open)).toEqual({ old: 'unknown' });
  });
  it('survive a removal by the event that brings a new one under the same key', () => {
    const again = amendment('us-rule', null, '2025-03-01', {
      removes: ['old'],
      provisions: [controlTest('old')],
    });
    expect(phasesAt('2025-03-01', older, again)).toEqual({ old: 'binding' });
  });
  it('have their own dates, imprecise ones with both ends', () => {
    const from = { earliest: '2025-02-01', latest: '2025-02-10' };
    const given = issued('us-rule', '2025-01-01', {
      provisions: [{ ...controlTest('x'), from, until: '2025-06-01' }],
    });
    const phases = ['2025-01-31', '2025-02-01', '2025-02-09', '2025-02-10', '2025-05-31', '2025-06-01'].map(
      (day) => phasesAt(day, given)['x'],
    );
    expect(phases).toEqual(['not-yet', 'unknown', 'unknown', 'binding', 'binding', 'ended']);
  });
  it('bind nobody while their rule is only proposed', () => {
    const data = {
      ...head,
      form: 'proposed-rule',
      citation: null,
      implements: [],
      provisions: [controlTest('x')],
    };
    const proposed = on('RestrictionProposed', 'us-rule', data, { publishedOn: '2025-01-01' });
    expect(phasesAt('2025-06-01', proposed)).toEqual({ x: 'non-binding' });
    expect(controlsView(known({ asOf: '2025-06-01' }, proposed))).toEqual([]);
  });
});

describe('an instrument', () => {
  it('knows what amends, supersedes, implements and concerns it', () => {
    const more = { amends: ['us-rule'], supersedes: ['us-rule'], implements: ['us-rule'] };
    const policy = on(
      'PolicyStated',
      'us-policy',
      { ...head, concerns: ['us-rule'] },
      { publishedOn: '2025-02-01' },
    );
    expect(
      shown('2025-06-01', issued('us-rule', '2025-01-01'), issued('us-next', '2025-02-01', more), policy),
    ).toMatchObject({
      amendedBy: ['us-next'],
      supersededBy: ['us-next'],
      implementedBy: ['us-next'],
      concernedBy: ['us-policy'],
    });
  });
  it('has no title where only others name it', () => {
    const view = shown('2025-06-01', issued('us-next', '2025-02-01', { amends: ['us-rule'] }));
    expect(view).toMatchObject({ title: null, legalStatus: null, amendedBy: ['us-next'] });
  });
  it('shows the recipients of several letters', () => {
    const letters = ['cadence', 'synopsys'].map((party) => letter('us-rule', party, '2025-01-01'));
    expect(shown('2025-06-01', ...letters).recipients).toEqual(['cadence', 'synopsys']);
  });
  it('shows the sources that disagree about what it is', () => {
    const view = shown(
      '2025-06-01',
      issued('us-rule', '2025-01-01'),
      report('us-rule', '2025-02-01', { standing: 'rumoured' }),
    );
    expect(view.alternatives).toEqual([]);
    const other = rule(
      'us-rule',
      { title: 'Another title' },
      { standing: 'reported', publishedOn: '2025-01-02' },
    );
    expect(shown('2025-06-01', issued('us-rule', '2025-01-01'), other).alternatives).toContainEqual(
      expect.objectContaining({ attribute: 'title', value: 'Another title', lostBecause: 'lesser standing' }),
    );
  });
});

describe('listings', () => {
  const delisting = (from: string, names: string[]): Given => ({
    type: 'PartyDelisted',
    subject: subjectOf('party', 'acme'),
    data: { list: 'entity-list', by: null, from, names },
    envelope: { ...official, publishedOn: from },
  });
  const listed = (names: string[], from = '2024-01-01') => ({
    ...listing('acme', { from }, { publishedOn: from }),
    data: { list: 'entity-list', by: null, from, names },
  });

  it('end name by name', () => {
    const given = [listed(['Acme Ltd.', 'Acme Labs']), delisting('2025-01-01', ['ACME LTD'])];
    expect(listingsOf(known({ asOf: '2025-06-01' }, ...given), 'acme')).toMatchObject([
      { names: ['Acme Labs'], removedNames: ['Acme Ltd.'], until: null },
    ]);
  });
  it('end altogether by a delisting that prints no name, and can begin again', () => {
    const given = [listed(['Acme Ltd.']), delisting('2025-01-01', []), listed(['Acme Ltd.'], '2025-03-01')];
    const evidence = known({ asOf: '2025-06-01' }, ...given);
    expect(listingsOf(evidence, 'acme').map((one) => one.since.on)).toEqual(['2025-03-01']);
    expect(pastListingsOf(evidence, 'acme').map((one) => one.until)).toEqual(['2025-01-01']);
  });
});

describe('the next change', () => {
  const claims = () => {
    const evidence = known(
      { asOf: '2025-01-01' },
      issued('us-rule', '2025-02-01'),
      rental('d', {}, { occurredOn: '2025-Q2' }),
    );
    return [
      ...evidence.allClaims(subjectOf('instrument', 'us-rule')),
      ...evidence.allClaims(subjectOf('deal', 'd')),
    ];
  };

  it('is the first date after the moment, of an imprecise one its first day', () => {
    expect(nextChangeOf(claims(), momentOf('2025-01-01'))).toEqual({
      on: '2025-02-01',
      because: 'instrument:us-rule',
    });
    expect(nextChangeOf(claims(), momentOf('2025-02-01'))).toEqual({ on: '2025-04-01', because: 'deal:d' });
    expect(nextChangeOf(claims(), momentOf('2025-04-01'))).toBeNull();
  });
  it('was the last date up to the moment', () => {
    expect(previousChangeOf(claims(), momentOf('2025-03-31'))).toEqual({
      on: '2025-02-01',
      because: 'instrument:us-rule',
    });
    expect(previousChangeOf(claims(), momentOf('2025-01-31'))).toBeNull();
  });
  it('prints dates as they were written', () => {
    const texts = ['2024', '2024-Q4', '2024-02', '2024-12', '2024-02-29', '2025-01-05T12:00:00.000Z'];
    expect(texts.map((text) => dateText(spanIn(text, 'utc')))).toEqual(texts);
  });
});

describe('a condition in words', () => {
  it('puts parts of parts in brackets', () => {
    expect(
      testText({
        any: [
          { metric: 'tpp', op: '>=', value: 4800 },
          { all: [{ eccn: '3A090.a' }, { not: { test: 'other-test' } }, { input: 'aia-certification' }] },
          { maybe: { any: [{ from: ['US'] }, { activity: ['export'] }, { test: 'x' }] } },
          { destination: { countries: ['MO'], groups: ['D:5'] } },
          { party: { roles: ['end-user'], headquarters: { countries: ['CN'] } } },
        ],
      }),
    ).toBe(
      'TPP ≥ 4800 or (classified in 3A090.a and not meets the test other-test and yes to the question aia-certification) or ' +
        'perhaps (from US or activity is export or meets the test x) or destination in MO, D:5 or ' +
        'end-user headquartered, or with an ultimate parent headquartered, in CN',
    );
  });
});
