/** Why is this the value? The winning claim, each loser with why it lost, and what was withdrawn. */
import type { Subject } from '../../events/identity.ts';
import type { Attribute, Claim } from '../claim.ts';
import { resolution } from '../claim.ts';
import { hasBegun } from '../clocks.ts';
import type { Evidence } from '../evidence.ts';
import type { Fact } from '../facts.ts';
import { factsOf } from '../facts.ts';
import { holds } from '../resolve.ts';
import { statusOf } from '../status.ts';
import { claimList, sinceText } from './claimList.ts';
import { dateText } from './nextChange.ts';
import { withdrawalsOf } from './withdrawn.ts';

/** Whether a name is that of an attribute. */
export function isAttribute(name: string): name is Attribute {
  return Object.hasOwn(resolution, name);
}
/** The names of all attributes, sorted. */
export const attributeNames = (Object.keys(resolution) as Attribute[]).toSorted();

function claimOf(claim: Claim, evidence: Evidence) {
  return {
    value: claim.value,
    standing: claim.standing,
    status: statusOf(claim.reading, evidence),
    since: sinceText(claim, evidence),
    until: claim.until === null ? null : dateText(claim.until),
    claims: claimList([claim.reading], evidence),
  };
}

function explainFact(fact: Fact, evidence: Evidence) {
  return {
    attribute: fact.attribute,
    key: fact.key,
    kind: resolution[fact.attribute],
    winner: claimOf(fact.claim, evidence),
    losers: (fact.resolved?.losers ?? []).map(({ claim, because }) => ({
      ...claimOf(claim, evidence),
      lostBecause: because,
    })),
  };
}

/** Claims that are visible but do not hold at `asOf`, with which side of it they lie on. */
function outsideOf(claims: readonly Claim[], evidence: Evidence) {
  const { asOf } = evidence.clocks;
  return claims
    .filter((claim) => !holds(claim, asOf))
    .map((claim) => ({
      attribute: claim.attribute,
      key: claim.key,
      when: hasBegun(claim.from, claim.zone, asOf) ? ('ended' as const) : ('not-yet' as const),
      ...claimOf(claim, evidence),
    }));
}

/**
 * The explanation of an attribute of a subject (of every attribute, where it is null); null where nothing visible speaks
 * of the subject. Of a set every entry stands for itself and has no losers.
 */
export function explainView(evidence: Evidence, subject: Subject, attribute: Attribute | null) {
  if (evidence.readings(subject).length === 0) return null;
  const isAsked = (one: { readonly attribute: Attribute }) =>
    attribute === null || one.attribute === attribute;
  return {
    subject,
    attribute,
    values: factsOf(evidence, subject)
      .filter(isAsked)
      .map((fact) => explainFact(fact, evidence)),
    outside: outsideOf(evidence.allClaims(subject).filter(isAsked), evidence),
    withdrawn: withdrawalsOf(evidence, subject),
  };
}
