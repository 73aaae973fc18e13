/** Does the record answer what the law was on a day? The real history, as of dates that experts know. */
import { describe, expect, it } from '@jest/globals';
import type { Day } from '../../events/dates.ts';
import { addDays, dayText, zoneOf } from '../../events/dates.ts';
import { slugOf, subjectOf } from '../../events/identity.ts';
import type { Claim } from '../../projections/claim.ts';
import { datedOf, forceOver, instrumentOf, ownDaysOf } from '../../projections/determination/force.ts';
import { grouped } from '../../projections/determination/grouped.ts';
import type { Truth } from '../../projections/determination/kleene.ts';
import { stepOn } from '../../projections/determination/timeline.ts';
import type { Evidence } from '../../projections/evidence.ts';
import { controlsView } from '../../projections/views/controls.ts';
import { destinationView } from '../../projections/views/destination.ts';
import type { InstrumentView } from '../../projections/views/instrument.ts';
import { instrumentView } from '../../projections/views/instrument.ts';
import { instrumentsView } from '../../projections/views/instruments.ts';
import { standingOf } from '../../projections/views/legalStatus.ts';
import { listedPartiesView, listingsOf, pastListingsOf } from '../../projections/views/listings.ts';
import { boundariesOf } from '../../projections/views/nextChange.ts';
import { provisionEntry } from '../../projections/views/provisions.ts';
import { upcomingView } from '../../projections/views/upcoming.ts';
import { recordOf } from './regulationRecord.ts';

const at = recordOf(
  'instruments',
  ...['AE', 'CN', 'HK', 'KH', 'MO'].map((code) => `destinations/${code}.yaml`),
  'parties/arrow-china-electronics-trading.yaml',
  'parties/dahua.yaml',
);

function shown(slug: string, asOf: string, publishedBy?: string): InstrumentView {
  const view = instrumentView(at(asOf, publishedBy), slug);
  if (view === null) throw new Error(`${slug} is not known at these clocks`);
  return view;
}
const phaseOf = (view: InstrumentView, key: string) => view.provisions.find((one) => one.key === key)?.phase;

const letter2022 = 'us-is-informed-nvidia-2022-08-26';
const october = 'us-bis-acs-ifr-2023-10';
const diffusion = 'us-bis-ai-diffusion-ifr-2025-01';
const affiliates = 'us-bis-affiliates-rule-2025-09';

describe('a letter that became public five days after it took effect', () => {
  it('was in force on 28 August 2022, in hindsight', () => {
    expect(shown(letter2022, '2022-08-28')).toMatchObject({
      legalStatus: 'in-force',
      since: { on: '2022-08-26', assumed: false },
      enforcement: 'enforced',
      enforcementAssumed: true,
      recipient: 'nvidia',
    });
  });
  it('was not known to anyone by that day', () => {
    expect(instrumentView(at('2022-08-28', '2022-08-28'), letter2022)).toBeNull();
    expect(instrumentView(at('2022-08-28', '2022-08-31'), letter2022)).not.toBeNull();
  });
  it('gave way to the October rule, by which it is superseded', () => {
    expect(shown(letter2022, '2022-10-21')).toMatchObject({
      legalStatus: 'superseded',
      legalStatusBy: 'us-bis-adv-computing-ifr-2022-10-07',
      enforcement: null,
      supersededBy: ['us-bis-adv-computing-ifr-2022-10-07'],
    });
  });
});

