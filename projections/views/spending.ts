/** What does a company plan to spend, and beside whose plans? */
import { subjectOf } from '../../events/identity.ts';
import type { Claim } from '../claim.ts';
import type { Evidence } from '../evidence.ts';
import { holding, resolve } from '../resolve.ts';
import { entryStatus } from './deal.ts';
import type { Alternative } from './claimList.ts';
import { claimList, isSame, readingsBehind, sinceText } from './claimList.ts';

/** Plans of the same kind of spending for the same period are reports of one thing; without a period, nobody can say. */
function groupKey(claim: Claim<'spending'>): string {
  const { of, amount } = claim.value;
  const period = amount === null ? null : amount.period;
  return `${of} ${period === null ? claim.reading.event.id : `${period.from} ${period.to}`}`;
}

function otherAmounts(
  winner: Claim<'spending'>,
  others: readonly { claim: Claim<'spending'>; because: string }[],
) {
  return others
    .filter(({ claim }) => claim.value.amount !== null && !isSame(claim.value.amount, winner.value.amount))
    .map(({ claim, because }): Alternative => ({
      attribute: 'amount',
      value: claim.value,
      claim: claim.reading.event.id,
      lostBecause: because,
    }));
}

function entryOf(group: readonly Claim<'spending'>[], evidence: Evidence) {
  const stated = group.filter((claim) => claim.value.amount !== null);
  const plan = resolve(stated.length > 0 ? stated : group, 'description');
  if (plan === null) return [];
  const { of, amount, comparedWith, claim } = plan.winner.value;
  const behind = readingsBehind(group);
  return [
    {
      of,
      amount,
      reason: amount === null ? ('not-reported' as const) : null,
      claim,
      comparedWith,
      standing: plan.winner.standing,
      status: entryStatus(plan.winner.reading, behind, evidence),
      since: sinceText(plan.winner, evidence),
      claims: claimList(behind, evidence),
      alternatives: otherAmounts(plan.winner, plan.losers),
    },
  ];
}

/** The spending plans of a company: one entry for each kind and period, and for each plan that names no period. */
export function spendingOf(evidence: Evidence, party: string) {
  const groups = new Map<string, Claim<'spending'>[]>();
  for (const claim of holding(evidence, subjectOf('party', party), 'spending')) {
    const key = groupKey(claim);
    groups.set(key, [...(groups.get(key) ?? []), claim]);
  }
  return [...groups.keys()].toSorted().flatMap((key) => entryOf(groups.get(key) ?? [], evidence));
}

/** The plans of those with whom the company's spending is compared. */
export function rivalsOf(
  evidence: Evidence,
  spending: readonly { readonly comparedWith: readonly string[] }[],
) {
  const rivals = [...new Set(spending.flatMap((plan) => plan.comparedWith))].toSorted();
  return rivals.map((party) => {
    const plans = spendingOf(evidence, party);
    return { party, spending: plans, reason: plans.length === 0 ? ('not-reported' as const) : null };
  });
}
