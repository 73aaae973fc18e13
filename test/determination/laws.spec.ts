/** What holds of every question? Laws of the determination, on random questions to the shipped chronicle. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Day } from '../../events/dates.ts';
import { addDays, dayText, spanIn } from '../../events/dates.ts';
import type { DecidedOutcome } from '../../projections/determination/answer.ts';
import { DeterminationAnswer, outcomes } from '../../projections/determination/answer.ts';
import type { Conclusion } from '../../projections/determination/conclude.ts';
import { conclude, signatureOf } from '../../projections/determination/conclude.ts';
import { determine } from '../../projections/determination/determine.ts';
import { factsOf } from '../../projections/determination/facts.ts';
import type { Asked } from '../../projections/determination/question.ts';
import { statusHistory } from '../../projections/determination/statusHistory.ts';
import { chronicleBook, inputs, question } from './record.ts';

const book = chronicleBook();
const dayOf = (text: string) => spanIn(text, 'utc').earliest;
const concludedOn = (asked: Asked, day: Day) => conclude(factsOf(book, asked, { kind: 'day', day }));

const chips = [
  'h100',
  'h800',
  'h20',
  'l20',
  'l40s',
  'rtx-4090',
  'mi210',
  'mi300x',
  'b30a',
  'gaudi-2',
  'ascend-910c',
  'hopper-unspecified',
];
const countries = ['CN', 'HK', 'MO', 'AE', 'MY', 'KH', 'DE', 'RU', 'IN', 'SA', 'KE'];
const Country = fc.constantFrom(...countries);
const Day = fc.integer({ min: dayOf('2020-01-01'), max: dayOf('2027-03-01') }).map((day) => day as Day);
const Figures = fc.record(
  {
    tpp: fc.constantFrom(0, 1600, 2400, 4800, 21_000, 30_000),
    performanceDensity: fc.constantFrom(1, 1.6, 3.2, 5.92),
    interconnectGBps: fc.constantFrom(64, 600, 1100),
    memoryBandwidthGBps: fc.constantFrom(300, 1400, 4000, 6500),
    marketedForDatacenter: fc.boolean(),
  },
  { requiredKeys: [] },
);
const Item = fc.oneof(
  fc.constantFrom(...chips).map((chip) => ({ chip })),
  Figures.map((figures) => ({ figures })),
  Figures.map((figures) => ({ figures, vendor: 'nvidia' })),
);
const Party = fc.record({
  role: fc.constantFrom('end-user', 'purchaser', 'ultimate-consignee'),
  headquarters: fc.option(Country),
  ultimateParentHeadquarters: fc.option(Country),
});
const Question = fc
  .record({
    item: Item,
    activity: fc.constantFrom('export', 'reexport', 'transfer-in-country', 'remote-access'),
    from: fc.option(fc.constantFrom('US', 'SG'), { nil: undefined }),
    destination: Country,
    parties: fc.array(Party, { maxLength: 2 }),
    inputs: fc.dictionary(fc.constantFrom(...inputs.map(({ name }) => name)), fc.boolean(), { maxKeys: 3 }),
  })
  .map((given) => question(given));

/** The verdict of a question as the interval it lies in: 0 the most permissive. */
function rangeOf({ outcome, between }: Conclusion): [number, number] {
  const rank = (decided: DecidedOutcome) => outcomes.indexOf(decided);
  if (between !== null) return [rank(between[0]), rank(between[1])];
  const decided = outcomes.find((one) => one === outcome);
  if (decided === undefined) throw new Error('an undetermined outcome lies between two');
  return [rank(decided), rank(decided)];
}

const runs = { numRuns: 80 };