describe('the rule of October 2023', () => {
  it('is issued and not yet effective while the letter of 23 October applies', () => {
    const view = shown(october, '2023-10-24', '2023-10-24');
    expect(view).toMatchObject({ legalStatus: 'issued', enforcement: null });
    expect(view.nextChange).toEqual({ on: '2023-11-17', because: `instrument:${october}` });
    expect(phaseOf(view, 'acs-3a090a')).toBe('not-yet');
    expect(shown('us-is-informed-nvidia-2023-10-23', '2023-10-24').legalStatus).toBe('in-force');
  });
  it('is in force on 17 November 2023 and not on the day before', () => {
    expect(shown(october, '2023-11-16').legalStatus).toBe('issued');
    expect(shown(october, '2023-11-17').legalStatus).toBe('in-force');
  });
  it('begins at midnight in Washington, not in London', () => {
    expect(shown(october, '2023-11-17T04:59:59Z').legalStatus).toBe('issued');
    expect(shown(october, '2023-11-17T05:00:00Z').legalStatus).toBe('in-force');
  });
  it('is not yet there before it was issued, seen in hindsight', () => {
    const view = shown(october, '2023-10-16');
    expect(view).toMatchObject({
      legalStatus: 'not-yet',
      begins: '2023-10-17',
      enforcement: null,
      since: null,
    });
    expect(view.claims.length).toBeGreaterThan(0);
  });
  it('ended the provisions of the rule of 2022 that it replaced, and no others', () => {
    const older = shown('us-bis-adv-computing-ifr-2022-10-07', '2023-11-17');
    expect(older.legalStatus).toBe('in-force');
    expect(older.provisions.find((one) => one.key === 'advc-3a090')).toMatchObject({
      phase: 'ended',
      endedOn: '2023-11-17',
      endedBy: october,
    });
    expect(phaseOf(shown('us-bis-adv-computing-ifr-2022-10-07', '2023-11-16'), 'advc-3a090')).toBe('binding');
  });
});

describe('the AI Diffusion rule', () => {
  it('is in force and not enforced on 1 June 2025', () => {
    expect(shown(diffusion, '2025-06-01')).toMatchObject({
      legalStatus: 'in-force',
      enforcement: 'not-enforced',
      enforcementAssumed: false,
    });
  });
  it('was never rescinded, as far as anyone recorded', () => {
    const dates = ['2025-05-13', '2025-06-01', '2026-01-01', '2026-09-30', '2027-06-01'];
    expect(dates.map((date) => shown(diffusion, date).legalStatus)).toEqual(dates.map(() => 'in-force'));
  });
  it('shows its compliance date as past and keeps it apart from its status', () => {
    expect(shown(diffusion, '2025-06-01').effectivity).toContainEqual({
      kind: 'compliance',
      on: '2025-05-15',
      until: null,
      scope: 'most provisions',
      by: null,
      phase: 'past',
    });
    expect(shown(diffusion, '2025-03-01')).toMatchObject({
      legalStatus: 'in-force',
      enforcement: 'enforced',
    });
  });
});

describe('the Affiliates Rule', () => {
  it('is suspended for a year, and nobody states its enforcement', () => {
    const view = shown(affiliates, '2025-12-01', '2025-12-01');
    expect(view).toMatchObject({
      legalStatus: 'suspended',
      legalStatusBy: 'us-bis-affiliates-suspension-2025-11',
      enforcement: null,
    });
    expect(phaseOf(view, 'affiliates-50')).toBe('suspended');
    expect(view.nextChange).toEqual({
      on: '2026-11-10',
      because: 'instrument:us-bis-affiliates-suspension-2025-11',
    });
  });
  it('is unknown from the day on which the suspension has run out, and says why', () => {
    expect(shown(affiliates, '2026-11-09').legalStatus).toBe('suspended');
    const view = shown(affiliates, '2026-11-10');
    expect(view).toMatchObject({ legalStatus: 'unknown', enforcement: 'unknown' });
    expect(view.legalStatusReason).toContain('2026-11-10');
    expect(phaseOf(view, 'affiliates-50')).toBe('unknown');
    expect(view.concernedBy).toContain('us-cn-truce-extension-2026-09');
  });
  it('stays unknown in a prospective answer', () => {
    expect(shown(affiliates, '2027-06-01').legalStatus).toBe('unknown');
  });
});

