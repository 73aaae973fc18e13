/** How did a determination stand over time, and when does it change next? One stepping over all dates for both. */
import type { Day } from '../../events/dates.ts';
import { dayText } from '../../events/dates.ts';
import type { NextChange, StatusPeriod } from './answer.ts';
import type { Conclusion, Verdict } from './conclude.ts';
import { conclude, signatureOf } from './conclude.ts';
import { groupChangesOf, readAs } from './countryGroups.ts';
import type { ChangeDay, Facts, ItemFacts, RuleBook } from './facts.ts';
import { asItIs, factsOf, itemFactsOf } from './facts.ts';
import { grouped } from './grouped.ts';
import { partyChangesOf } from './parties.ts';
import { beginningOfTime } from './timeline.ts';
import { activeReadings } from './interpretations.ts';
import type { Asked } from './question.ts';
import type { Standing } from './standing.ts';
import { standingOf } from './standing.ts';

interface Dated {
  readonly day: Day;
  readonly subject: string;
}

/** Every country that a question names, or that stands in for one of them. */
function countriesOf(book: RuleBook, asked: Asked): Set<string> {
  const named = new Set<string>([asked.destination]);
  const add = (code: string | null | undefined) => {
    if (code !== null && code !== undefined && code !== 'self') named.add(code);
  };
  for (const party of asked.parties) {
    add(party.headquarters);
    add(party.ultimateParentHeadquarters);
    const recorded = party.party === undefined ? undefined : book.parties.get(party.party);
    for (const registration of recorded === undefined ? [] : recorded.registrations) {
      add(registration.headquarters);
      add(registration.ultimateParentHeadquarters);
    }
  }
  for (const code of [...named]) {
    for (const { day } of groupChangesOf(book.groups, code)) add(readAs(book.groups, code, day));
  }
  return named;
}

/** Every recorded party that a question names, or that owns one of them. */
function recordedPartiesOf(book: RuleBook, asked: Asked): Set<string> {
  const named = asked.parties.flatMap(({ party, owners }) => [party, ...owners.map((owner) => owner.party)]);
  const ids = new Set<string>(named.filter((id) => id !== undefined));
  for (const id of [...ids]) {
    const party = book.parties.get(id);
    for (const { parent } of party === undefined ? [] : party.registrations)
      if (parent !== null) ids.add(parent);
  }
  return ids;
}

function questionDays(book: RuleBook, asked: Asked): Dated[] {
  const countries = [...countriesOf(book, asked)].flatMap((code) => groupChangesOf(book.groups, code));
  const parties = [...recordedPartiesOf(book, asked)].flatMap((id) => {
    const party = book.parties.get(id);
    const days = party === undefined ? [] : partyChangesOf(party);
    return days.map((day) => ({ day, subject: `party:${id}` }));
  });
  const assumed = asked.assume.proposed.flatMap((id) => {
    const day = book.instruments.get(id)?.issuedFrom ?? null;
    return day === null ? [] : [{ day, subject: `instrument:${id}` }];
  });
  return [...countries, ...parties, ...assumed];
}

/** The days on which an answer could change, sorted. */
function changeDaysOf(book: RuleBook, asked: Asked): ChangeDay[] {
  const days = [
    ...book.changeDays.flatMap(({ day, subjects }) => subjects.map((subject) => ({ day, subject }))),
    ...questionDays(book, asked),
  ];
  return [...grouped(days, ({ day }) => day)]
    .map(([day, list]) => ({ day, subjects: list.map(({ subject }) => subject) }))
    .toSorted((one, other) => one.day - other.day);
}

/** Which of the subjects that have a date is the cause: one that the answer newly rests on, else that it rested on. */
function causeOf(subjects: readonly string[], before: Verdict, after: Verdict): string {
  const is = (verdict: Verdict) => (subject: string) =>
    verdict.instruments.some((instrument) => subject === `instrument:${instrument}`);
  const isNew = (subject: string) => is(after)(subject) && !is(before)(subject);
  const cause =
    subjects.find(isNew) ?? subjects.find(is(after)) ?? subjects.find(is(before)) ?? subjects.at(-1);
  return cause ?? 'the record';
}

/** A period in which the verdict is the same, from a day on. `because: null`: it has no beginning. */
interface Period {
  readonly from: Day;
  readonly verdict: Verdict;
  readonly because: string | null;
  /** All subjects that have the first day as a date. */
  readonly subjects: readonly string[];
}

/** What was concluded on a day, and from what. */
interface Ground {
  readonly facts: Facts;
  readonly conclusion: Conclusion;
}

function groundOn(book: RuleBook, asked: Asked, item: ItemFacts, day: Day): Ground {
  const facts = factsOf(book, asked, { kind: 'day', day }, asItIs, item);
  return { facts, conclusion: conclude(facts) };
}

function verdictOf({ conclusion }: Ground): Verdict {
  const { outcome, between, reviewPolicy, exceptions, instruments } = conclusion;
  return { outcome, between, reviewPolicy, exceptions, instruments };
}

