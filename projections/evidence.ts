/** What can be known at some clocks? The one interface through which every view sees the record. */
import type { EventId, Slug, Subject, SubjectKind } from '../events/identity.ts';
import type { EventTypeName, Recorded } from '../events/registry.ts';
import type { Attribute, Claim, Reading } from './claim.ts';
import type { Clocks } from './clocks.ts';

/** An event that speaks against another: a denial, a dispute, or one that says it corrects it. */
export interface Objection {
  readonly reading: Reading;
  readonly how: 'denies' | 'disputes' | 'corrects';
}

/** The visible part of the record; all lists in a fixed order, so that the same evidence gives the same bytes. */
export interface Evidence {
  readonly clocks: Clocks;
  /** The claims of an attribute of a subject, whenever they hold, by valid-from, then position. */
  claims<A extends Attribute>(subject: Subject, attribute: A, key?: string): readonly Claim<A>[];
  /** Every claim of a subject, in the same order. */
  allClaims(subject: Subject): readonly Claim[];
  /** The events that speak of a subject, in log order. */
  readings(subject: Subject): readonly Reading[];
  /** One event, or null where it is not visible. */
  reading(id: EventId): Reading | null;
  /** What speaks against an event, in log order; it counts whatever `asOf` says. */
  objections(id: EventId): readonly Objection[];
  /** The events that confirm, or follow up, an event, in log order. */
  repetitions(id: EventId): readonly Reading[];
  /** The visible subjects of a kind, sorted. */
  subjects(kind: SubjectKind): readonly Slug[];
  /** Every visible event, or every one of some types, in log order. */
  everything(types?: readonly EventTypeName[]): readonly Reading[];
  /** The events of some types up to the position, as recorded, in log order. */
  log(types: readonly EventTypeName[]): readonly Recorded[];
  /** One event as recorded, or null where it comes after the position. */
  recorded(id: EventId): Recorded | null;
}

/** Acts of an authority: one that corrects a rule changes the rule, and not what was said of it. */
const acts: ReadonlySet<string> = new Set([
  'RestrictionIssued',
  'RestrictionAmended',
  'RestrictionCorrected',
  'GuidanceIssued',
  'LetterIssued',
]);

/** The events that an event speaks against, and how. */
export function objectionsIn(
  event: Recorded,
): readonly { readonly to: EventId; readonly how: Objection['how'] }[] {
  if (event.relates.length === 0 && event.type !== 'ClaimDenied' && event.type !== 'TrainingDisputed')
    return noObjections;
  const corrected = event.relates
    .filter((relation) => relation.how === 'corrects' && !acts.has(event.type))
    .map((relation) => ({ to: relation.to, how: 'corrects' as const }));
  if (event.type === 'ClaimDenied') {
    return [...event.data.denies.map((to) => ({ to, how: 'denies' as const })), ...corrected];
  }
  if (event.type === 'TrainingDisputed') {
    return [...event.data.disputes.map((to) => ({ to, how: 'disputes' as const })), ...corrected];
  }
  return corrected;
}

const noObjections: ReturnType<typeof objectionsIn> = [];

/** The events that an event confirms or follows up. */
export function repeatedBy(event: Recorded): readonly EventId[] {
  if (event.relates.length === 0) return noEvents;
  return event.relates
    .filter((relation) => relation.how === 'confirms' || relation.how === 'follows')
    .map((relation) => relation.to);
}

const noEvents: readonly EventId[] = [];
