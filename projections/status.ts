/** How does what was said stand today: asserted, denied, disputed, corrected? */
import { slugOf } from '../events/identity.ts';
import type { Subject } from '../events/identity.ts';
import type { Reading } from './claim.ts';
import type { Evidence } from './evidence.ts';

export type ClaimStatus = 'asserted' | 'denied' | 'corrected' | 'retracted' | 'disputed';

function isLater(a: Reading, b: Reading): boolean {
  return (
    a.publication.latest - b.publication.latest > 0 ||
    (a.publication.latest === b.publication.latest && a.position > b.position)
  );
}

/** The parties that a subject is about: those with a role in the deal or cluster, the developer, the party itself. */
function partiesTo(evidence: Evidence, subject: Subject): ReadonlySet<string> {
  const inRoles = evidence.claims(subject, 'party').map((claim) => claim.value.party);
  const developers = evidence.claims(subject, 'developer').map((claim) => claim.value);
  const vendors = evidence.claims(subject, 'vendor').map((claim) => claim.value);
  return new Set([slugOf(subject), ...inRoles, ...developers, ...vendors]);
}

const reports: ReadonlySet<string> = new Set([
  'RentalDealReported',
  'PurchaseReported',
  'ClusterDisclosed',
  'SpendingPlanReported',
  'StockReported',
  'LicenseDecided',
]);

/** Whether an event says that something is so, as against an event that denies, disputes or corrects. */
function affirms(reading: Reading): boolean {
  const { event } = reading;
  if (event.type === 'DealUpdated')
    return event.data.stage === 'confirmed' || event.data.stage === 'completed';
  return reports.has(event.type);
}

/** A later confirmation by a party to it, or by an authority, ends a denial. */
function endsDenial(reading: Reading, denied: Reading, denial: Reading, evidence: Evidence): boolean {
  const { event } = reading;
  if (!isLater(reading, denial)) return false;
  const confirms = event.relates.some((to) => to.how === 'confirms' && to.to === denied.event.id);
  if (!confirms && !(affirms(reading) && event.subject.startsWith('deal:'))) return false;
  if (event.standing === 'official') return true;
  const speaker = event.attribution?.statementBy ?? null;
  return (
    event.standing === 'company' && speaker !== null && partiesTo(evidence, denied.event.subject).has(speaker)
  );
}

function isEnded(denied: Reading, denial: Reading, evidence: Evidence): boolean {
  const candidates = [...evidence.readings(denied.event.subject), ...evidence.repetitions(denied.event.id)];
  return candidates.some(
    (reading) => reading.event.id !== denied.event.id && endsDenial(reading, denied, denial, evidence),
  );
}

/** Whether this event merely repeats another: it confirms it, or follows it on the same subject, on no better word. */
function repeated(reading: Reading, evidence: Evidence): readonly Reading[] {
  const { event } = reading;
  if (event.standing === 'official' || event.standing === 'company' || !affirms(reading)) return [];
  return event.relates
    .filter((to) => to.how === 'confirms' || to.how === 'follows')
    .map((to) => evidence.reading(to.to))
    .filter((origin) => origin !== null)
    .filter((origin) => origin.event.subject === event.subject && affirms(origin));
}

function denialsOf(reading: Reading, evidence: Evidence): readonly Reading[] {
  return evidence
    .objections(reading.event.id)
    .filter((objection) => objection.how === 'denies')
    .map((objection) => objection.reading)
    .filter((denial) => !isEnded(reading, denial, evidence));
}

const isWhole = (denial: Reading) =>
  denial.event.type === 'ClaimDenied' && denial.event.data.scope === 'whole';

function isDenied(reading: Reading, evidence: Evidence, seen: ReadonlySet<string>): boolean {
  if (seen.has(reading.event.id)) return false;
  if (denialsOf(reading, evidence).some(isWhole)) return true;
  const next = new Set([...seen, reading.event.id]);
  return repeated(reading, evidence).some((origin) => isDenied(origin, evidence, next));
}

/** By evidence: a report is cited many times in one answer, and its status is the same each time. */
const remembered = new WeakMap<Evidence, Map<Reading, ClaimStatus>>();

/** The status of what an event says. Denials and disputes count as soon as they are known, whatever `asOf` says. */
export function statusOf(reading: Reading, evidence: Evidence): ClaimStatus {
  const statuses = remembered.get(evidence) ?? new Map<Reading, ClaimStatus>();
  remembered.set(evidence, statuses);
  const status = statuses.get(reading) ?? derivedStatus(reading, evidence);
  statuses.set(reading, status);
  return status;
}

function derivedStatus(reading: Reading, evidence: Evidence): ClaimStatus {
  if (isDenied(reading, evidence, new Set())) return 'denied';
  const disputed =
    denialsOf(reading, evidence).length > 0 ||
    evidence.objections(reading.event.id).some((objection) => objection.how !== 'denies');
  if (disputed) return 'disputed';
  return reading.corrected ? 'corrected' : 'asserted';
}

/** The denials, disputes and corrections that speak against an event, in log order. */
export function objectorsOf(reading: Reading, evidence: Evidence): readonly Reading[] {
  return evidence.objections(reading.event.id).map((objection) => objection.reading);
}