describe('laws of the determination', () => {
  it('optimistic is never stricter than pessimistic', () => {
    fc.assert(
      fc.property(Question, Day, (asked, day) => {
        const [best, worst] = rangeOf(concludedOn(asked, day));
        expect(best).toBeLessThanOrEqual(worst);
      }),
      runs,
    );
  });

  it('the strictest rules: to leave out a requirement never makes an outcome stricter', () => {
    fc.assert(
      fc.property(Question, Day, fc.nat(), (asked, day, which) => {
        const all = concludedOn(asked, day);
        const counting = all.requirements.filter(({ judged }) => judged.holds !== false);
        const left = counting[which % Math.max(1, counting.length)];
        fc.pre(left !== undefined);
        const facts = factsOf(book, asked, { kind: 'day', day });
        const fewer = conclude(facts, new Set([left.rule.key]));
        expect(rangeOf(fewer)[0]).toBeLessThanOrEqual(rangeOf(all)[0]);
        expect(rangeOf(fewer)[1]).toBeLessThanOrEqual(rangeOf(all)[1]);
      }),
      runs,
    );
  });

  it('to learn what was unknown never moves a decided outcome, and only narrows an open one', () => {
    fc.assert(
      fc.property(
        Question,
        Day,
        Figures,
        Country,
        fc.constantFrom('US', 'SG'),
        fc.boolean(),
        (asked, day, figures, country, from, isYes) => {
          const before = rangeOf(concludedOn(asked, day));
          const after = rangeOf(concludedOn(learned(asked, figures, country, from, isYes), day));
          expect(after[0]).toBeGreaterThanOrEqual(before[0]);
          expect(after[1]).toBeLessThanOrEqual(before[1]);
        },
      ),
      runs,
    );
  });

  it('nextChange is the first day that differs, and a history is one row for each', () => {
    fc.assert(
      fc.property(Question, Day, (asked, start) => {
        const window = 150;
        const signatures = Array.from({ length: window }, (_, at) =>
          signatureOf(concludedOn(asked, addDays(start, at))),
        );
        const changes = signatures.flatMap((signature, at) =>
          at > 0 && signature !== signatures[at - 1] ? [dayText(addDays(start, at))] : [],
        );
        const rows = statusHistory(book, asked, { from: start, to: addDays(start, window) });
        expect(rows.slice(1).map(({ from }) => from)).toEqual(changes);
        const determination = determine(
          book,
          { ...asked, from: undefined, activity: 'export' },
          { kind: 'day', day: start },
        );
        expect(determination.ok).toBe(true);
      }),
      { numRuns: 12 },
    );
  });

  it('every answer has the shape of the contract, gives the same bytes again, and is the first row of its history', () => {
    fc.assert(
      fc.property(Question, Day, (given, day) => {
        const asked = { ...given, from: undefined };
        const [one, other] = [0, 1].map(() => determine(book, asked, { kind: 'day', day }));
        expect(JSON.stringify(one)).toBe(JSON.stringify(other));
        if (one === undefined || !one.ok) throw new Error('a question without contradictions has an answer');
        const answer = DeterminationAnswer.parse(one.answer);
        const [first, second] = statusHistory(book, asked, { from: day, to: dayOf('2030-01-01') });
        expect(first).toMatchObject({
          outcome: answer.outcome,
          exceptions: answer.exceptions,
          instruments: answer.instruments,
          assumptions: answer.assumptions,
          settledBy: answer.settledBy,
          ifEnforced: answer.ifEnforced,
          doubts: answer.doubts,
        });
        expect(answer.nextChange?.on).toBe(second?.from);
        expect(answer.outcome === 'undetermined').toBe(answer.between !== null);
        expect(answer.outcome !== 'undetermined' || answer.settledBy.length > 0).toBe(true);
      }),
      runs,
    );
  });
});

const conditional = new Set(
  [...book.rules.values()].flatMap(({ provision }) =>
    'conditions' in provision ? provision.conditions.map(({ input }) => input) : [],
  ),
);

/** The same question with everything answered that was unknown; what is assumed, or only a condition, stays as it is. */
function learned(
  asked: Asked,
  figures: Record<string, unknown>,
  country: string,
  from: string,
  isYes: boolean,
): Asked {
  const answered = inputs.filter(
    ({ name, assumed }) => assumed === null && !conditional.has(name) && asked.inputs[name] === undefined,
  );
  const item =
    asked.item.chip === undefined
      ? { ...asked.item, figures: { ...figures, ...asked.item.figures } }
      : asked.item;
  return question({
    ...asked,
    item,
    from: asked.from ?? from,
    parties: asked.parties.map((party) => ({
      ...party,
      headquarters: party.headquarters ?? country,
      ultimateParentHeadquarters: party.ultimateParentHeadquarters ?? country,
    })),
    inputs: { ...asked.inputs, ...Object.fromEntries(answered.map(({ name }) => [name, isYes])) },
  });
}
