/** Does the claim index know exactly what a fold over the whole log knows, at any clocks? */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Subject } from '../../events/identity.ts';
import { kindOf, slugOf, subjectKinds, subjectOf } from '../../events/identity.ts';
import type { Recorded } from '../../events/registry.ts';
import { eventTypeNames } from '../../events/registry.ts';
import type { Attribute, Claim, Reading } from '../../projections/claim.ts';
import { resolution } from '../../projections/claim.ts';
import { ClaimIndex } from '../../projections/claimIndex.ts';
import { claimsOf, subjectsOf } from '../../projections/claims/claimsOf.ts';
import type { Clocks } from '../../projections/clocks.ts';
import { momentOf } from '../../projections/clocks.ts';
import type { Evidence } from '../../projections/evidence.ts';
import { factsOf } from '../../projections/facts.ts';
import { fold } from '../../projections/fold.ts';
import { withMerges } from '../../projections/merges.ts';
import { isKeeper, readingOf } from '../../projections/readings.ts';
import { chipView, chipsView } from '../../projections/views/chip.ts';
import { clusterView, clustersView } from '../../projections/views/cluster.ts';
import { companiesView, companyView } from '../../projections/views/company.ts';
import { controlsView } from '../../projections/views/controls.ts';
import { dealView, dealsView } from '../../projections/views/deal.ts';
import { destinationView } from '../../projections/views/destination.ts';
import { instrumentView } from '../../projections/views/instrument.ts';
import { instrumentsView } from '../../projections/views/instruments.ts';
import { listedPartiesView } from '../../projections/views/listings.ts';
import { modelView, modelsView } from '../../projections/views/model.ts';
import { postureView } from '../../projections/views/posture.ts';
import { stateView } from '../../projections/views/state.ts';
import { timelineView } from '../../projections/views/timeline.ts';
import { upcomingView } from '../../projections/views/upcoming.ts';
import { anyHistory, anyMoments, idNumber } from '../history/anyHistory.ts';
import type { Moments } from '../history/anyHistory.ts';

const names: Readonly<Record<(typeof subjectKinds)[number], readonly string[]>> = {
  instrument: ['us-rule', 'cn-rule', 'jp-rule', 'nobody-wrote-it'],
  party: ['bytedance', 'nvidia', 'oracle', 'alibaba', 'us-bis', 'nobody'],
  chip: ['h100', 'h20', 'ascend-910b'],
  deal: ['plan', 'order'],
  cluster: ['johor', 'abilene'],
  model: ['v3', 'r1'],
  destination: ['CN', 'AE'],
  coverage: ['compute'],
};
const subjects: readonly Subject[] = subjectKinds.flatMap((kind) =>
  names[kind].map((name) => subjectOf(kind, name)),
);
const attributes = Object.keys(resolution) as Attribute[];

const numbers = new Map<string, number>();
const numbered = new WeakMap<Recorded, number>();

/** The same number for the same content, so that answers are short to compare. */
function numberOf(event: Recorded): number {
  const known = numbered.get(event);
  if (known !== undefined) return known;
  const text = JSON.stringify(event);
  const number = numbers.get(text) ?? numbers.size;
  numbers.set(text, number);
  numbered.set(event, number);
  return number;
}

function readingDigest(reading: Reading) {
  return [reading.position, reading.corrected, reading.publication, numberOf(reading.event)];
}

function claimDigest(claim: Claim) {
  const { reading, ...said } = claim;
  return { ...said, reading: readingDigest(reading) };
}

function claimsByKey(evidence: Evidence, subject: Subject, attribute: Attribute) {
  const all = evidence.claims(subject, attribute);
  if (all.length === 0) return [];
  const keys = [...new Set(all.map((claim) => claim.key))];
  return [all, ...keys.map((key) => evidence.claims(subject, attribute, key))].map((list) =>
    list.map(claimDigest),
  );
}

/** All that the evidence says about a subject, through every method that takes one. */
function toldOf(evidence: Evidence, subject: Subject, asked?: readonly Attribute[]) {
  const all = evidence.allClaims(subject);
  const spoken = new Set(all.map((claim) => claim.attribute));
  return {
    subject,
    all: all.map(claimDigest),
    byAttribute: (asked ?? [...spoken]).flatMap((attribute) => claimsByKey(evidence, subject, attribute)),
    readings: evidence.readings(subject).map(readingDigest),
  };
}

