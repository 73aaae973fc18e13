/** What is different between two points on the clocks, and which events make it so? */
import type { EventId, Subject } from '../../events/identity.ts';
import { subjectKinds, subjectOf } from '../../events/identity.ts';
import type { Attributes, Attribute } from '../claim.ts';
import type { Evidence } from '../evidence.ts';
import type { Fact } from '../facts.ts';
import { factsOf } from '../facts.ts';
import { isKeeper, keeperTypes } from '../readings.ts';
import { isSame } from './claimList.ts';

/** One value that differs; null: nothing holds on that side. `status`: of the event that gives the value. */
export interface Difference {
  readonly subject: Subject;
  readonly attribute: Attribute | 'status';
  readonly key: string;
  readonly before: Attributes[Attribute] | string | null;
  readonly after: Attributes[Attribute] | string | null;
  readonly because: readonly EventId[];
}

const nameOf = (fact: Fact) => `${fact.attribute} ${fact.key}`;

/** By event, the corrections and retractions of it that are visible. */
type KeptBy = ReadonlyMap<EventId, readonly EventId[]>;

function keptBy(evidence: Evidence): KeptBy {
  const kept = new Map<EventId, EventId[]>();
  for (const event of evidence.log(keeperTypes)) {
    if (!isKeeper(event) || evidence.reading(event.id) === null) continue;
    kept.set(event.data.event, [...(kept.get(event.data.event) ?? []), event.id]);
  }
  return kept;
}

/** The two sides of a comparison. */
interface Sides {
  readonly from: Evidence;
  readonly to: Evidence;
  readonly keptFrom: KeptBy;
  readonly keptTo: KeptBy;
}

function onOneSide(before: readonly EventId[], after: readonly EventId[]): EventId[] {
  return [...after.filter((one) => !before.includes(one)), ...before.filter((one) => !after.includes(one))];
}

function objectionsBetween(id: EventId, { from, to }: Sides): EventId[] {
  const ids = (evidence: Evidence) => evidence.objections(id).map((objection) => objection.reading.event.id);
  return onOneSide(ids(from), ids(to));
}

/** The event that gives the new value, else the one whose value is gone; and what corrected or retracted either. */
function causesOf(before: Fact | undefined, after: Fact | undefined, sides: Sides): EventId[] {
  const ids = [after, before].flatMap((fact) => (fact === undefined ? [] : [fact.claim.reading.event.id]));
  const keepers = ids.flatMap((id) => onOneSide(sides.keptFrom.get(id) ?? [], sides.keptTo.get(id) ?? []));
  return [...new Set([...ids.slice(0, 1), ...keepers])];
}

function differenceOf(before: Fact | undefined, after: Fact | undefined, sides: Sides): Difference[] {
  const fact = after ?? before;
  if (fact === undefined) return [];
  const { subject, attribute, key } = fact;
  if (before === undefined || after === undefined || !isSame(before.value, after.value)) {
    const because = causesOf(before, after, sides);
    return [{ subject, attribute, key, before: before?.value ?? null, after: after?.value ?? null, because }];
  }
  if (before.status === after.status) return [];
  const because = objectionsBetween(after.claim.reading.event.id, sides);
  return [
    { subject, attribute: 'status', key: nameOf(after), before: before.status, after: after.status, because },
  ];
}

function diffOf(subject: Subject, sides: Sides): Difference[] {
  const before = new Map(factsOf(sides.from, subject).map((fact) => [nameOf(fact), fact]));
  const after = new Map(factsOf(sides.to, subject).map((fact) => [nameOf(fact), fact]));
  const names = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return names.flatMap((name) => differenceOf(before.get(name), after.get(name), sides));
}

function subjectsIn(evidence: Evidence): Subject[] {
  return subjectKinds.flatMap((kind) => evidence.subjects(kind).map((slug) => subjectOf(kind, slug)));
}

/** The differences from one evidence to another, on one subject or, where it is null, on every subject. */
export function diffView(from: Evidence, to: Evidence, subject: Subject | null): Difference[] {
  const subjects =
    subject === null ? [...new Set([...subjectsIn(from), ...subjectsIn(to)])].toSorted() : [subject];
  const sides = { from, to, keptFrom: keptBy(from), keptTo: keptBy(to) };
  return subjects.flatMap((one) => diffOf(one, sides));
}
