/** What is the outcome, under which rules? Steps 1 to 7 of determination.md, without the explanation. */
import type { DecidedOutcome, ExceptionAnswer, Outcome, ReviewPolicyAnswer } from './answer.ts';
import type { Facts, RequiringRule, Rule, RuleOf } from './facts.ts';
import type { Judged, RuleRef } from './judged.ts';
import { decidingRulesOf } from './judged.ts';
import type { Review } from './reviewPolicy.ts';
import { openConditions, reviewOf } from './reviewPolicy.ts';

type ExceptionRule = RuleOf<'license-exception'>;

/** A provision and what became of it. */
export interface Considered<R extends Rule = Rule> {
  readonly rule: R;
  readonly judged: Judged;
}

/** What an answer comes to. Two dates on which it is the same are one period. */
export interface Verdict {
  readonly outcome: Outcome;
  /** Of `undetermined`: the optimistic and the pessimistic outcome. */
  readonly between: [DecidedOutcome, DecidedOutcome] | null;
  readonly reviewPolicy: ReviewPolicyAnswer | null;
  readonly exceptions: readonly ExceptionAnswer[];
  /** Sorted; empty where nothing in force asks for anything. */
  readonly instruments: readonly string[];
}

/** The verdict on a question on a date, and the provisions behind it. */
export interface Conclusion extends Verdict {
  /** Every requirement, end use, listing policy and prohibition, also the false ones. */
  readonly requirements: readonly Considered<RequiringRule>[];
  /** The exceptions for those that are not false. */
  readonly exceptionRules: readonly Considered<ExceptionRule>[];
  readonly listedExceptions: readonly Considered<ExceptionRule>[];
  readonly review: Review;
  /** The provisions that instruments and events come from. */
  readonly behind: readonly RuleRef[];
}

type Mode = 'optimistic' | 'pessimistic';
type Coverage = ReadonlyMap<string, readonly Considered<ExceptionRule>[]>;

/** Unknown requirements count against, unknown exceptions count for, according to the mode. */
function countsAgainst({ judged }: Considered, mode: Mode): boolean {
  return judged.holds === true || (judged.holds === 'unknown' && mode === 'pessimistic');
}
function countsFor({ judged }: Considered, mode: Mode): boolean {
  return judged.holds === true || (judged.holds === 'unknown' && mode === 'optimistic');
}

function isProhibiting({ provision }: RequiringRule): boolean {
  return (
    provision.kind === 'prohibition' ||
    (provision.kind === 'listing-policy' && provision.outcome === 'prohibited')
  );
}

function isCovered({ rule }: Considered, coverage: Coverage, mode: Mode): boolean {
  const exceptions = coverage.get(rule.key);
  return exceptions !== undefined && exceptions.some((exception) => countsFor(exception, mode));
}

function outcomeIn(
  mode: Mode,
  requirements: readonly Considered<RequiringRule>[],
  coverage: Coverage,
): DecidedOutcome {
  const counting = requirements.filter((considered) => countsAgainst(considered, mode));
  if (counting.some(({ rule }) => isProhibiting(rule))) return 'prohibited';
  if (counting.length === 0) return 'no-requirement-found';
  const isAllCovered = counting.every((considered) => isCovered(considered, coverage, mode));
  return isAllCovered ? 'exception-available' : 'license-required';
}

/** The exceptions for each requirement that is not false; no exception is open for an end use or a listing. */
function coverageOf(
  requirements: readonly Considered<RequiringRule>[],
  facts: Facts,
): Map<string, Considered<ExceptionRule>[]> {
  const judged = new Map<string, Considered<ExceptionRule>>();
  const judgedOnce = (rule: ExceptionRule) => {
    const known = judged.get(rule.key);
    if (known !== undefined) return known;
    const considered = { rule, judged: rule.judge(facts) };
    judged.set(rule.key, considered);
    return considered;
  };
  const coverage = new Map<string, Considered<ExceptionRule>[]>();
  for (const { rule, judged: requirement } of requirements) {
    if (requirement.holds === false || rule.provision.kind !== 'license-requirement') continue;
    const exceptions = facts.book.exceptionsFor.get(rule.key);
    if (exceptions !== undefined) coverage.set(rule.key, exceptions.map(judgedOnce));
  }
  return coverage;
}

