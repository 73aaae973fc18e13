/** Which subjects are one? Evidence in which a merged subject answers with what its old ids hold. */
import type { Subject } from '../events/identity.ts';
import { slugOf, subjectOf } from '../events/identity.ts';
import type { Attribute, Claim, Reading } from './claim.ts';
import type { Evidence } from './evidence.ts';

/** The subject into which a subject has been merged, following one merge after another; itself where it has not. */
export function mergedInto(evidence: Evidence, subject: Subject): Subject {
  const seen = new Set<Subject>([subject]);
  let at = subject;
  for (;;) {
    const next = evidence.claims(at, 'mergedInto').at(-1)?.value;
    if (next === undefined || seen.has(next)) return at;
    seen.add(next);
    at = next;
  }
}

/** The subject and all that were merged into it, the subject first. */
function withAbsorbed(evidence: Evidence, subject: Subject): readonly Subject[] {
  const all = new Set<Subject>([subject]);
  for (const one of all) {
    for (const claim of evidence.claims(one, 'absorbs')) {
      if (mergedInto(evidence, claim.value) === mergedInto(evidence, subject)) all.add(claim.value);
    }
  }
  return [...all];
}

const byBeginning = (a: Claim, b: Claim) =>
  a.from.earliest - b.from.earliest || a.reading.position - b.reading.position;
const byPosition = (a: Reading, b: Reading) => a.position - b.position;

/**
 * The same evidence with merged subjects as one: the subject that remains speaks with the claims and events of those
 * that it took in, and lists leave the old ids out. A retracted merge has no effect. `asOf` does not matter: that two
 * ids name one thing is no state of the world.
 */
export function withMerges(evidence: Evidence): Evidence {
  // Whatever the clocks say: of what was never merged, every question can be asked directly.
  if (evidence.log(['SubjectsMerged']).length === 0) return evidence;
  const claims = <A extends Attribute>(subject: Subject, attribute: A, key?: string): readonly Claim<A>[] => {
    const [only, ...absorbed] = withAbsorbed(evidence, subject);
    if (absorbed.length === 0) return evidence.claims(only ?? subject, attribute, key);
    return [subject, ...absorbed]
      .flatMap((one) => evidence.claims(one, attribute, key))
      .toSorted(byBeginning);
  };
  return {
    clocks: evidence.clocks,
    claims,
    allClaims: (subject) =>
      withAbsorbed(evidence, subject)
        .flatMap((one) => evidence.allClaims(one))
        .toSorted(byBeginning),
    readings: (subject) =>
      [
        ...new Map(
          withAbsorbed(evidence, subject)
            .flatMap((one) => evidence.readings(one))
            .map((reading) => [reading.position, reading]),
        ).values(),
      ].toSorted(byPosition),
    reading: (id) => evidence.reading(id),
    objections: (id) => evidence.objections(id),
    repetitions: (id) => evidence.repetitions(id),
    subjects: (kind) =>
      evidence.subjects(kind).filter((slug) => slugOf(mergedInto(evidence, subjectOf(kind, slug))) === slug),
    everything: (types) => evidence.everything(types),
    log: (types) => evidence.log(types),
    recorded: (id) => evidence.recorded(id),
  };
}
