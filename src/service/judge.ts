/** Can these events be recorded? What no schema can see: references that exist, and corrections that leave a lawful event. */
import type { EventId, Subject } from '../../events/identity.ts';
import { kindOf } from '../../events/identity.ts';
import type { Draft, Flaw, Recorded } from '../../events/registry.ts';
import { readDraft } from '../../events/registry.ts';
import type { ClaimIndex } from '../../projections/claimIndex.ts';
import type { Evidence } from '../../projections/evidence.ts';
import { mergedInto } from '../../projections/merges.ts';
import type { Json } from '../../projections/pointer.ts';
import { canPointTo, withValue } from '../../projections/pointer.ts';

/** A draft that has its id. */
export type Named = Draft & { readonly id: EventId };
type Correction = Named & { readonly type: 'EventCorrected' };
type Keeper = Named & { readonly type: 'EventCorrected' | 'EventRetracted' };

/** What a new event may speak of: the log, and the batch that it comes in. */
interface Surroundings {
  readonly index: ClaimIndex;
  /** Every event of the batch. */
  readonly batch: ReadonlySet<string>;
  /** Those of the batch that come before this one. */
  readonly before: ReadonlyMap<string, Named>;
}

function isKeeper(draft: Draft): draft is Keeper {
  return draft.type === 'EventCorrected' || draft.type === 'EventRetracted';
}

function referencesOf(draft: Draft): { readonly pointer: string; readonly id: EventId }[] {
  const related = draft.relates.map((relation, at) => ({ pointer: `/relates/${at}/to`, id: relation.to }));
  if (draft.type === 'ClaimDenied') {
    return [...related, ...draft.data.denies.map((id, at) => ({ pointer: `/data/denies/${at}`, id }))];
  }
  if (draft.type === 'TrainingDisputed') {
    return [...related, ...draft.data.disputes.map((id, at) => ({ pointer: `/data/disputes/${at}`, id }))];
  }
  return related;
}

function referenceFlaws(draft: Named, { index, batch }: Surroundings): Flaw[] {
  return referencesOf(draft)
    .filter(({ id }) => id === draft.id || (index.positionOf(id) === undefined && !batch.has(id)))
    .map(({ pointer, id }) => ({
      pointer,
      message:
        id === draft.id
          ? 'is the id of this event itself; name another event'
          : `is ${id}, which is neither in the log nor in this batch; record that event first`,
    }));
}

/** The content of an event as it is read after what comes before in the batch; null where it is retracted. */
function currentContent(id: EventId, surroundings: Surroundings): Draft | Recorded | null {
  let content = contentAtTheHead(id, surroundings);
  for (const keeper of surroundings.before.values()) {
    if (content === null || !isKeeper(keeper) || keeper.data.event !== id) continue;
    if (surroundings.index.positionOf(keeper.id) !== undefined) continue;
    content = keeper.type === 'EventCorrected' ? afterCorrection(content, keeper) : null;
  }
  return content;
}

/** Unchanged where the correction would leave no lawful event: that is told of the correction itself. */
function afterCorrection(content: Draft | Recorded, { data }: Correction): Draft | Recorded {
  let changed = asDraft(content);
  for (const change of data.changes) {
    if (!canPointTo(changed, change.pointer)) return content;
    changed = withValue(changed, change.pointer, change.value as Json);
  }
  const reading = readDraft(changed);
  return reading.ok ? reading.event : content;
}

/** The content of an event of the log after its corrections, or of one of the batch; null where it is retracted. */
function contentAtTheHead(id: EventId, { index, before }: Surroundings): Draft | Recorded | null {
  const inBatch = before.get(id);
  if (inBatch !== undefined) return inBatch;
  return atTheHead(index).reading(id)?.event ?? null;
}

function targetFlaws(draft: Keeper, target: Draft | Recorded | null): Flaw[] {
  if (target === null) {
    const message = `is ${draft.data.event}, which is no event recorded before this one, or is retracted; name one that counts`;
    return [{ pointer: '/data/event', message }];
  }
  if (target.subject === draft.subject) return [];
  return [
    { pointer: '/subject', message: `is ${draft.subject}; must be that of the event, ${target.subject}` },
  ];
}

/** The event as a client would have to send it, were it new. */
function asDraft(content: Draft | Recorded): unknown {
  if (!('seq' in content)) return content;
  const { seq: _seq, recordedAt: _recordedAt, actor: _actor, ...draft } = content;
  return draft;
}

function correctionFlaws(
  correction: Correction,
  target: Draft | Recorded,
  surroundings: Surroundings,
): Flaw[] {
  let corrected = asDraft(target);
  for (const [at, change] of correction.data.changes.entries()) {
    if (!canPointTo(corrected, change.pointer)) {
      const message = `is ${change.pointer}, which leads nowhere in the event; name a field that it has`;
      return [{ pointer: `/data/changes/${at}/pointer`, message }];
    }
    if (isKeeper(target) && /^\/data\/(?:event|kind)(?:\/|$)/.test(change.pointer)) {
      const message = 'names the target or kind of a correction; retract it and record another';
      return [{ pointer: `/data/changes/${at}/pointer`, message }];
    }
    corrected = withValue(corrected, change.pointer, change.value as Json);
  }
  const reading = readDraft(corrected);
  if (!reading.ok) return reading.flaws.map(unlawful);
  return target.id === undefined ? [] : flawsBehind({ ...reading.event, id: target.id }, surroundings);
}

