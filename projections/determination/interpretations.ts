/** How do authorities read the provisions that an answer rests on, and what would another reading give? (Step 9.) */
import { boundsOf, hasBegunBy } from './timeline.ts';
import { spanIn } from '../../events/dates.ts';
import type { Alternative } from './answer.ts';
import type { Conclusion, Considered } from './conclude.ts';
import { conclude, signatureOf } from './conclude.ts';
import type { Facts, RuleOf } from './facts.ts';
import { supposing } from './facts.ts';
import { under } from './grouped.ts';
import { judgeOf } from './judge.ts';
import type { Truth } from './kleene.ts';
import { forceOf } from './ruleBook.ts';

type Interpretation = RuleOf<'interpretation'>;

/** A conclusion as one of the alternatives of an answer. */
export function alternativeOf(conclusion: Conclusion, because: string): Alternative {
  const { outcome, between, reviewPolicy, exceptions, instruments } = conclusion;
  return {
    outcome,
    between,
    reviewPolicy,
    exceptions: [...exceptions],
    instruments: [...instruments],
    because,
  };
}

/** The readings that are active for requirements that are not false. */
export function activeReadings(conclusion: Conclusion, facts: Facts): Considered<Interpretation>[] {
  const active = conclusion.requirements
    .filter(({ judged }) => judged.holds !== false)
    .flatMap(({ rule }) => under(facts.book.interpretationsOf, rule.key))
    .map((rule) => ({ rule, judged: rule.judge(facts) }))
    .filter(({ judged }) => judged.holds !== false);
  return active.filter(({ rule }, at) => active.findIndex((reading) => reading.rule === rule) === at);
}

function concerns(rule: Interpretation, facts: Facts): Truth {
  const { item } = rule.provision;
  return item === undefined ? true : judgeOf(item, rule)(facts).holds;
}

/** Whether a reading that comes into force later reaches back to the day of the question. */
function reachesBack(rule: Interpretation, facts: Facts): boolean {
  const { reading, retroactiveTo } = rule.provision;
  if (reading !== 'in-force' || retroactiveTo === undefined) return false;
  if (forceOf(rule, facts).force.status !== 'scheduled') return false;
  const back = boundsOf(spanIn(retroactiveTo, rule.dated.instrument.zone));
  return hasBegunBy(back, facts.day) !== false && concerns(rule, facts) !== false;
}

/** What a contested reading leaves open: the answer without the provision, and later readings that reach back. */
function alternativesOfContest(
  { rule }: Considered<Interpretation>,
  facts: Facts,
  conclusion: Conclusion,
): Alternative[] {
  const keys = new Set(rule.provision.of);
  const later = rule.provision.of
    .flatMap((key) => under(facts.book.interpretationsOf, key))
    .filter((other) => reachesBack(other, facts));
  return [
    alternativeOf(conclude(facts, keys), `${rule.instrument}: ${rule.provision.text}`),
    ...[...new Set(later)].map((other) =>
      alternativeOf(conclusion, `${other.instrument}: ${other.provision.text}`),
    ),
  ];
}

/** What other readings of contested provisions give. */
export function alternativesOf(
  readings: readonly Considered<Interpretation>[],
  facts: Facts,
  conclusion: Conclusion,
): Alternative[] {
  return readings
    .filter(({ rule }) => rule.provision.reading === 'contested')
    .flatMap((reading) => alternativesOfContest(reading, facts, conclusion));
}

/** The answer with the rules that are not enforced counted as enforced; null: they change nothing (step 8). */
export function ifEnforcedOf(facts: Facts, conclusion: Conclusion): Alternative | null {
  const unenforced = facts.book.unenforced.filter(
    (rule) => forceOf(rule, facts).force.status === 'not-enforced',
  );
  if (unenforced.length === 0) return null;
  const enforced = conclude(supposing(facts, { supposing: 'enforced' }));
  if (signatureOf(enforced) === signatureOf(conclusion)) return null;
  const names = [...new Set(unenforced.map(({ instrument }) => instrument))].join(', ');
  return alternativeOf(enforced, `${names} counted as enforced`);
}
