/** What is scheduled to begin, to be due or to end in the days after the question? */
import type { Span, Zone } from '../../events/dates.ts';
import { addDays, dayText, spanIn } from '../../events/dates.ts';
import type { Slug, Subject } from '../../events/identity.ts';
import { subjectOf } from '../../events/identity.ts';
import type { Effectivity } from '../../events/values.ts';
import type { Claim } from '../claim.ts';
import { dayAt, hasBegun } from '../clocks.ts';
import type { Evidence } from '../evidence.ts';
import { described } from '../resolve.ts';
import { standingOf } from './legalStatus.ts';
import { actorOf, dateText } from './nextChange.ts';
import { oneOfEachKey, provisionSteps } from './provisions.ts';

/** What comes on the day. `…-end`: the first day on which it no longer holds. */
export type StepKind =
  | Effectivity['kind']
  | `${Effectivity['kind']}-end`
  | 'suspension'
  | 'suspension-end'
  | 'provision'
  | 'provision-end'
  | 'enforcement-change'
  | 'end';

/** One dated step of an instrument, and the claim that sets it. */
export interface Step {
  readonly at: Span;
  readonly zone: Zone;
  readonly kind: StepKind;
  readonly scope: string;
  readonly provisions: readonly string[];
  readonly claim: Claim;
}

function ends(start: Step, until: Span | null, kind: StepKind): Step[] {
  return until === null ? [start] : [start, { ...start, at: until, kind }];
}

function effectivitySteps(evidence: Evidence, subject: Subject): Step[] {
  return evidence.claims(subject, 'effectivity').flatMap((claim) => {
    const { kind, on, until, scope } = claim.value;
    const start = { at: spanIn(on, claim.zone), zone: claim.zone, kind, scope, provisions: [], claim };
    return ends(start, until === null ? null : spanIn(until, claim.zone), `${kind}-end`);
  });
}

function suspensionSteps(evidence: Evidence, subject: Subject): Step[] {
  return evidence.claims(subject, 'suspension').flatMap((claim) => {
    const keys = claim.value.provisions;
    const scope = keys === undefined ? 'the whole instrument' : 'single provisions';
    const start = {
      at: claim.from,
      zone: claim.zone,
      kind: 'suspension' as const,
      scope,
      provisions: keys ?? [],
      claim,
    };
    return ends(start, claim.until, 'suspension-end');
  });
}

/** The provisions of one event that begin, or end, on the same day are one step. */
function provisionStepsOf(evidence: Evidence, subject: Subject): Step[] {
  const steps = new Map<string, Step>();
  for (const claim of oneOfEachKey(evidence, evidence.claims(subject, 'provision'))) {
    for (const { at, isEnd, by } of provisionSteps(evidence, claim)) {
      const kind = isEnd ? 'provision-end' : 'provision';
      const key = `${kind} ${dateText(at)} ${by.reading.event.id}`;
      const provisions = [...(steps.get(key)?.provisions ?? []), claim.value.key];
      const scope = provisions.length === 1 ? claim.value.text : `${provisions.length} provisions`;
      steps.set(key, { at, zone: claim.zone, kind, scope, provisions, claim: by });
    }
  }
  return [...steps.values()];
}

function statusSteps(evidence: Evidence, subject: Subject): Step[] {
  const enforcement = evidence.claims(subject, 'enforcement').map((claim) => ({
    at: claim.from,
    zone: claim.zone,
    kind: 'enforcement-change' as const,
    scope: claim.value,
    provisions: [],
    claim,
  }));
  const endings = evidence
    .claims(subject, 'legalStatus')
    .filter((claim) => claim.reading.event.type === 'RestrictionEnded')
    .map((claim) => ({
      at: claim.from,
      zone: claim.zone,
      kind: 'end' as const,
      scope: claim.value,
      provisions: [],
      claim,
    }));
  return [...enforcement, ...endings];
}

/** Every dated step of an instrument, whenever it is. */
export function stepsOf(evidence: Evidence, slug: Slug): Step[] {
  const subject = subjectOf('instrument', slug);
  return [
    ...effectivitySteps(evidence, subject),
    ...suspensionSteps(evidence, subject),
    ...provisionStepsOf(evidence, subject),
    ...statusSteps(evidence, subject),
  ];
}

function isWithin(step: Step, days: number, evidence: Evidence): boolean {
  const { asOf } = evidence.clocks;
  return !hasBegun(step.at, step.zone, asOf) && step.at.earliest <= addDays(dayAt(asOf, step.zone), days);
}

function itemOf(step: Step, slug: Slug, evidence: Evidence) {
  const subject = subjectOf('instrument', slug);
  const { legalStatus, enforcement, enforcementAssumed } = standingOf(evidence, subject);
  return {
    on: dateText(step.at),
    day: dayText(step.at.earliest),
    precise: step.at.earliest === step.at.latest,
    kind: step.kind,
    instrument: slug,
    title: described(evidence, subject, 'title')?.winner.value ?? null,
    scope: step.scope,
    provisions: step.provisions,
    by: actorOf(step.claim.reading),
    legalStatus,
    enforcement,
    enforcementAssumed,
    event: step.claim.reading.event.id,
    publishedOn: step.claim.reading.event.publishedOn,
  };
}
export type UpcomingItem = ReturnType<typeof itemOf>;

/** Items by day, then by what they are about; the same evidence gives the same order. */
function inOrder(a: UpcomingItem, b: UpcomingItem): number {
  const [one, other] = [a, b].map((item) =>
    [item.day, item.instrument, item.kind, item.scope, item.event].join('\n'),
  );
  return one === other ? 0 : (one ?? '') < (other ?? '') ? -1 : 1;
}

/**
 * The dates after `asOf`, up to so many days later, on which something begins, is due or ends as far as is visible,
 * earliest first. `on` as printed; where it is imprecise (`precise` false) its first day counts. `legalStatus`,
 * `enforcement` and whether that is only assumed are those of `asOf`: a date of a rule that is not enforced is still on the calendar.
 */
export function upcomingView(evidence: Evidence, days: number): UpcomingItem[] {
  return evidence
    .subjects('instrument')
    .flatMap((slug) =>
      stepsOf(evidence, slug)
        .filter((step) => isWithin(step, days, evidence))
        .map((step) => itemOf(step, slug, evidence)),
    )
    .toSorted(inOrder);
}
