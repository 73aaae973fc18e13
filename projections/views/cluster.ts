/** What is known of a cluster: whose it is, who uses it, with what in it, and how far it is built? */
import { slugOf, subjectOf } from '../../events/identity.ts';
import type { Subject } from '../../events/identity.ts';
import type { Role } from '../claim.ts';
import type { Evidence } from '../evidence.ts';
import { holding, resolved } from '../resolve.ts';
import { beginningOf, entryStatus } from './deal.ts';
import { alternativesOf, begunReadings, claimList, readingsBehind, sinceText } from './claimList.ts';
import { linesOf } from './lines.ts';

/** A cluster as it stands at `asOf`; null where none of its reports has begun. */
export function clusterEntry(evidence: Evidence, subject: Subject) {
  const stage = resolved(evidence, subject, 'stage', '');
  if (stage === null) return null;
  const operator = resolved(evidence, subject, 'operator');
  const owner = resolved(evidence, subject, 'owner');
  const users = resolved(evidence, subject, 'users');
  const place = resolved(evidence, subject, 'place', '');
  const power = resolved(evidence, subject, 'powerMW');
  const { lines, alternatives } = linesOf(evidence, subject, ['']);
  const behind = readingsBehind(holding(evidence, subject, 'stage', ''));
  return {
    cluster: slugOf(subject),
    stage: stage.winner.value,
    status: entryStatus(stage.winner.reading, behind, evidence),
    standing: stage.winner.standing,
    operator: operator === null ? null : operator.winner.value,
    owner: owner === null ? null : owner.winner.value,
    users: users === null ? null : users.winner.value,
    chips: lines,
    place: place === null ? null : place.winner.value,
    powerMW: power === null ? null : power.winner.value,
    since: sinceText(beginningOf(stage), evidence),
    claims: claimList(behind, evidence),
    alternatives: [...alternativesOf([stage, operator, owner, users, place, power]), ...alternatives],
  };
}
export type ClusterEntry = NonNullable<ReturnType<typeof clusterEntry>>;

/** The role of a party in a cluster by what holds: an owner before an operator before a user; null: none. */
export function roleIn(
  entry: ClusterEntry,
  party: string,
): Extract<Role, 'owner' | 'operator' | 'user'> | null {
  if (entry.owner?.includes(party) === true) return 'owner';
  if (entry.operator?.includes(party) === true) return 'operator';
  return entry.users?.includes(party) === true ? 'user' : null;
}

/** A cluster; null where nothing visible speaks of it. */
export function clusterView(evidence: Evidence, slug: string) {
  const subject = subjectOf('cluster', slug);
  if (evidence.readings(subject).length === 0) return null;
  const entry = clusterEntry(evidence, subject);
  return {
    id: slug,
    state: entry === null ? ('not-yet' as const) : ('begun' as const),
    cluster: entry,
    claims: claimList(begunReadings(evidence, subject), evidence),
  };
}

/** Every cluster that is visible and has begun, by id, without the events behind it. */
export function clustersView(evidence: Evidence) {
  return evidence.subjects('cluster').flatMap((slug) => {
    const entry = clusterEntry(evidence, subjectOf('cluster', slug));
    if (entry === null) return [];
    const { claims: _claims, alternatives: _alternatives, ...rest } = entry;
    return [{ id: slug, ...rest }];
  });
}