function unlawful(flaw: Flaw): Flaw {
  return {
    pointer: '/data/changes',
    message: `would leave an event that is not lawful: ${flaw.pointer} ${flaw.message}`,
  };
}

/** The corrections of an event that count, in order, those of the batch last. */
function correctionsOf(
  id: EventId,
  { index, before }: Surroundings,
): (Correction | Recorded<'EventCorrected'>)[] {
  const evidence = atTheHead(index);
  const recorded = index.keepersOf(id).map((keeper) => evidence.reading(keeper.id)?.event);
  const inBatch = [...before.values()].filter((draft) => isKeeper(draft) && draft.data.event === id);
  return [...recorded, ...inBatch].filter((keeper) => keeper?.type === 'EventCorrected');
}

/** What an event that was itself a correction does, as it would read from now on, to the event that it corrects, and so on. */
function flawsBehind(changed: Named, surroundings: Surroundings): Flaw[] {
  if (changed.type !== 'EventCorrected') return [];
  const { event: id } = changed.data;
  const { index, before } = surroundings;
  const target = before.get(id) ?? atTheHead(index).recorded(id);
  if (target === null) return [];
  let content = asDraft(target);
  for (const correction of correctionsOf(id, surroundings)) {
    const { changes } = correction.id === changed.id ? changed.data : correction.data;
    for (const change of changes) content = withValue(content, change.pointer, change.value as Json);
    const reading = readDraft(content);
    if (!reading.ok) return reading.flaws.map(unlawful);
    content = reading.event;
  }
  const reading = readDraft(content);
  return reading.ok ? flawsBehind({ ...reading.event, id }, surroundings) : reading.flaws.map(unlawful);
}

const now = { kind: 'instant', ms: Number.MAX_SAFE_INTEGER } as const;

/** The record as it is read at the head of the log. */
function atTheHead(index: ClaimIndex): Evidence {
  return index.at({ asOf: now, publishedBy: null, position: index.size });
}

/** Whether two subjects are one already, by the log and what comes before in the batch: to merge them again would lead in a circle. */
function isOne(one: Subject, other: Subject, { index, before }: Surroundings): boolean {
  const evidence = atTheHead(index);
  // Of a merge that is there already the log speaks, and knows whether it was retracted.
  const merges = [...before.values()].filter(
    (draft) => draft.type === 'SubjectsMerged' && index.positionOf(draft.id) === undefined,
  );
  const remaining = (subject: Subject): Subject => {
    const seen = new Set<Subject>();
    let at = mergedInto(evidence, subject);
    while (!seen.has(at)) {
      seen.add(at);
      const next = merges.find(({ data }) => 'from' in data && data.from === at);
      if (next?.type === 'SubjectsMerged') at = mergedInto(evidence, next.data.into);
    }
    return at;
  };
  return remaining(one) === remaining(other);
}

function mergeFlaws(draft: Draft, surroundings: Surroundings): Flaw[] {
  if (draft.type !== 'SubjectsMerged') return [];
  const { from, into } = draft.data;
  if (from === into)
    return [{ pointer: '/data/from', message: 'is the subject it is merged into; name another' }];
  if (kindOf(from) !== kindOf(into)) {
    const message = `is a ${kindOf(from)}, and ${into} is a ${kindOf(into)}; only what is of one kind can be one thing`;
    return [{ pointer: '/data/from', message }];
  }
  if (!surroundings.index.hasEver(from))
    return [{ pointer: '/data/from', message: `is ${from}, of which no event speaks` }];
  if (!isOne(from, into, surroundings)) return [];
  return [
    {
      pointer: '/data/into',
      message: `is ${into}, which is one with ${from} already; retract that merge first`,
    },
  ];
}

function keeperFlaws(draft: Named, surroundings: Surroundings): Flaw[] {
  if (!isKeeper(draft)) return [];
  const target = currentContent(draft.data.event, surroundings);
  const flaws = targetFlaws(draft, target);
  if (flaws.length > 0 || target === null || draft.type !== 'EventCorrected') return flaws;
  return correctionFlaws(draft, target, surroundings);
}

/** All that is wrong with a batch; `at` is the place in it. A correction must come after what it corrects. */
export function flawsOfBatch(
  drafts: readonly Named[],
  index: ClaimIndex,
): { readonly at: number; readonly flaw: Flaw }[] {
  const batch = new Set<string>(drafts.map((draft) => draft.id));
  const before = new Map<string, Named>();
  return drafts.flatMap((draft, at) => {
    // An event that is there already was judged when it was recorded; the ledger compares it.
    const isKnown = index.positionOf(draft.id) !== undefined;
    const surroundings = { index, batch, before };
    const flaws = isKnown
      ? []
      : [
          ...referenceFlaws(draft, surroundings),
          ...mergeFlaws(draft, surroundings),
          ...keeperFlaws(draft, surroundings),
        ];
    before.set(draft.id, draft);
    return flaws.map((flaw) => ({ at, flaw }));
  });
}