describe('what is not a rule in force', () => {
  it('gives an announcement no legal status', () => {
    const view = shown('us-trump-h200-announcement-2025-12', '2025-12-31');
    expect(view).toMatchObject({ legalStatus: null, enforcement: null, begins: null });
    expect(view.provisions.every((one) => one.phase === 'non-binding')).toBe(true);
  });
  it('says why it has no legal status, and gives a reason for nothing else but what is unknown', () => {
    for (const day of ['2024-06-01', '2025-06-01', '2026-11-20']) {
      const all = instrumentsView(at(day));
      const reasoned = all.filter((one) => one.legalStatusReason !== null).map((one) => one.id);
      const open = all.filter((one) => one.legalStatus === null || one.legalStatus === 'unknown');
      expect(reasoned).toEqual(open.map((one) => one.id));
    }
    expect(shown('us-trump-h200-announcement-2025-12', '2025-12-31').legalStatusReason).toBe(
      'It was announced as a policy or statement, which has no legal status of its own; a rule or letter that carries it out is an instrument of its own.',
    );
    expect(shown('us-nvidia-authorisations-2022-09-01', '2025-12-31').legalStatusReason).toBe(
      'No event of the record that counts reports, proposes or issues it; what there is of it (LicenseDecided) gives no legal status.',
    );
  });
  it('keeps a report as reported until the authority announces it', () => {
    const plan = 'us-bis-diffusion-nonenforcement-2025-05';
    expect(shown(plan, '2025-05-10').legalStatus).toBe('reported');
    expect(shown(plan, '2025-05-13').legalStatus).toBeNull();
  });
  it('holds a bill as proposed, and as withdrawn once its Congress has ended', () => {
    const bill = shown('us-remote-access-security-act-hr8152', '2024-12-01');
    expect(bill).toMatchObject({ legalStatus: 'proposed', form: 'bill', enforcement: null });
    expect(bill.bill).toMatchObject({ bill: 'H.R. 8152', step: 'passed-chamber' });
    const after = shown('us-remote-access-security-act-hr8152', '2025-01-03');
    expect(after).toMatchObject({ legalStatus: 'withdrawn' });
    expect(after.bill?.step).toBe('dropped');
  });
  it('does not let a press report lower a letter that is in force', () => {
    const view = shown('us-is-informed-nvidia-h20-2025-04-09', '2025-05-01');
    expect(view.legalStatus).toBe('in-force');
    expect(phaseOf(view, 'nvidia-2025-test')).toBe('binding');
    expect(phaseOf(view, 'dram-bandwidth')).toBe('non-binding');
  });
  it('takes the first summary as the title of an instrument that has none', () => {
    const view = shown('cn-samr-nvidia-probe-2024-12', '2025-01-01');
    expect(view).toMatchObject({ legalStatus: null });
    expect(view.title).toContain('investigation of NVIDIA');
  });
  it('says that the date is uncertain inside the month of a letter without a day', () => {
    const view = shown('us-is-informed-amd-2022-08', '2022-08-15');
    expect(view).toMatchObject({ legalStatus: 'in-force', dateUncertain: true, since: { on: '2022-08' } });
    expect(phaseOf(view, 'amd-2022-test')).toBe('unknown');
    expect(shown('us-is-informed-amd-2022-08', '2022-08-31').dateUncertain).toBe(false);
  });
});

describe('a suspension of a part', () => {
  it('stops the clause that it names, and leaves the notice and its other clauses in force', () => {
    const notice = instrumentView(at('2026-01-01'), 'cn-mofcom-46-us-ban-2024-12');
    const phases = new Map(notice?.provisions.map(({ key, phase }) => [key, phase]));
    expect(notice?.legalStatus).toBe('in-force');
    expect([phases.get('materials-ban'), phases.get('military-users')]).toEqual(['suspended', 'binding']);
  });
});

