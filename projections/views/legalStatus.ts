/** Does an instrument bind on the day, and is it enforced? Two separate attributes (events.md). */
import type { EventTypeName } from '../../events/registry.ts';
import { subjectOf } from '../../events/identity.ts';
import type { Subject } from '../../events/identity.ts';
import type { Attributes, Claim, LegalStatus, Reading } from '../claim.ts';
import { hasBegun } from '../clocks.ts';
import type { Evidence } from '../evidence.ts';
import type { Resolved } from '../resolve.ts';
import { holding, holds, isDateUncertain, resolve } from '../resolve.ts';
import { actorOf, dateText } from './nextChange.ts';

type Truth = boolean | 'unknown';
type StatusClaim = Claim<'legalStatus'>;
/** The instruments whose acts are being weighed, so that two that stop each other do not ask for ever. */
type Seen = ReadonlySet<Subject>;
const nobody: Seen = new Set();

const weak: ReadonlySet<LegalStatus> = new Set(['reported', 'proposed']);
const binding: ReadonlySet<LegalStatus> = new Set(['issued', 'in-force']);
/** The statuses after which an instrument binds no longer. */
export const ended: ReadonlySet<LegalStatus> = new Set([
  'rescinded',
  'superseded',
  'expired',
  'withdrawn',
  'vacated',
]);

const isWeak = (claim: StatusClaim) => weak.has(claim.value);
const isFirm = (claim: StatusClaim) => claim.standing !== 'rumoured' && binding.has(claim.value);

/**
 * Whether what an event does to its subject counts: not while the instrument that acts is suspended or not enforced,
 * and not while it is only proposed (determination.md: "what an unenforced rule would remove stays").
 */
export function actCounts(evidence: Evidence, reading: Reading, seen: Seen = nobody): Truth {
  const by = actorOf(reading);
  if (by === null) return true;
  const actor = subjectOf('instrument', by);
  if (actor === reading.event.subject || seen.has(actor)) return true;
  const status = statusClaims(evidence, actor, seen)?.winner ?? null;
  if (status !== null && (status.value === 'suspended' || isWeak(status))) return false;
  const enforcement = enforcementGiven(evidence, actor, status, seen).value;
  if (enforcement === 'not-enforced') return false;
  return enforcement === 'unknown' ? 'unknown' : true;
}

function onlyWhatCounts<C extends Claim>(evidence: Evidence, claims: readonly C[], seen: Seen): C[] {
  const [first] = claims;
  if (first === undefined) return [];
  const asking = new Set([...seen, first.subject]);
  return claims.filter(
    (claim) => isNoAct(claim.reading) || actCounts(evidence, claim.reading, asking) !== false,
  );
}

const acts: ReadonlySet<EventTypeName> = new Set(['RestrictionSuspended', 'EnforcementChanged']);
const isNoAct = (reading: Reading) => !acts.has(reading.event.type);

/** A suspension that ran out leaves `unknown` unless an event published after it says more. */
function isAnswered(unknown: StatusClaim, others: readonly StatusClaim[]): boolean {
  return others.some(
    (other) =>
      other.value !== 'unknown' &&
      !isWeak(other) &&
      other.reading !== unknown.reading &&
      other.reading.publication.latest > unknown.reading.publication.latest,
  );
}

/** Press reports do not lower what is proposed; reports and proposals do not lower what is issued or in force. */
function withoutLowering(evidence: Evidence, candidates: readonly StatusClaim[]): readonly StatusClaim[] {
  const [first] = candidates;
  if (first === undefined) return candidates;
  const asOf = evidence.clocks.asOf;
  const everBinding = evidence
    .claims(first.subject, 'legalStatus')
    .some((claim) => isFirm(claim) && hasBegun(claim.from, claim.zone, asOf));
  if (everBinding) return candidates.filter((claim) => !isWeak(claim));
  const withoutReports = candidates.filter((claim) => claim.value !== 'reported');
  return resolve(withoutReports)?.winner.value === 'proposed' ? withoutReports : candidates;
}

/** Whether an authority has announced the matter since it was reported or proposed; such a policy has no legal status. */
function isAnnouncedSince(evidence: Evidence, status: StatusClaim): boolean {
  return evidence
    .claims(status.subject, 'title')
    .filter((title) => title.reading.event.type === 'PolicyStated' && title.standing === 'official')
    .some((title) => title.from.earliest >= status.from.earliest && holds(title, evidence.clocks.asOf));
}

function statusClaims(evidence: Evidence, subject: Subject, seen: Seen): Resolved<'legalStatus'> | null {
  const begun = onlyWhatCounts(evidence, holding(evidence, subject, 'legalStatus'), seen);
  const counting = withoutLowering(evidence, begun).filter(
    (claim) => claim.value !== 'unknown' || !isAnswered(claim, begun),
  );
  const found = resolve(counting);
  if (found === null || (isWeak(found.winner) && isAnnouncedSince(evidence, found.winner))) return null;
  const lowering = begun.filter((claim) => isWeak(claim) && !counting.includes(claim));
  return {
    winner: found.winner,
    losers: [
      ...found.losers,
      ...lowering.map((claim) => ({
        claim,
        because: 'a report or proposal does not lower what is issued' as const,
      })),
    ],
  };
}

/**
 * The legal status at `asOf`, and what lost; null where no event gives one, or none has begun. A report that an
 * authority has since turned into an announced policy has none.
 */
export function legalStatusOf(evidence: Evidence, subject: Subject): Resolved<'legalStatus'> | null {
  return statusClaims(evidence, subject, nobody);
}

