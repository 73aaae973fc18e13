/** How did a determination stand over time, and when does it change next? One stepping over all dates for both. */
import type { Day } from '../../events/dates.ts';
import { dayText } from '../../events/dates.ts';
import type { NextChange, StatusPeriod } from './answer.ts';
import type { Conclusion } from './conclude.ts';
import { conclude, signatureOf } from './conclude.ts';
import { groupChangesOf, readAs } from './countryGroups.ts';
import type { ChangeDay, Facts, ItemFacts, RuleBook } from './facts.ts';
import { asItIs, factsOf, itemFactsOf } from './facts.ts';
import { grouped } from './grouped.ts';
import { partyChangesOf } from './parties.ts';
import type { Asked } from './question.ts';

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
  return [...countries, ...parties];
}

/** The days after `after` on which an answer could change, sorted. */
function changeDaysAfter(book: RuleBook, asked: Asked, after: Day): ChangeDay[] {
  const later = [
    ...book.changeDays.flatMap(({ day, subjects }) => subjects.map((subject) => ({ day, subject }))),
    ...questionDays(book, asked),
  ].filter(({ day }) => day > after);
  return [...grouped(later, ({ day }) => day)]
    .map(([day, list]) => ({ day, subjects: list.map(({ subject }) => subject) }))
    .toSorted((one, other) => one.day - other.day);
}

/** Which of the subjects that have a date is the cause: one that the answer newly rests on, else that it rested on. */
function causeOf(subjects: readonly string[], before: Conclusion, after: Conclusion): string {
  const is = (conclusion: Conclusion) => (subject: string) =>
    conclusion.instruments.some((instrument) => subject === `instrument:${instrument}`);
  const isNew = (subject: string) => is(after)(subject) && !is(before)(subject);
  const cause =
    subjects.find(isNew) ?? subjects.find(is(after)) ?? subjects.find(is(before)) ?? subjects.at(-1);
  return cause ?? 'the record';
}

interface Turn {
  readonly day: Day;
  readonly subjects: readonly string[];
  readonly before: Conclusion;
  readonly after: Conclusion;
}

/** The turns of an answer after a day, in order: the days on which it differs from the day before. */
function* turnsAfter(
  book: RuleBook,
  asked: Asked,
  item: ItemFacts,
  start: Conclusion,
  after: Day,
): Generator<Turn> {
  let before = start;
  let signature = signatureOf(start);
  for (const { day, subjects } of changeDaysAfter(book, asked, after)) {
    const next = conclude(factsOf(book, asked, { kind: 'day', day }, asItIs, item));
    const nextSignature = signatureOf(next);
    if (nextSignature === signature) continue;
    yield { day, subjects, before, after: next };
    before = next;
    signature = nextSignature;
  }
}

/** The first later day on which outcome, policy, exceptions or instruments differ; null: none is in the record. */
export function nextChangeOf(facts: Facts, conclusion: Conclusion): NextChange | null {
  for (const { day, subjects, before, after } of turnsAfter(
    facts.book,
    facts.asked,
    facts.item,
    conclusion,
    facts.day,
  )) {
    return { on: dayText(day), because: causeOf(subjects, before, after), subjects: [...subjects] };
  }
  return null;
}

interface Period {
  readonly from: Day;
  readonly conclusion: Conclusion;
  readonly because: string | null;
}

function periodsOf(book: RuleBook, asked: Asked, from: Day, to: Day): Period[] {
  const item = itemFactsOf(book, asked.item);
  const first = conclude(factsOf(book, asked, { kind: 'day', day: from }, asItIs, item));
  const periods: Period[] = [{ from, conclusion: first, because: null }];
  for (const { day, subjects, before, after } of turnsAfter(book, asked, item, first, from)) {
    if (day >= to) break;
    periods.push({ from: day, conclusion: after, because: causeOf(subjects, before, after) });
  }
  return periods;
}

/**
 * The periods from `from` (included) to `to` (excluded) in which the answer to a question is the same. GET
 * /v1/chips/{id}/status-history.
 */
export function statusHistory(book: RuleBook, asked: Asked, range: { from: Day; to: Day }): StatusPeriod[] {
  const periods = periodsOf(book, asked, range.from, range.to);
  return periods.map(({ from, conclusion, because }, at) => ({
    from: dayText(from),
    to: dayText(periods[at + 1]?.from ?? range.to),
    outcome: conclusion.outcome,
    between: conclusion.between,
    reviewPolicy: conclusion.reviewPolicy,
    exceptions: [...conclusion.exceptions],
    instruments: [...conclusion.instruments],
    because,
  }));
}
