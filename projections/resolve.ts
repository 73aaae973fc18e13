/** Which of several claims holds? The second of the three functions of a projection (domain.md, "Who wins"). */
import type { Subject } from '../events/identity.ts';
import { standings } from '../events/values.ts';
import type { Standing } from '../events/values.ts';
import type { Attribute, Claim } from './claim.ts';
import { resolution } from './claim.ts';
import type { Moment } from './clocks.ts';
import { hasBegun, isUncertain } from './clocks.ts';
import type { Evidence } from './evidence.ts';

/** Why a claim did not win against the winner. */
export type Defeat =
  | 'superseded by a later state'
  | 'a rumour gives way to what is better vouched for'
  | 'lesser standing'
  | 'a plan gives way to what is there'
  | 'published earlier'
  | 'recorded earlier'
  | 'a report or proposal does not lower what is issued';

export interface Loser<A extends Attribute = Attribute> {
  readonly claim: Claim<A>;
  readonly because: Defeat;
}
/** The winner, and the others with the reason why each lost. */
export interface Resolved<A extends Attribute = Attribute> {
  readonly winner: Claim<A>;
  readonly losers: readonly Loser<A>[];
}

/** Whether a claim holds at the moment: it has begun and has not ended. */
export function holds(claim: Claim, at: Moment): boolean {
  return (
    hasBegun(claim.from, claim.zone, at) && (claim.until === null || !hasBegun(claim.until, claim.zone, at))
  );
}

/** Whether the moment lies inside the span of an imprecise date of the claim. */
export function isDateUncertain(claim: Claim, at: Moment): boolean {
  return (
    isUncertain(claim.from, claim.zone, at) ||
    (claim.until !== null && isUncertain(claim.until, claim.zone, at))
  );
}

/** Lower is better. */
export function rankOf(standing: Standing): number {
  return standings.indexOf(standing);
}

const rumourRank = (claim: Claim) => (claim.standing === 'rumoured' ? 1 : 0);

/** Positive where `b` beats `a`; the criteria of a state, in order. */
function stateOrder(a: Claim, b: Claim): number {
  return (
    rumourRank(a) - rumourRank(b) ||
    b.from.earliest - a.from.earliest ||
    (b.from.instantMs ?? 0) - (a.from.instantMs ?? 0) ||
    descriptionOrder(a, b)
  );
}

/** At equal standing a planned count, or an upper bound, does not hide the count of what is there. */
function planRank(claim: Claim): number {
  if (!isCount(claim)) return 0;
  return claim.value.basis === 'planned' || claim.value.basis === 'upper-bound' ? 1 : 0;
}

function isCount(claim: Claim): claim is Claim<'count'> {
  return claim.attribute === 'count';
}

/** Positive where `b` beats `a`; the criteria of a description, in order. */
function descriptionOrder(a: Claim, b: Claim): number {
  return (
    rankOf(a.standing) - rankOf(b.standing) ||
    planRank(a) - planRank(b) ||
    b.reading.publication.latest - a.reading.publication.latest ||
    b.reading.position - a.reading.position
  );
}

function defeatOf(loser: Claim, winner: Claim, kind: 'state' | 'description'): Defeat {
  if (kind === 'state') {
    if (rumourRank(loser) > rumourRank(winner)) return 'a rumour gives way to what is better vouched for';
    if (loser.from.earliest !== winner.from.earliest || loser.from.instantMs !== winner.from.instantMs) {
      return 'superseded by a later state';
    }
  }
  if (loser.standing !== winner.standing) return 'lesser standing';
  if (planRank(loser) > planRank(winner)) return 'a plan gives way to what is there';
  return loser.reading.publication.latest === winner.reading.publication.latest
    ? 'recorded earlier'
    : 'published earlier';
}

/** Ranks candidates that hold; null where there is none. Throws a RangeError for a set, unless a kind is given. */
export function resolve<A extends Attribute>(
  candidates: readonly Claim<A>[],
  as?: 'state' | 'description',
): Resolved<A> | null {
  const [first] = candidates;
  if (first === undefined) return null;
  const kind = as ?? resolution[first.attribute];
  if (kind === 'set')
    throw new RangeError(`${first.attribute} is a set: its claims add up and none of them wins`);
  const order = kind === 'state' ? stateOrder : descriptionOrder;
  const [winner, ...losers] = candidates.toSorted(order);
  if (winner === undefined) return null;
  return { winner, losers: losers.map((claim) => ({ claim, because: defeatOf(claim, winner, kind) })) };
}

/** The claims of an attribute that hold at `asOf`. */
export function holding<A extends Attribute>(
  evidence: Evidence,
  subject: Subject,
  attribute: A,
  key?: string,
): readonly Claim<A>[] {
  return evidence.claims(subject, attribute, key).filter((claim) => holds(claim, evidence.clocks.asOf));
}

/** The resolution of an attribute at `asOf`, or null where nothing is claimed. */
export function resolved<A extends Attribute>(
  evidence: Evidence,
  subject: Subject,
  attribute: A,
  key?: string,
): Resolved<A> | null {
  return resolve(holding(evidence, subject, attribute, key));
}

/** A value that identifies or describes a subject: as it holds, or, before that, as it is first going to be. */
export function described<A extends Attribute>(
  evidence: Evidence,
  subject: Subject,
  attribute: A,
  key?: string,
): Resolved<A> | null {
  return (
    resolved(evidence, subject, attribute, key) ??
    resolve(evidence.claims(subject, attribute, key).slice(0, 1))
  );
}
