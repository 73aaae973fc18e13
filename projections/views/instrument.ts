/** How does one rule, letter, bill or policy stand, what does it say, and what changes next? */
import { spanIn } from '../../events/dates.ts';
import type { Slug, Subject } from '../../events/identity.ts';
import { slugOf, subjectOf } from '../../events/identity.ts';
import type { Attribute, Claim, Reading } from '../claim.ts';
import { sinceOf, zoneOfInstrument } from '../claims/assert.ts';
import type { Moment } from '../clocks.ts';
import { dayAt, hasBegun } from '../clocks.ts';
import type { Evidence } from '../evidence.ts';
import { described, holds } from '../resolve.ts';
import { alternativesOf, begunReadings, claimList } from './claimList.ts';
import { actCounts, legalStatusOf, standingOf } from './legalStatus.ts';
import type { Standing } from './legalStatus.ts';
import type { Boundary } from './nextChange.ts';
import { boundariesOf, causeOf, dateText, nextOf } from './nextChange.ts';
import { oneOfEachKey, provisionDates, provisionEntry } from './provisions.ts';

const codeUnits = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** An instrument, the question about it, and the events on it that had happened by then (all, before it begins). */
interface Case {
  readonly evidence: Evidence;
  readonly subject: Subject;
  readonly standing: Standing;
  readonly happened: ReadonlySet<Reading>;
}

/** The developments that had taken place: on their own day, or as soon as anything that they claim holds. */
function happenedBy(evidence: Evidence, subject: Subject): Reading[] {
  const begun = new Set(begunReadings(evidence, subject));
  return evidence.readings(subject).filter((reading) => {
    const zone = zoneOfInstrument(reading.event.subject);
    return begun.has(reading) || hasBegun(sinceOf(reading.event, zone).from, zone, evidence.clocks.asOf);
  });
}

function caseOf(evidence: Evidence, subject: Subject): Case | null {
  const readings = evidence.readings(subject);
  if (readings.length === 0) return null;
  const standing = standingOf(evidence, subject);
  const happened = standing.legalStatus === 'not-yet' ? readings : happenedBy(evidence, subject);
  return { evidence, subject, standing, happened: new Set(happened) };
}

/** The claims of a set attribute that belong into the answer: those of events that had happened. */
function entriesOf<A extends Attribute>({ evidence, subject, happened }: Case, attribute: A): Claim<A>[] {
  return evidence.claims(subject, attribute).filter((claim) => happened.has(claim.reading));
}

type Named =
  | 'amends'
  | 'amendedBy'
  | 'supersedes'
  | 'supersededBy'
  | 'implements'
  | 'implementedBy'
  | 'interprets'
  | 'interpretedBy'
  | 'concerns'
  | 'concernedBy'
  | 'addressee'
  | 'recipient';

/** The slugs that hold, sorted; the instrument itself is never among those that it names. */
function slugsOf(of: Case, attribute: Named): Slug[] {
  const { evidence, standing, subject } = of;
  const claims = entriesOf(of, attribute).filter(
    (claim) => standing.legalStatus === 'not-yet' || holds(claim, evidence.clocks.asOf),
  );
  const slugs: Slug[] = claims.map((claim) => claim.value);
  return [...new Set(slugs)].filter((slug) => slug !== slugOf(subject)).toSorted(codeUnits);
}

type EffectivityPhase = 'upcoming' | 'running' | 'past';

/** A date is running on its own days; a period, or a suspension without an end, until it is over. */
function effectivityPhase(claim: Claim<'effectivity'>, asOf: Moment): EffectivityPhase {
  const { kind, on, until } = claim.value;
  const start = spanIn(on, claim.zone);
  if (!hasBegun(start, claim.zone, asOf)) return 'upcoming';
  if (until !== null) return hasBegun(spanIn(until, claim.zone), claim.zone, asOf) ? 'past' : 'running';
  return kind === 'suspended' || dayAt(asOf, claim.zone) <= start.latest ? 'running' : 'past';
}

function effectivityOf(of: Case) {
  return entriesOf(of, 'effectivity')
    .toSorted(
      (a, b) =>
        spanIn(a.value.on, a.zone).earliest - spanIn(b.value.on, b.zone).earliest ||
        codeUnits(a.value.kind, b.value.kind) ||
        codeUnits(a.value.scope, b.value.scope),
    )
    .map((claim) => ({ ...claim.value, phase: effectivityPhase(claim, of.evidence.clocks.asOf) }));
}

function suspensionPhase(claim: Claim<'suspension'>, asOf: Moment): EffectivityPhase {
  if (!hasBegun(claim.from, claim.zone, asOf)) return 'upcoming';
  return claim.until !== null && hasBegun(claim.until, claim.zone, asOf) ? 'past' : 'running';
}

/** `provisions` null: the whole instrument stops. `counts`: false while the instrument that suspends it is itself stopped. */
function suspensionsOf(of: Case) {
  return entriesOf(of, 'suspension').map((claim) => ({
    from: claim.value.from,
    until: claim.value.until,
    by: claim.value.by,
    provisions: claim.value.provisions ?? null,
    phase: suspensionPhase(claim, of.evidence.clocks.asOf),
    counts: actCounts(of.evidence, claim.reading),
    event: claim.reading.event.id,
  }));
}