/** Which exceptions an answer lists (step 6). */
function listedOf(outcome: Outcome, best: DecidedOutcome, coverage: Coverage): Considered<ExceptionRule>[] {
  if (best !== 'exception-available') return [];
  const mode = outcome === 'undetermined' ? 'optimistic' : 'pessimistic';
  const listed = [...coverage.values()].flat().filter((exception) => countsFor(exception, mode));
  return [...new Set(listed)];
}

/** An exception as the answer prints it: its notice where it is, or may be, due, and its open conditions. */
function exceptionAnswer({ rule }: Considered<ExceptionRule>, facts: Facts): ExceptionAnswer {
  const { code, notice, conditions } = rule.provision;
  const isDue = notice !== null && (rule.noticeWhen === null || rule.noticeWhen(facts).holds !== false);
  return {
    code,
    notice: isDue ? { days: notice.days } : null,
    conditions: openConditions(conditions, facts),
  };
}

function distinct(exceptions: readonly ExceptionAnswer[]): ExceptionAnswer[] {
  return [...new Map(exceptions.map((exception) => [JSON.stringify(exception), exception])).values()];
}

const noReview: Review = { answer: null, taken: [], considered: [], open: [] };

function reviewFor(
  outcome: Outcome,
  requirements: readonly Considered<RequiringRule>[],
  coverage: Coverage,
  facts: Facts,
): Review {
  if (outcome !== 'license-required') return noReview;
  const uncovered = requirements.filter(
    (considered) => considered.judged.holds === true && !isCovered(considered, coverage, 'pessimistic'),
  );
  return reviewOf(
    uncovered.map(({ rule }) => rule),
    facts,
  );
}

/** The provisions behind an answer (step 7): of an undetermined one also those that are unknown. */
function behindOf(
  outcome: Outcome,
  requirements: readonly Considered<RequiringRule>[],
  listed: readonly Considered[],
  review: Review,
): RuleRef[] {
  const relevant = requirements.filter(
    ({ judged }) => judged.holds === true || (judged.holds === 'unknown' && outcome === 'undetermined'),
  );
  return [
    ...relevant.flatMap(({ judged }) => decidingRulesOf(judged)),
    ...listed.map(({ rule }) => rule),
    ...review.taken,
  ];
}

const nothing: ReadonlySet<string> = new Set();

/** The conclusion for a question on a date. `without`: keys of requirements that are left out. */
export function conclude(facts: Facts, without: ReadonlySet<string> = nothing): Conclusion {
  const requirements = facts.book.requirements
    .filter(({ key }) => !without.has(key))
    .map((rule) => ({ rule, judged: rule.judge(facts) }));
  const coverage = coverageOf(requirements, facts);
  const best = outcomeIn('optimistic', requirements, coverage);
  const worst = outcomeIn('pessimistic', requirements, coverage);
  const outcome = best === worst ? best : 'undetermined';
  const listed = listedOf(outcome, best, coverage);
  const review = reviewFor(outcome, requirements, coverage, facts);
  const behind = behindOf(outcome, requirements, listed, review);
  return {
    outcome,
    between: best === worst ? null : [best, worst],
    reviewPolicy: review.answer,
    exceptions: distinct(listed.map((exception) => exceptionAnswer(exception, facts))),
    instruments: [...new Set(behind.map(({ instrument }) => instrument))].toSorted(),
    requirements,
    exceptionRules: [...new Set([...coverage.values()].flat())],
    listedExceptions: listed,
    review,
    behind,
  };
}

/** What two conclusions must share to be the same answer (step 11). */
export function signatureOf({ outcome, between, reviewPolicy, exceptions, instruments }: Verdict): string {
  return JSON.stringify([outcome, between, reviewPolicy, exceptions, instruments]);
}