/** `assumed`: no event says so; what is in force is taken to be enforced. */
export interface Enforcement {
  readonly value: Attributes['enforcement'] | null;
  readonly assumed: boolean;
  readonly claim: Claim<'enforcement'> | null;
}
const notStated: Enforcement = { value: null, assumed: false, claim: null };

function enforcementGiven(
  evidence: Evidence,
  subject: Subject,
  status: StatusClaim | null,
  seen: Seen,
): Enforcement {
  if (status !== null && (isWeak(status) || status.value === 'issued')) return notStated;
  const counting = onlyWhatCounts(evidence, holding(evidence, subject, 'enforcement'), seen);
  const speaking = counting.filter(
    (claim) => status === null || status.value === 'in-force' || claim.from.earliest >= status.from.earliest,
  );
  const claim = resolve(speaking)?.winner ?? null;
  if (claim !== null) return { value: claim.value, assumed: false, claim };
  if (status?.value === 'in-force') return { value: 'enforced', assumed: true, claim: null };
  return status?.value === 'unknown' ? { value: 'unknown', assumed: true, claim: null } : notStated;
}

/**
 * Whether it is enforced: null before it is in force, and once it has ended or is suspended unless an event since then
 * says so; where the legal status itself is unknown, so is this.
 */
export function enforcementOf(evidence: Evidence, subject: Subject, status: StatusClaim | null): Enforcement {
  return enforcementGiven(evidence, subject, status, nobody);
}

/** The claims of an instrument's own events, or of all where only others name it. */
function ownClaims(evidence: Evidence, subject: Subject): readonly Claim[] {
  const all = evidence.allClaims(subject);
  const own = all.filter((claim) => claim.reading.event.subject === subject);
  return own.length > 0 ? own : all;
}

function earliest<C extends Claim>(claims: readonly C[], evidence: Evidence): C | null {
  return claims.find((claim) => !hasBegun(claim.from, claim.zone, evidence.clocks.asOf)) ?? null;
}

function reasonFor(claim: StatusClaim): string | null {
  if (claim.value !== 'unknown') return null;
  const until = dateText(claim.from);
  return `The suspension ran until ${until}, and the record does not say whether it was extended or the instrument binds again.`;
}

/** Legal status and enforcement as an answer prints them. */
export interface Standing {
  readonly legalStatus: LegalStatus | 'not-yet' | null;
  /** When it begins, where it has not; null: it has begun, or nothing says when. */
  readonly begins: string | null;
  /** Why the status is unknown, or why there is none (`legalStatus` null); else null. */
  readonly legalStatusReason: string | null;
  /** Nobody says when the status began, so it counts from publication. */
  readonly legalStatusAssumed: boolean;
  /** The question falls inside an imprecise date of the status. */
  readonly dateUncertain: boolean;
  readonly since: { readonly on: string; readonly assumed: boolean } | null;
  /** The instrument that suspended or ended it; null: none, or not named. */
  readonly legalStatusBy: string | null;
  readonly enforcement: Enforcement['value'];
  readonly enforcementAssumed: boolean;
}

/** Why no event that has begun gives a legal status; `begun`: the claims that have. */
function reasonForNone(subject: Subject, begun: readonly Claim[], begins: string | null): string {
  const types = [...new Set(begun.map((claim) => claim.reading.event.type))].toSorted();
  const later = begins === null ? '' : ` It has one from ${begins}.`;
  if (begun.every((claim) => claim.reading.event.subject !== subject))
    return `Only events on others name it; none of its own gives it a legal status.${later}`;
  if (types.includes('PolicyStated'))
    return `It was announced as a policy or statement, which has no legal status of its own; a rule or letter that carries it out is an instrument of its own.${later}`;
  return `No event of the record that counts reports, proposes or issues it; what there is of it (${types.join(', ')}) gives no legal status.${later}`;
}

function withoutStatus(
  evidence: Evidence,
  subject: Subject,
): Omit<Standing, 'enforcement' | 'enforcementAssumed'> {
  const own = ownClaims(evidence, subject);
  const asOf = evidence.clocks.asOf;
  const begun = own.filter((claim) => hasBegun(claim.from, claim.zone, asOf));
  const first = begun.find((claim) => claim.reading.event.type === 'PolicyStated') ?? begun[0] ?? null;
  const next = earliest(evidence.claims(subject, 'legalStatus'), evidence);
  const beginning = next ?? (first === null ? earliest(own, evidence) : null);
  const begins = beginning === null ? null : dateText(beginning.from);
  return {
    legalStatus: first === null ? 'not-yet' : null,
    begins,
    legalStatusReason: first === null ? null : reasonForNone(subject, begun, begins),
    legalStatusAssumed: false,
    dateUncertain: first !== null && isDateUncertain(first, asOf),
    since: first === null ? null : { on: dateText(first.from), assumed: first.assumed },
    legalStatusBy: null,
  };
}

/** How an instrument stands at `asOf`. */
export function standingOf(evidence: Evidence, subject: Subject): Standing {
  const status = legalStatusOf(evidence, subject)?.winner ?? null;
  const { value, assumed } = enforcementOf(evidence, subject, status);
  const enforcement = { enforcement: value, enforcementAssumed: assumed };
  if (status === null) return { ...withoutStatus(evidence, subject), ...enforcement };
  return {
    legalStatus: status.value,
    begins: null,
    legalStatusReason: reasonFor(status),
    legalStatusAssumed: status.assumed,
    dateUncertain: isDateUncertain(status, evidence.clocks.asOf),
    since: { on: dateText(status.from), assumed: status.assumed },
    legalStatusBy: status.value === 'suspended' || ended.has(status.value) ? actorOf(status.reading) : null,
    ...enforcement,
  };
}