function decisionsOf(of: Case) {
  return entriesOf(of, 'decision').map((claim) => ({
    ...claim.value,
    on: dateText(claim.from),
    event: claim.reading.event.id,
  }));
}

/** The last step of a bill, and all of them in order; null for what is no bill. */
function billOf(of: Case) {
  const steps = entriesOf(of, 'billStep').map((claim) => {
    const { bill, congress, chamber, step, vote } = claim.value;
    return { bill, congress, chamber, step, vote, on: dateText(claim.from), event: claim.reading.event.id };
  });
  const last = steps.at(-1);
  return last === undefined ? null : { ...last, steps };
}

const descriptions = ['title', 'form', 'jurisdiction', 'authority', 'citation'] as const;

/** The first summary of an instrument that no event gives a title. */
function firstSummary({ evidence, subject }: Case): string | null {
  const [first] = evidence
    .readings(subject)
    .filter((reading) => reading.event.subject === subject)
    .toSorted((a, b) => a.publication.latest - b.publication.latest || a.position - b.position);
  return first === undefined ? null : first.event.summary;
}

function descriptionOf({ evidence, subject }: Case) {
  const value = <A extends (typeof descriptions)[number]>(attribute: A) =>
    described(evidence, subject, attribute)?.winner.value ?? null;
  return {
    title: value('title'),
    form: value('form'),
    jurisdiction: value('jurisdiction'),
    authority: value('authority'),
    citation: value('citation'),
  };
}

function datesOf(evidence: Evidence, subject: Subject): Boundary[] {
  const printed = evidence.claims(subject, 'effectivity').flatMap((claim) => {
    const because = causeOf(claim.reading);
    const { on, until } = claim.value;
    return [on, ...(until === null ? [] : [until])].map((date) => ({
      at: spanIn(date, claim.zone),
      zone: claim.zone,
      because,
    }));
  });
  return [
    ...boundariesOf(evidence.allClaims(subject)),
    ...printed,
    ...provisionDates(evidence, slugOf(subject)),
  ];
}

/** Sources that disagree about what the instrument is or how it stands; a report of what is long issued is none. */
function disagreementsIn({ evidence, subject }: Case) {
  const status = legalStatusOf(evidence, subject);
  const firm =
    status === null
      ? null
      : {
          winner: status.winner,
          losers: status.losers.filter(
            (loser) => loser.because !== 'a report or proposal does not lower what is issued',
          ),
        };
  return alternativesOf([...descriptions.map((attribute) => described(evidence, subject, attribute)), firm]);
}

function headOf(of: Case) {
  const { evidence, subject, standing } = of;
  const { title, ...description } = descriptionOf(of);
  return {
    id: slugOf(subject),
    title: title ?? firstSummary(of),
    ...description,
    ...standing,
    effectivity: effectivityOf(of),
    suspensions: suspensionsOf(of),
    decisions: decisionsOf(of),
    bill: billOf(of),
    recipient: described(evidence, subject, 'recipient')?.winner.value ?? null,
    recipients: slugsOf(of, 'recipient'),
    addressees: slugsOf(of, 'addressee'),
    amends: slugsOf(of, 'amends'),
    amendedBy: slugsOf(of, 'amendedBy'),
    supersedes: slugsOf(of, 'supersedes'),
    supersededBy: slugsOf(of, 'supersededBy'),
    implements: slugsOf(of, 'implements'),
    implementedBy: slugsOf(of, 'implementedBy'),
    interprets: slugsOf(of, 'interprets'),
    interpretedBy: slugsOf(of, 'interpretedBy'),
    concerns: slugsOf(of, 'concerns'),
    concernedBy: slugsOf(of, 'concernedBy'),
    alternatives: disagreementsIn(of),
    nextChange: nextOf(datesOf(evidence, subject), evidence.clocks.asOf),
  };
}

/** An instrument as lists have it, without its provisions and claims; null where nothing visible speaks of it. */
export function instrumentSummary(evidence: Evidence, slug: Slug) {
  const of = caseOf(evidence, subjectOf('instrument', slug));
  return of === null ? null : headOf(of);
}
export type InstrumentSummary = NonNullable<ReturnType<typeof instrumentSummary>>;

/**
 * An instrument (http-api.md); null where nothing visible speaks of it. `title`: the winner, or the first summary where
 * no event gives one; null where only other instruments name it. `recipient` null: not a letter, or to whom is unknown;
 * where several letters make one instrument, `recipients` has all.
 */
export function instrumentView(evidence: Evidence, slug: Slug) {
  const of = caseOf(evidence, subjectOf('instrument', slug));
  if (of === null) return null;
  return {
    ...headOf(of),
    provisions: oneOfEachKey(evidence, entriesOf(of, 'provision')).map((claim) =>
      provisionEntry(evidence, claim),
    ),
    claims: claimList(of.happened, evidence),
  };
}
export type InstrumentView = NonNullable<ReturnType<typeof instrumentView>>;