/** The next period after one: the first of the days whose verdict differs; null: none does. */
function nextPeriod(
  last: Period,
  days: Iterable<ChangeDay>,
  verdictAt: (day: Day) => Verdict,
): Period | null {
  const before = signatureOf(last.verdict);
  for (const { day, subjects } of days) {
    const verdict = verdictAt(day);
    if (signatureOf(verdict) !== before)
      return { from: day, verdict, because: causeOf(subjects, last.verdict, verdict), subjects };
  }
  return null;
}

function periodFrom(day: Day, verdictAt: (day: Day) => Verdict): Period {
  return { from: day, verdict: verdictAt(day), because: null, subjects: [] };
}

/** The periods of a question, and what was found of its item on the way. */
interface Stepped {
  readonly periods: readonly Period[];
  readonly item: ItemFacts;
}
/** By verdict, what it was concluded from, as long as somebody who steps through the days needs it. */
type Grounds = Map<Verdict, Ground>;

function steppedThrough(book: RuleBook, asked: Asked, grounds: Grounds): Stepped {
  const item = itemFactsOf(book, asked.item);
  const verdictAt = (day: Day) => {
    const ground = groundOn(book, asked, item, day);
    const verdict = verdictOf(ground);
    grounds.set(verdict, ground);
    return verdict;
  };
  const periods: Period[] = [];
  // One iterator for all, so that each period goes on where the last one ended.
  const days = changeDaysOf(book, asked).values();
  let period: Period | null = periodFrom(beginningOfTime, verdictAt);
  while (period !== null) {
    periods.push(period);
    period = nextPeriod(period, days, verdictAt);
  }
  return { periods, item };
}

/** Periods by question, for each book; null: asked for the next change once, which costs less than the periods do. */
const remembered = new WeakMap<RuleBook, Map<string, Stepped | null>>();
const rememberedLimit = 2_000;

function memoryOf(book: RuleBook): Map<string, Stepped | null> {
  const known = remembered.get(book);
  if (known !== undefined && known.size < rememberedLimit) return known;
  const questions = new Map<string, Stepped | null>();
  remembered.set(book, questions);
  return questions;
}

/** The periods of a question over all time. `grounds` is filled where they were not remembered. */
function steppedOf(book: RuleBook, asked: Asked, grounds: Grounds = new Map()): Stepped {
  const questions = memoryOf(book);
  const key = JSON.stringify(asked);
  const stepped = questions.get(key) ?? steppedThrough(book, asked, grounds);
  questions.set(key, stepped);
  return stepped;
}

/** The first period that begins after a day: found from that day on at the first question, then from all periods. */
function periodAfter(book: RuleBook, asked: Asked, day: Day): Period | null {
  const questions = memoryOf(book);
  const key = JSON.stringify(asked);
  if (questions.has(key)) return steppedOf(book, asked).periods.find(({ from }) => from > day) ?? null;
  questions.set(key, null);
  const item = itemFactsOf(book, asked.item);
  const verdictAt = (on: Day) => verdictOf(groundOn(book, asked, item, on));
  const later = changeDaysOf(book, asked).filter((change) => change.day > day);
  return nextPeriod(periodFrom(day, verdictAt), later, verdictAt);
}

/** The first later day on which outcome, policy, exceptions or instruments differ; null: none is in the record. */
export function nextChangeOf({ book, asked, day }: Facts): NextChange | null {
  const next = periodAfter(book, asked, day);
  if (next === null) return null;
  return { on: dayText(next.from), because: next.because ?? 'the record', subjects: [...next.subjects] };
}

/** The days of a history: the first is included, the last is not. */
export interface DayRange {
  readonly from: Day;
  readonly to: Day;
}

/** What stands behind the outcome on a day. */
function standingFrom({ facts, conclusion }: Ground): Standing {
  const readings = activeReadings(conclusion, facts);
  return standingOf({ facts, conclusion, readings, date: dayText(facts.day) });
}

function statusPeriod({ verdict, because }: Period, range: DayRange, standing: Standing): StatusPeriod {
  return {
    from: dayText(range.from),
    to: dayText(range.to),
    outcome: verdict.outcome,
    between: verdict.between,
    reviewPolicy: verdict.reviewPolicy,
    exceptions: [...verdict.exceptions],
    instruments: [...verdict.instruments],
    because,
    ...standing,
  };
}

/**
 * The periods of a range in which the answer to a question is the same, each with the subject that has its first day
 * as a date (null: the period began before the range). GET /v1/chips/{id}/status-history.
 */
export function statusHistory(book: RuleBook, asked: Asked, range: DayRange): StatusPeriod[] {
  const grounds: Grounds = new Map();
  const { periods, item } = steppedOf(book, asked, grounds);
  return periods.flatMap((period, at) => {
    const from = Math.max(period.from, range.from) as Day;
    const to = Math.min(periods[at + 1]?.from ?? range.to, range.to) as Day;
    if (from >= to) return [];
    const shown = period.from < range.from ? { ...period, because: null } : period;
    const found = from === period.from ? grounds.get(period.verdict) : undefined;
    return [statusPeriod(shown, { from, to }, standingFrom(found ?? groundOn(book, asked, item, from)))];
  });
}