/** All that the evidence says, through every method. */
function told(evidence: Evidence, log: readonly Recorded[], asked?: readonly Attribute[]): string {
  return JSON.stringify({
    subjects: subjectKinds.map((kind) => evidence.subjects(kind)),
    told: subjects.map((subject) => toldOf(evidence, subject, asked)),
    everything: evidence.everything().map(readingDigest),
    log: eventTypeNames.map((type) => evidence.log([type]).map(numberOf)),
    some: evidence.everything(['EventRetracted', 'PartyListed', 'ClaimDenied']).map(readingDigest),
    events: [...log.map((event) => event.id), idNumber(999)].map((id) => {
      const eventId = id as Recorded['id'];
      const reading = evidence.reading(eventId);
      const recorded = evidence.recorded(eventId);
      return [
        recorded === null ? null : numberOf(recorded),
        reading === null ? null : readingDigest(reading),
        evidence.objections(eventId).map((objection) => [objection.how, readingDigest(objection.reading)]),
        evidence.repetitions(eventId).map(readingDigest),
      ];
    }),
  });
}

/** Every view of the evidence. */
function seen(evidence: Evidence): string {
  const each = <T>(kind: keyof typeof names, view: (evidence: Evidence, name: string) => T) =>
    names[kind].map((name) => view(evidence, name));
  return JSON.stringify([
    each('party', postureView),
    each('party', companyView),
    each('chip', chipView),
    each('deal', dealView),
    each('cluster', clusterView),
    each('model', modelView),
    each('instrument', instrumentView),
    each('destination', destinationView),
    subjects.map((subject) => [timelineView(evidence, subject), factsOf(evidence, subject)]),
    [
      companiesView,
      chipsView,
      dealsView,
      clustersView,
      modelsView,
      instrumentsView,
      controlsView,
      stateView,
    ].map((view) => view(evidence)),
    [listedPartiesView(evidence), upcomingView(evidence, 400)],
  ]);
}

function indexOf(log: readonly Recorded[]): ClaimIndex {
  const index = new ClaimIndex();
  for (const event of log) index.add(event);
  return index;
}

const someMoments = fc.array(anyMoments, { minLength: 3, maxLength: 3 });
const positionsOf = (log: readonly Recorded[]) =>
  Array.from({ length: log.length + 1 }, (_, position) => position);

/** Runs a property; on failure fast-check prints the seed and the path that repeat it. */
function always<Given extends [unknown, ...unknown[]]>(numRuns: number, property: fc.IProperty<Given>): void {
  fc.assert(property, { numRuns });
}

/** From where on two texts differ; empty where they do not. */
function differenceOf(one: string, other: string): string {
  if (one === other) return '';
  let from = 0;
  while (one.charAt(from) === other.charAt(from)) from += 1;
  const around = (text: string) => text.slice(Math.max(0, from - 300), from + 300);
  return `index: …${around(one)}…\nfold:  …${around(other)}…`;
}

function expectSame(
  log: readonly Recorded[],
  index: ClaimIndex,
  clocks: Clocks,
  tell: (evidence: Evidence) => string,
) {
  expect(differenceOf(tell(index.at(clocks)), tell(fold(log, clocks)))).toBe('');
}

describe('the claim index', () => {
  it('knows at any clocks what the fold knows', () => {
    always(
      50,
      fc.property(anyHistory(24), someMoments, fc.nat(24), (log, moments, back) => {
        const index = indexOf(log);
        for (const clocks of moments) {
          for (const position of new Set([log.length, Math.max(0, log.length - back)])) {
            expectSame(log, index, { ...clocks, position }, (evidence) => told(evidence, log));
          }
        }
      }),
    );
  });

  it('knows at every position of the log what the fold knows there', () => {
    always(
      15,
      fc.property(anyHistory(14), anyMoments, (log, moments) => {
        const index = indexOf(log);
        for (const position of positionsOf(log)) {
          expectSame(log, index, { ...moments, position }, (evidence) => told(evidence, log, attributes));
        }
      }),
    );
  });

  it('reads what is corrected many times over as the fold does', () => {
    always(
      40,
      fc.property(anyHistory(24), someMoments, (log, moments) => {
        const keepers = log.filter(isKeeper);
        const corrected = log.filter((event) => keepers.some((keeper) => keeper.data.event === event.id));
        const kept = [...corrected, ...keepers].toSorted((a, b) => a.seq - b.seq);
        const alone = [...new Set(kept)].map((event, seq): Recorded => ({ ...event, seq }));
        const index = indexOf(alone);
        for (const clocks of moments) {
          expectSame(alone, index, { ...clocks, position: alone.length }, (evidence) =>
            told(evidence, alone),
          );
        }
      }),
    );
  });

  it('shows in every view what the fold shows', () => {
    always(
      25,
      fc.property(anyHistory(24), anyMoments, fc.nat(24), (log, moments, back) => {
        const index = indexOf(log);
        const position = Math.max(0, log.length - (back % 2 === 0 ? 0 : back));
        expectSame(log, index, { ...moments, position }, seen);
        expectSame(log, index, { ...moments, position }, (evidence) => seen(withMerges(evidence)));
      }),
    );
  });

  it('is the same whether it was asked while it grew or built at once', () => {
    always(
      30,
      fc.property(anyHistory(20), someMoments, (log, moments) => {
        const grown = new ClaimIndex();
        for (const event of log) {
          grown.add(event);
          for (const clocks of moments) toldOf(grown.at({ ...clocks, position: grown.size }), event.subject);
        }
        const atOnce = indexOf(log);
        for (const clocks of moments) {
          for (const position of new Set([log.length, Math.floor(log.length / 2)])) {
            const at = { ...clocks, position };
            expect(differenceOf(told(grown.at(at), log), told(atOnce.at(at), log))).toBe('');
          }
        }
      }),
    );
  });

  it('answers the same in whatever order it is asked', () => {
    always(
      20,
      fc.property(anyHistory(20), someMoments, (log, moments) => {
        const answers = (order: readonly Moments[], from: readonly Subject[]) => {
          const index = indexOf(log);
          return order.map((clocks) => {
            const evidence = index.at({ ...clocks, position: log.length });
            return new Map(from.map((subject) => [subject, JSON.stringify(toldOf(evidence, subject))]));
          });
        };
        const backwards = answers(moments.toReversed(), subjects.toReversed()).toReversed();
        expect(backwards).toEqual(answers(moments, subjects));
      }),
    );
  });

  it('does not take an event that leaves a gap', () => {
    always(
      10,
      fc.property(anyHistory(6), (log) => {
        const index = indexOf(log);
        const [first] = log;
        if (first === undefined) return;
        expect(() => index.add({ ...first, seq: log.length + 1 })).toThrow(/expected \d+: the log has a gap/);
        expect(index.size).toBe(log.length);
      }),
    );
  });
});

