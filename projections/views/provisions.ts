/** Which sentences of an instrument bind on the day, since when, and what ended the others? */
import type { Span, Zone } from '../../events/dates.ts';
import { spanIn } from '../../events/dates.ts';
import type { Subject } from '../../events/identity.ts';
import { subjectOf } from '../../events/identity.ts';
import type { ProvisionDate } from '../../events/provision.ts';
import type { Claim } from '../claim.ts';
import { hasBegun, isUncertain } from '../clocks.ts';
import type { Evidence } from '../evidence.ts';
import { isDateUncertain } from '../resolve.ts';
import { actCounts, ended, legalStatusOf } from './legalStatus.ts';
import type { Boundary } from './nextChange.ts';
import { causeOf, dateText } from './nextChange.ts';

type ProvisionClaim = Claim<'provision'>;
type Truth = boolean | 'unknown';

/**
 * How a provision stands. `non-binding`: its event reports, proposes or announces; `unknown`: the day falls inside an
 * imprecise date, or the record does not say whether its instrument binds.
 */
export type Phase = 'not-yet' | 'binding' | 'suspended' | 'ended' | 'non-binding' | 'unknown';

function spanOf(date: ProvisionDate, zone: Zone): Span {
  if (typeof date === 'string') return spanIn(date, zone);
  const { earliest } = spanIn(date.earliest, zone);
  return { earliest, latest: spanIn(date.latest, zone).latest, instantMs: null };
}

/** The day of effect of the event that carries the provision: in force, or for an amendment its effective date. */
function effectOf(evidence: Evidence, claim: ProvisionClaim): Span {
  const statuses = evidence.claims(claim.subject, 'legalStatus');
  const status = statuses.find((one) => one.reading === claim.reading && one.value === 'in-force');
  if (status !== undefined) return status.from;
  const dates = evidence
    .claims(claim.subject, 'effectivity')
    .filter((one) => one.reading === claim.reading && one.value.kind === 'effective')
    .map((one) => spanIn(one.value.on, claim.zone))
    .toSorted((a, b) => a.earliest - b.earliest);
  return dates[0] ?? claim.from;
}

/** When a provision begins to bind: on its own date, else with its event. */
export function beginningOf(evidence: Evidence, claim: ProvisionClaim): Span {
  return claim.value.from === null ? effectOf(evidence, claim) : spanOf(claim.value.from, claim.zone);
}

function endOf(claim: ProvisionClaim): Span | null {
  return claim.value.until === null ? null : spanOf(claim.value.until, claim.zone);
}

function hasPassed(date: Span, zone: Zone, evidence: Evidence): Truth {
  const { asOf } = evidence.clocks;
  if (!hasBegun(date, zone, asOf)) return false;
  return isUncertain(date, zone, asOf) ? 'unknown' : true;
}

const both = (a: Truth, b: Truth): Truth => (a === false || b === false ? false : a === true ? b : a);

/** A removal speaks of the provisions that were published before it, never of those that its own event brings. */
function removalsOf(evidence: Evidence, claim: ProvisionClaim): readonly Claim<'removal'>[] {
  const { reading } = claim;
  return evidence
    .claims(claim.subject, 'removal')
    .filter((removal) => removal.value.keys.includes(claim.value.key) && removal.reading !== reading)
    .filter((removal) => removal.reading.publication.latest >= reading.publication.latest);
}

interface End {
  readonly holds: Truth;
  readonly on: Span;
  readonly by: string | null;
  readonly why: string | null;
}

function endsOf(evidence: Evidence, claim: ProvisionClaim): End[] {
  const removals = removalsOf(evidence, claim).map((removal): End => {
    const holds = both(hasPassed(removal.from, removal.zone, evidence), actCounts(evidence, removal.reading));
    return { holds, on: removal.from, by: removal.value.by, why: removal.value.why };
  });
  const until = endOf(claim);
  if (until === null) return removals;
  return [...removals, { holds: hasPassed(until, claim.zone, evidence), on: until, by: null, why: null }];
}

/** The end that counts: the earliest that surely holds, else one that may. */
function endOn(evidence: Evidence, claim: ProvisionClaim): End | null {
  const ends = endsOf(evidence, claim).toSorted((a, b) => a.on.earliest - b.on.earliest);
  return ends.find((end) => end.holds === true) ?? ends.find((end) => end.holds === 'unknown') ?? null;
}

/** What an announcement says in plain text binds nobody; how an authority reads a rule counts as soon as it says so. */
function isBinding(claim: ProvisionClaim): boolean {
  const { event } = claim.reading;
  if (event.type === 'BillAdvanced') return event.data.step === 'enacted';
  if (event.type === 'PolicyStated') return claim.value.kind !== 'text';
  return event.type !== 'RestrictionReported' && event.type !== 'RestrictionProposed';
}

