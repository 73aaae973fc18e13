/** May this item go to this party in this place on this date, under what rule, and what changes next? */
import type { Day } from '../../events/dates.ts';
import { dayText, instantText } from '../../events/dates.ts';
import type { Flaw } from '../../events/registry.ts';
import type { Moment } from '../clocks.ts';
import { dayAt } from '../clocks.ts';
import type { DeterminationAnswer } from './answer.ts';
import type { Conclusion } from './conclude.ts';
import { conclude } from './conclude.ts';
import type { Facts, RuleBook } from './facts.ts';
import { factsOf, legalZone } from './facts.ts';
import { flawsOf } from './flaws.ts';
import { headlineOf } from './headline.ts';
import { activeReadings, alternativesOf } from './interpretations.ts';
import { licensesOf, noticesOf } from './notices.ts';
import type { Asked } from './question.ts';
import type { Grounds } from './reasons.ts';
import { rulesOf } from './reasons.ts';
import { standingOf } from './standing.ts';
import { nextChangeOf } from './statusHistory.ts';

/** An answer, or what is wrong with the question. */
export type Determination =
  | { readonly ok: true; readonly answer: DeterminationAnswer }
  | { readonly ok: false; readonly flaws: readonly Flaw[] };

function dateOf(moment: Moment): string {
  return moment.kind === 'day' ? dayText(moment.day) : instantText(moment.ms);
}

/** The events that carry the provisions behind an answer, in the order of the log. */
function eventsBehind({ behind }: Conclusion): string[] {
  return [...new Set(behind.toSorted((one, other) => one.order - other.order).map(({ event }) => event))];
}

function answerOf(facts: Facts, knownUpTo: Day | null): DeterminationAnswer {
  const conclusion = conclude(facts);
  const readings = activeReadings(conclusion, facts);
  const grounds: Grounds = { facts, conclusion, readings, date: dateOf(facts.moment) };
  const { assumptions, settledBy, beforeSale, ifEnforced, doubts } = standingOf(grounds);
  return {
    outcome: conclusion.outcome,
    between: conclusion.between,
    reviewPolicy: conclusion.reviewPolicy,
    exceptions: [...conclusion.exceptions],
    headline: headlineOf(conclusion, facts, grounds.date, knownUpTo),
    instruments: [...conclusion.instruments],
    events: eventsBehind(conclusion),
    rules: rulesOf(grounds),
    assumptions,
    settledBy,
    beforeSale,
    ifEnforced,
    alternatives: alternativesOf(readings, facts, conclusion),
    doubts,
    notices: noticesOf(facts),
    licenses: licensesOf(facts),
    nextChange: nextChangeOf(facts),
    notice: 'Information, not legal advice.',
  };
}

/**
 * The license determination (determination.md) of a question at a moment: an answer of http-api.md without `at`, or
 * the flaws of the question (422), each with its field and the remedy. The same arguments give the same answer.
 *
 * `knownUpTo`: the day up to which what happened can be known, where `asOf` lies after it: the headline then says what is
 * scheduled and claims no fact. null: `asOf` does not.
 */
export function determine(
  book: RuleBook,
  asked: Asked,
  asOf: Moment,
  knownUpTo: Day | null = null,
): Determination {
  const flaws = flawsOf(book, asked, dayAt(asOf, legalZone));
  if (flaws.length > 0) return { ok: false, flaws };
  return { ok: true, answer: answerOf(factsOf(book, asked, asOf), knownUpTo) };
}