describe('what an event speaks of', () => {
  it('holds every subject that it claims something about', () => {
    always(
      35,
      fc.property(anyHistory(24), (log) => {
        for (const event of log) {
          const spokenOf = subjectsOf(event);
          for (const claim of claimsOf(readingOf(event, event)))
            expect(spokenOf.has(claim.subject)).toBe(true);
        }
      }),
    );
  });
});

describe('a later clock', () => {
  const idsAt = (log: readonly Recorded[], clocks: Clocks) =>
    new Set(
      indexOf(log)
        .at(clocks)
        .everything()
        .map((reading) => reading.event.id),
    );

  /** Whether anything in the log withdraws the event, or changes when it was published. */
  function isLeftAlone(event: Recorded, log: readonly Recorded[]): boolean {
    return !log.some((keeper) => isKeeper(keeper) && keeper.data.event === event.id);
  }

  it('never loses an event that nothing withdrew, as the log grows', () => {
    always(
      25,
      fc.property(anyHistory(20), anyMoments, (log, moments) => {
        let before = new Set<string>();
        for (const position of positionsOf(log)) {
          const now = idsAt(log, { ...moments, position });
          const lost = log.filter(
            (event) => before.has(event.id) && !now.has(event.id) && isLeftAlone(event, log),
          );
          expect(lost).toEqual([]);
          before = now;
        }
      }),
    );
  });

  it('never loses an event that nothing withdrew, as more is published', () => {
    const inOrder = ['2024-01-01', '2024-12-31', '2025-01-31', '2025-03-09', '2025-04-01', '2026-12-31'];
    always(
      30,
      fc.property(anyHistory(20), anyMoments, (log, { asOf }) => {
        let before = new Set<string>();
        for (const publishedBy of [...inOrder.map(momentOf), null]) {
          const now = idsAt(log, { asOf, publishedBy, position: log.length });
          const lost = log.filter(
            (event) => before.has(event.id) && !now.has(event.id) && isLeftAlone(event, log),
          );
          expect(lost).toEqual([]);
          before = now;
        }
      }),
    );
  });

  it('knows every event that nothing withdrew once there is no limit', () => {
    always(
      30,
      fc.property(anyHistory(20), anyMoments, (log, { asOf }) => {
        const now = idsAt(log, { asOf, publishedBy: null, position: log.length });
        expect(log.filter((event) => isLeftAlone(event, log) && !now.has(event.id))).toEqual([]);
      }),
    );
  });
});

describe('the subjects of the record', () => {
  it('are those of the events that are visible, and of their corrections', () => {
    always(
      30,
      fc.property(anyHistory(20), anyMoments, (log, moments) => {
        const evidence = indexOf(log).at({ ...moments, position: log.length });
        const spoken = new Set(evidence.everything().flatMap((reading) => [...subjectsOf(reading.event)]));
        for (const kind of subjectKinds) {
          const expected = [...spoken].filter((subject) => kindOf(subject) === kind).map(slugOf);
          expect(new Set(evidence.subjects(kind))).toEqual(new Set(expected));
        }
      }),
    );
  });
});