describe('the list of instruments', () => {
  it('filters by status, authority and text, and is sorted by id', () => {
    const evidence = at('2026-01-01');
    const ids = instrumentsView(evidence, { legalStatus: 'suspended' }).map((one) => one.id);
    expect(ids).toEqual(['cn-rare-earth-package-2025-10', affiliates]);
    expect(instrumentsView(evidence, { q: '90 fr 4544' }).map((one) => one.id)).toEqual([diffusion]);
    expect(instrumentsView(evidence, { jurisdiction: 'JP' }).map((one) => one.id)).toEqual([
      'jp-meti-23-items-2023',
    ]);
    expect(instrumentsView(evidence, { authority: 'METI', legalStatus: 'proposed' })).toEqual([]);
  });
  it('holds neither provisions nor claims', () => {
    for (const item of instrumentsView(at('2026-01-01'), { q: 'diffusion' })) {
      expect(item).not.toHaveProperty('provisions');
      expect(item).not.toHaveProperty('claims');
    }
  });
  it('knows nothing before the first publication', () => {
    expect(instrumentsView(at('2026-01-01', '2010-01-01'))).toEqual([]);
  });
});

describe('the control tests', () => {
  const namesAt = (evidence: Evidence) => controlsView(evidence).map((group) => group.eccn ?? group.name);
  const conditionsOf = (evidence: Evidence, eccn: string) =>
    controlsView(evidence)
      .filter((group) => group.eccn === eccn)
      .flatMap((group) => group.tests)
      .map(({ instrument, since, condition, enforced }) => ({ instrument, since, condition, enforced }));

  it('are those of 2022 until 16 November 2023, beside the letter of October', () => {
    expect(namesAt(at('2023-11-16'))).toEqual(['3A090', '4A090', 'NVIDIA letter of October 2023']);
    expect(conditionsOf(at('2023-11-16'), '3A090')).toEqual([
      {
        instrument: 'us-bis-adv-computing-ifr-2022-10-07',
        since: '2022-10-21',
        condition: 'interconnect ≥ 600 GB/s and TPP ≥ 4800',
        enforced: true,
      },
    ]);
  });
  it('are those of the October rule from 17 November 2023, with Note 2 beside them', () => {
    expect(namesAt(at('2023-11-17'))).toEqual(['3A090.a', '3A090.b', '4A090.a', '4A090.b']);
    expect(conditionsOf(at('2023-11-17'), '3A090.a')).toEqual([
      {
        instrument: october,
        since: '2023-11-17',
        condition: 'TPP ≥ 4800 or (TPP ≥ 1600 and performance density ≥ 5.92)',
        enforced: true,
      },
    ]);
    const [group] = controlsView(at('2023-11-17'));
    expect(group?.exclusions.map((one) => one.condition)).toEqual([
      'not designed or marketed for datacenters and TPP < 4800',
    ]);
  });
  it('are open inside the month of a letter without a day', () => {
    expect(controlsView(at('2022-08-15'))).toMatchObject([{ eccn: null, tests: [{ enforced: 'unknown' }] }]);
  });
  it('say where no event speaks of enforcement, as their instruments do', () => {
    const evidence = at('2026-03-01');
    const tests = controlsView(evidence).flatMap((group) => [...group.tests, ...group.exclusions]);
    expect(tests.length).toBeGreaterThan(0);
    for (const { instrument, enforced, enforcementAssumed } of tests) {
      const view = instrumentView(evidence, instrument);
      expect([enforced, enforcementAssumed]).toEqual([true, view?.enforcementAssumed]);
    }
    expect(tests.map((one) => one.enforcementAssumed)).toContain(true);
  });
  it('are none before the first', () => {
    expect(controlsView(at('2021-01-01'))).toEqual([]);
  });
});

