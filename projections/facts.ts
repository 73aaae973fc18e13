/** What holds of a subject, attribute by attribute? The resolved record, for explaining and comparing. */
import type { Subject } from '../events/identity.ts';
import type { Attribute, Attributes, Claim } from './claim.ts';
import { resolution } from './claim.ts';
import type { Evidence } from './evidence.ts';
import type { Resolved } from './resolve.ts';
import { holds, resolve } from './resolve.ts';
import type { ClaimStatus } from './status.ts';
import { statusOf } from './status.ts';

/** One value that holds. Of a set each entry is a fact of its own, and its key ends in the event that adds it. */
export interface Fact {
  readonly subject: Subject;
  readonly attribute: Attribute;
  readonly key: string;
  readonly value: Attributes[Attribute];
  readonly claim: Claim;
  readonly status: ClaimStatus;
  /** null for an entry of a set. */
  readonly resolved: Resolved | null;
}

function groupsOf(claims: readonly Claim[]): Map<string, Claim[]> {
  const groups = new Map<string, Claim[]>();
  for (const claim of claims) {
    const name = `${claim.attribute} ${claim.key}`;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [claim]);
    else group.push(claim);
  }
  return groups;
}

function factOf(claim: Claim, key: string, resolved: Resolved | null, evidence: Evidence): Fact {
  const { attribute, value } = claim;
  return {
    subject: claim.subject,
    attribute,
    key,
    value,
    claim,
    status: statusOf(claim.reading, evidence),
    resolved,
  };
}

function entriesOf(group: readonly Claim[], evidence: Evidence): Fact[] {
  const seen = new Map<string, number>();
  return group.map((claim) => {
    const { id } = claim.reading.event;
    const nth = seen.get(id) ?? 0;
    seen.set(id, nth + 1);
    return factOf(
      claim,
      [claim.key, id, nth === 0 ? '' : String(nth)].filter((part) => part !== '').join('/'),
      null,
      evidence,
    );
  });
}

/** The facts of a subject at the clocks, by attribute and key. */
export function factsOf(evidence: Evidence, subject: Subject): Fact[] {
  const holding = evidence.allClaims(subject).filter((claim) => holds(claim, evidence.clocks.asOf));
  const groups = groupsOf(holding);
  return [...groups.keys()].toSorted().flatMap((name) => {
    const group = groups.get(name) ?? [];
    const [first] = group;
    if (first === undefined) return [];
    if (resolution[first.attribute] === 'set') return entriesOf(group, evidence);
    const resolved = resolve(group);
    return resolved === null ? [] : [factOf(resolved.winner, first.key, resolved, evidence)];
  });
}
