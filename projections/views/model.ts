/** What was a model trained on, and at what claimed cost? */
import { subjectOf } from '../../events/identity.ts';
import type { Subject } from '../../events/identity.ts';
import type { Claim } from '../claim.ts';
import type { Evidence } from '../evidence.ts';
import { described, holding, rankOf } from '../resolve.ts';
import { statusOf } from '../status.ts';
import { alternativesOf, begunReadings, claimList, sinceText } from './claimList.ts';

const bestFirst = (a: Claim, b: Claim) =>
  rankOf(a.standing) - rankOf(b.standing) || b.reading.position - a.reading.position;

/** Each statement about the training, best standing first; the disputes are among its claims. */
export function trainingOf(evidence: Evidence, subject: Subject) {
  return [...holding(evidence, subject, 'training')].toSorted(bestFirst).map((claim) => ({
    ...claim.value,
    standing: claim.standing,
    status: statusOf(claim.reading, evidence),
    since: sinceText(claim, evidence),
    claims: claimList([claim.reading], evidence),
  }));
}

/** A model; null where nothing visible speaks of it. */
export function modelView(evidence: Evidence, slug: string) {
  const subject = subjectOf('model', slug);
  if (evidence.readings(subject).length === 0) return null;
  const found = {
    name: described(evidence, subject, 'name'),
    developer: described(evidence, subject, 'developer'),
    release: described(evidence, subject, 'release'),
    openWeights: described(evidence, subject, 'openWeights'),
    parametersTotal: described(evidence, subject, 'parametersTotal'),
    parametersActive: described(evidence, subject, 'parametersActive'),
    comparedWith: described(evidence, subject, 'comparedWith'),
    statement: described(evidence, subject, 'statement'),
  };
  const begun = begunReadings(evidence, subject);
  return {
    id: slug,
    state: begun.length === 0 ? ('not-yet' as const) : ('begun' as const),
    name: found.name?.winner.value ?? null,
    developer: found.developer?.winner.value ?? null,
    releasedOn: found.release?.winner.value ?? null,
    openWeights: found.openWeights?.winner.value ?? null,
    parametersTotal: found.parametersTotal?.winner.value ?? null,
    parametersActive: found.parametersActive?.winner.value ?? null,
    comparedWith: found.comparedWith?.winner.value ?? null,
    statements: found.statement?.winner.value ?? null,
    training: trainingOf(evidence, subject),
    claims: claimList(begun, evidence),
    alternatives: alternativesOf(Object.values(found)),
  };
}

/** Every visible model that has begun, by id, without the events behind it. */
export function modelsView(evidence: Evidence) {
  return evidence.subjects('model').flatMap((slug) => {
    const model = modelView(evidence, slug);
    if (model === null || model.state === 'not-yet') return [];
    const { claims: _claims, alternatives: _alternatives, training, ...rest } = model;
    return [{ ...rest, training: training.map(({ claims: _behind, ...claim }) => claim) }];
  });
}