describe('whether a provision binds', () => {
  /** What the views make of a provision, as the truth value of determination.md. */
  function isActive(evidence: Evidence, claim: Claim<'provision'>): Truth {
    const { phase } = provisionEntry(evidence, claim);
    if (phase !== 'binding' && phase !== 'unknown') return false;
    const { enforcement } = standingOf(evidence, claim.subject);
    if (enforcement === 'not-enforced') return false;
    return phase === 'unknown' || enforcement === 'unknown' ? 'unknown' : true;
  }

  /** The days on which something acts on an instrument, or it ends. */
  function actDays(evidence: Evidence, id: string): Day[] {
    const subject = subjectOf('instrument', id);
    const acts = (['removal', 'suspension', 'enforcement', 'legalStatus'] as const).flatMap((attribute) => [
      ...evidence.claims(subject, attribute),
    ]);
    return boundariesOf(acts).flatMap(({ at: date }) => [date.earliest, date.latest]);
  }

  it('is the same to the views as to a determination, on both sides of every date', () => {
    const now = at('2026-09-30');
    const events = grouped(
      now.everything().map((reading) => reading.event),
      (event): string => slugOf(event.subject),
    );
    const instruments = new Map([...events].map(([id, list]) => [id, instrumentOf(id, list, zoneOf)]));
    const allActDays = [...instruments.keys()].flatMap((id) => actDays(now, id));
    const disagreements = new Set<string>();
    let asked = 0;
    for (const [id, instrument] of instruments) {
      const evaluable = (evidence: Evidence) =>
        evidence
          .claims(subjectOf('instrument', id), 'provision')
          .filter((claim) => claim.value.kind !== 'text');
      const dated = evaluable(now).map((claim) => datedOf(claim.value, claim.reading.event, instrument));
      const days = [...dated.flatMap(ownDaysOf).map(({ day }) => day), ...actDays(now, id)];
      for (const day of new Set(days.flatMap((date) => [addDays(date, -1), date]))) {
        const evidence = at(dayText(day));
        for (const [place, claim] of evaluable(evidence).entries()) {
          const one = dated[place];
          if (one === undefined)
            throw new Error('the clocks of a question do not change what is visible in hindsight');
          const force = stepOn(forceOver(one, instruments, allActDays, 'as-is'), day).value;
          asked += 1;
          if (force.holds !== isActive(evidence, claim))
            disagreements.add(`${dayText(day)} ${claim.value.key}`);
        }
      }
    }
    expect([...disagreements]).toEqual([]);
    expect(asked).toBeGreaterThan(200);
  });
});

describe('the Country Groups of a destination', () => {
  const groupsOf = (code: string, asOf: string, publishedBy?: string) =>
    Object.fromEntries(
      (destinationView(at(asOf, publishedBy), code)?.groups ?? []).map(({ group, member, basis }) => [
        group,
        { member, basis },
      ]),
    );

  it('never have Macau in D:5', () => {
    expect(groupsOf('MO', '2026-08-01')).toEqual({
      'D:1': { member: true, basis: 'observation' },
      'D:3': { member: true, basis: 'observation' },
      'D:4': { member: true, basis: 'observation' },
    });
    expect(groupsOf('MO', '2023-01-01')['D:1']).toEqual({ member: true, basis: 'later-source' });
  });
  it('take Cambodia out of D:5 on 3 February 2026', () => {
    expect(groupsOf('KH', '2026-02-02')['D:5']).toEqual({ member: true, basis: 'change' });
    expect(groupsOf('KH', '2026-02-03')['D:5']).toEqual({ member: false, basis: 'change' });
    expect(destinationView(at('2026-02-03'), 'KH')?.groups).toContainEqual(
      expect.objectContaining({ group: 'D:5', since: '2026-02-03', by: 'us-cambodia-d5-removal-2026-02' }),
    );
  });
  it('move the United Arab Emirates to A:5 on 10 July 2026', () => {
    expect(groupsOf('AE', '2026-07-09')).toEqual({
      'A:5': { member: false, basis: 'later-source' },
      'D:3': { member: true, basis: 'later-source' },
      'D:4': { member: true, basis: 'observation' },
    });
    expect(groupsOf('AE', '2026-07-10')).toEqual({
      'A:5': { member: true, basis: 'change' },
      'D:3': { member: false, basis: 'change' },
      'D:4': { member: false, basis: 'change' },
    });
  });
  it('do not know a change that was not public, and say what the assumption rests on', () => {
    const view = destinationView(at('2026-07-15', '2026-07-01'), 'AE');
    expect(view?.groups).toContainEqual(
      expect.objectContaining({
        group: 'A:5',
        member: false,
        doubt: 'This rests on a later source, of 2026-07-10.',
      }),
    );
    expect(view?.nextChange).toBeNull();
  });
  it('read Hong Kong as China since 23 December 2020', () => {
    const view = destinationView(at('2026-08-01'), 'HK');
    expect(view?.treatedAs).toMatchObject({ destination: 'CN', since: '2020-12-23' });
    expect(view?.treatedAs?.groups).toContainEqual(expect.objectContaining({ group: 'D:5', member: true }));
    expect(destinationView(at('2020-12-22'), 'HK')?.treatedAs).toBeNull();
  });
  it('say nothing of a destination that no event names', () => {
    expect(destinationView(at('2026-08-01'), 'ZZ')).toBeNull();
  });
});