function isSuspendedAlone(evidence: Evidence, claim: ProvisionClaim): boolean {
  return evidence
    .claims(claim.subject, 'suspension')
    .filter((suspension) => suspension.value.provisions?.includes(claim.value.key) === true)
    .some(
      (suspension) =>
        hasPassed(suspension.from, suspension.zone, evidence) !== false &&
        (suspension.until === null || hasPassed(suspension.until, suspension.zone, evidence) === false) &&
        actCounts(evidence, suspension.reading) !== false,
    );
}

/** How the instrument as a whole stands in the way of its provisions; null where it does not. */
function stoppedBy(evidence: Evidence, subject: Subject): Phase | null {
  const status = legalStatusOf(evidence, subject)?.winner ?? null;
  if (status === null) return null;
  const isOver = ended.has(status.value);
  if (!isOver && status.value !== 'suspended') return status.value === 'unknown' ? 'unknown' : null;
  if (isDateUncertain(status, evidence.clocks.asOf)) return 'unknown';
  return isOver ? 'ended' : 'suspended';
}

function phaseOf(evidence: Evidence, claim: ProvisionClaim, stopped: Phase | null, end: End | null): Phase {
  if (stopped === 'ended' || end?.holds === true) return 'ended';
  if (!isBinding(claim)) return 'non-binding';
  const begun = hasPassed(beginningOf(evidence, claim), claim.zone, evidence);
  if (begun === false) return 'not-yet';
  if (stopped === 'suspended' || isSuspendedAlone(evidence, claim)) return 'suspended';
  return begun === 'unknown' || stopped === 'unknown' || end !== null ? 'unknown' : 'binding';
}

/** What ended a provision: itself or another rule, or the end of its instrument. */
function endText(evidence: Evidence, claim: ProvisionClaim, phase: Phase, end: End | null) {
  if (phase !== 'ended') return { endedOn: null, endedBy: null, endedWhy: null };
  if (end?.holds === true) return { endedOn: dateText(end.on), endedBy: end.by, endedWhy: end.why };
  const status = legalStatusOf(evidence, claim.subject)?.winner;
  const event = status?.reading.event;
  const by = event?.type === 'RestrictionEnded' ? event.data.by : null;
  return { endedOn: status === undefined ? null : dateText(status.from), endedBy: by, endedWhy: null };
}

/**
 * One provision as an answer prints it: all its fields as recorded, and how it stands. `begins`: the day on which it
 * binds, its own or that of its event; null where it binds nobody.
 */
export function provisionEntry(evidence: Evidence, claim: ProvisionClaim) {
  const end = endOn(evidence, claim);
  const phase = phaseOf(evidence, claim, stoppedBy(evidence, claim.subject), end);
  return {
    ...claim.value,
    event: claim.reading.event.id,
    phase,
    begins: isBinding(claim) ? dateText(beginningOf(evidence, claim)) : null,
    ...endText(evidence, claim, phase, end),
  };
}

/** Positive where `b` is the better reading of one key: what binds, what has begun, the later one. */
function betterOfOneKey(evidence: Evidence, a: ProvisionClaim, b: ProvisionClaim): number {
  const begun = (claim: ProvisionClaim) =>
    hasBegun(beginningOf(evidence, claim), claim.zone, evidence.clocks.asOf) ? 1 : 0;
  return (
    Number(isBinding(b)) - Number(isBinding(a)) ||
    begun(b) - begun(a) ||
    b.reading.publication.latest - a.reading.publication.latest ||
    b.reading.position - a.reading.position
  );
}

/** Of several events that carry the same key, as the steps of a bill do, the one that counts. */
export function oneOfEachKey(evidence: Evidence, claims: readonly ProvisionClaim[]): ProvisionClaim[] {
  const best = new Map<string, ProvisionClaim>();
  for (const claim of claims) {
    const other = best.get(claim.value.key);
    if (other === undefined || betterOfOneKey(evidence, other, claim) > 0) best.set(claim.value.key, claim);
  }
  return claims.filter((claim) => best.get(claim.value.key) === claim);
}

/** A date of a provision, and the claim that sets it: its own, or the removal. */
export interface ProvisionStep {
  readonly at: Span;
  readonly isEnd: boolean;
  readonly by: ProvisionClaim | Claim<'removal'>;
}

/** When a provision begins to bind, unless its event only proposes it, and when it is to end. */
export function provisionSteps(evidence: Evidence, claim: ProvisionClaim): ProvisionStep[] {
  const until = endOf(claim);
  return [
    ...(isBinding(claim) ? [{ at: beginningOf(evidence, claim), isEnd: false, by: claim }] : []),
    ...(until === null ? [] : [{ at: until, isEnd: true, by: claim }]),
    ...removalsOf(evidence, claim).map((removal) => ({ at: removal.from, isEnd: true, by: removal })),
  ];
}

/** The dates of an instrument's provisions: when they bind, and when they end. */
export function provisionDates(evidence: Evidence, slug: string): Boundary[] {
  return evidence.claims(subjectOf('instrument', slug), 'provision').flatMap((claim) =>
    provisionSteps(evidence, claim).map(({ at, by }) => ({
      at,
      zone: claim.zone,
      because: causeOf(by.reading),
    })),
  );
}
