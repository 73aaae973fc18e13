/** How would an application be reviewed? (determination.md, step 5; 15 CFR 742.6(b)(10).) */
import type { ReviewPolicyName } from '../../events/provision.ts';
import { reviewPolicies } from '../../events/provision.ts';
import type { OpenCondition, ReviewPolicyAnswer } from './answer.ts';
import type { Facts, RequiringRule, RuleOf } from './facts.ts';
import type { Judged } from './judged.ts';
import { policyOfEntries } from './listings.ts';

type PolicyRule = RuleOf<'review-policy'>;

/** The policy under one requirement; null: none is published. `rule: null`: the requirement carries it itself. */
interface Taken {
  readonly answer: ReviewPolicyAnswer | null;
  readonly rule: PolicyRule | null;
}

/** The policy of review of a whole answer, and what it rests on. */
export interface Review {
  readonly answer: ReviewPolicyAnswer | null;
  readonly taken: readonly PolicyRule[];
  readonly considered: readonly { readonly rule: PolicyRule; readonly judged: Judged }[];
  /** What leaves it open which policy applies. */
  readonly open: readonly Judged[];
}

const undetermined: ReviewPolicyAnswer = {
  policy: null,
  undetermined: true,
  conditions: [],
  otherwise: null,
};

function plain(policy: ReviewPolicyName | null): ReviewPolicyAnswer | null {
  return policy === null ? null : { policy, undetermined: false, conditions: [], otherwise: null };
}

/** The conditions that the question leaves open. */
export function openConditions(conditions: readonly OpenCondition[], facts: Facts): OpenCondition[] {
  return conditions
    .filter(({ input }) => facts.asked.inputs[input] === undefined)
    .map(({ input, text }) => ({ input, text }));
}

/** What a policy comes to with the answers given; null: a condition fails and it names nothing for that case. */
function underConditions({ provision }: PolicyRule, facts: Facts): ReviewPolicyAnswer | null {
  const otherwise = provision.otherwise ?? null;
  const fails = provision.conditions.some(({ input }) => facts.asked.inputs[input] === false);
  if (fails) return plain(otherwise);
  const conditions = openConditions(provision.conditions, facts);
  return {
    policy: provision.policy,
    undetermined: false,
    conditions,
    otherwise: conditions.length === 0 ? null : otherwise,
  };
}

/** The first policy by order that holds; nothing is skipped that may hold. */
function publishedPolicy(key: string, facts: Facts, considered: Review['considered'][number][]): Taken {
  const policies = facts.book.policiesFor.get(key);
  if (policies === undefined) return { answer: null, rule: null };
  for (const rule of policies) {
    const judged = rule.judge(facts);
    considered.push({ rule, judged });
    if (judged.holds === 'unknown') return { answer: undetermined, rule };
    const answer = judged.holds ? underConditions(rule, facts) : null;
    if (answer !== null) return { answer, rule };
  }
  return { answer: null, rule: null };
}

function policyUnder(rule: RequiringRule, facts: Facts, considered: Review['considered'][number][]): Taken {
  const { provision } = rule;
  if (provision.kind === 'end-use') return { answer: plain(provision.policy), rule: null };
  if (provision.kind === 'listing-policy')
    return { answer: plain(policyOfEntries(provision, facts).policy), rule: null };
  return publishedPolicy(rule.key, facts, considered);
}

const strictness = (policy: ReviewPolicyName | null) =>
  policy === null ? -1 : reviewPolicies.indexOf(policy);

/** Of two answers the stricter; of equal ones both sets of conditions, and the stricter alternative. */
function stricter(one: ReviewPolicyAnswer, other: ReviewPolicyAnswer): ReviewPolicyAnswer {
  const difference = strictness(one.policy) - strictness(other.policy);
  if (difference !== 0) return difference > 0 ? one : other;
  const known = new Set(one.conditions.map(({ input }) => input));
  return {
    ...one,
    conditions: [...one.conditions, ...other.conditions.filter(({ input }) => !known.has(input))],
    otherwise: strictness(one.otherwise) >= strictness(other.otherwise) ? one.otherwise : other.otherwise,
  };
}

/** An open policy could be the strictest, unless the strictest of all is already known. */
function combined(answers: readonly ReviewPolicyAnswer[]): ReviewPolicyAnswer | null {
  const known = answers.filter((answer) => !answer.undetermined);
  const strictest = known.length === 0 ? null : known.reduce(stricter);
  if (strictest?.policy === reviewPolicies.at(-1)) return strictest;
  return answers.length > known.length ? undetermined : strictest;
}

/** The policy of review for the requirements that hold and that no exception covers; of several, the strictest. */
export function reviewOf(uncovered: readonly RequiringRule[], facts: Facts): Review {
  const considered: Review['considered'][number][] = [];
  const policies = uncovered.map((rule) => policyUnder(rule, facts, considered));
  const answer = combined(policies.flatMap((taken) => (taken.answer === null ? [] : [taken.answer])));
  const rules = policies.flatMap(({ rule, answer: own }) =>
    rule !== null && own !== null && own.policy === answer?.policy ? [rule] : [],
  );
  return {
    answer,
    taken: [...new Set(rules)],
    considered: considered.filter(({ rule }, at) => considered.findIndex((c) => c.rule === rule) === at),
    open: considered.filter(({ judged }) => judged.holds === 'unknown').map(({ judged }) => judged),
  };
}