describe('listed parties', () => {
  it('add up: a later footnote does not hide the first entry', () => {
    const entries = listingsOf(at('2022-10-21'), 'dahua');
    expect(entries.map((entry) => [entry.since.on, entry.footnotes])).toEqual([
      ['2019-10-09', []],
      ['2022-10-21', ['4']],
    ]);
    expect(listingsOf(at('2022-10-20'), 'dahua')).toHaveLength(1);
  });
  it('leave the list on the day of the delisting', () => {
    const arrow = 'arrow-china-electronics-trading';
    expect(listingsOf(at('2025-11-11'), arrow)).toHaveLength(1);
    expect(listingsOf(at('2025-11-12'), arrow)).toEqual([]);
    expect(pastListingsOf(at('2025-11-12'), arrow)).toMatchObject([
      { until: '2025-11-12', endedBy: 'us-el-arrow-removal-2025-11' },
    ]);
    expect(listingsOf(at('2025-11-12', '2025-11-11'), arrow)).toHaveLength(1);
  });
  it('are listed by party, with what has ended', () => {
    expect(
      listedPartiesView(at('2026-01-01')).map((one) => [one.party, one.listings.length, one.past.length]),
    ).toEqual([
      ['arrow-china-electronics-trading', 0, 1],
      ['dahua', 2, 0],
    ]);
  });
});

describe('what is upcoming', () => {
  const itemsAt = (asOf: string, days: number, publishedBy?: string) =>
    upcomingView(at(asOf, publishedBy), days).map(
      ({ on, kind, instrument }) => `${on} ${kind} ${instrument}`,
    );

  it('shows on 24 October 2023 what begins on 17 November, to the day', () => {
    expect(itemsAt('2023-10-24', 23, '2023-10-24')).toEqual([]);
    expect(itemsAt('2023-10-24', 24, '2023-10-24')).toContain(`2023-11-17 effective ${october}`);
    expect(itemsAt('2023-11-17', 24, '2023-11-17')).not.toContain(`2023-11-17 effective ${october}`);
  });
  it('shows in September 2026 the end of the suspensions and the compliance dates', () => {
    const items = itemsAt('2026-09-20', 365);
    expect(items).toContain(`2026-11-10 suspension-end ${affiliates}`);
    expect(items).toContain('2027-04-06 compliance us-bis-uae-rule-2026-07');
    const places = upcomingView(at('2026-09-20'), 365).map(({ day, instrument }) => `${day} ${instrument}`);
    expect(places).toEqual(places.toSorted());
  });
  it('still lists the dates of a rule that is not enforced, and says so', () => {
    expect(upcomingView(at('2025-12-01', '2025-12-01'), 60)).toContainEqual(
      expect.objectContaining({
        on: '2026-01-15',
        kind: 'compliance',
        instrument: diffusion,
        legalStatus: 'in-force',
        enforcement: 'not-enforced',
        precise: true,
      }),
    );
  });
});
