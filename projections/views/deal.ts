/** What is known of one channel of a deal: who, which chips, where, how much, how far, and who denies it? */
import type { Subject } from '../../events/identity.ts';
import { kindOf, slugOf } from '../../events/identity.ts';
import type { Standing } from '../../events/values.ts';
import type { Channel, Claim, DealStage, Reading, Role } from '../claim.ts';
import type { Evidence } from '../evidence.ts';
import type { Resolved } from '../resolve.ts';
import { holding, resolve } from '../resolve.ts';
import type { ClaimStatus } from '../status.ts';
import { statusOf } from '../status.ts';
import { alternativesOf, begunReadings, claimList, readingsBehind, sinceText } from './claimList.ts';
import { holdingFor, linesOf } from './lines.ts';

const everyChannel = '*';
type Stage = DealStage | 'announced' | 'under-construction' | 'closed';

/** Completed makes a purchase delivered and a rental running; the other stages are as reported. */
function stageOf(stage: Stage, channel: Channel): Stage {
  if (stage !== 'completed') return stage;
  return channel === 'rented' ? 'running' : 'delivered';
}

/**
 * An entry is denied where the report that gives its stage is; where only another of its reports is denied or disputed,
 * it is disputed.
 */
export function entryStatus(winner: Reading, behind: readonly Reading[], evidence: Evidence): ClaimStatus {
  const own = statusOf(winner, evidence);
  if (own !== 'asserted' && own !== 'corrected') return own;
  const others = behind.map((reading) => statusOf(reading, evidence));
  return others.some((status) => status === 'denied' || status === 'disputed') ? 'disputed' : own;
}

/** The earliest claim of the stage that holds: a later report of the same stage does not begin it anew. */
export function beginningOf(stage: Resolved<'stage'>): Claim {
  const same = stage.losers.map((loser) => loser.claim).filter((claim) => claim.value === stage.winner.value);
  return [stage.winner, ...same].reduce((first, claim) =>
    claim.from.earliest < first.from.earliest ? claim : first,
  );
}

function partiesOf(claims: readonly Claim<'party'>[]): { party: string; role: Role }[] {
  const parties = new Map(claims.map((claim) => [`${claim.value.role} ${claim.value.party}`, claim.value]));
  return [...parties.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => ({ ...value }));
}

/** One channel of a deal as it stands at `asOf`; null where none of its reports has begun. */
export function dealEntry(evidence: Evidence, subject: Subject, channel: Channel) {
  const keys = [channel, everyChannel];
  const stage = resolve(holdingFor(evidence, subject, 'stage', keys));
  const ownStage = holding(evidence, subject, 'stage', channel);
  if (stage === null || ownStage.length === 0) return null;
  const place = resolve(holdingFor(evidence, subject, 'place', keys));
  const amount = resolve(holdingFor(evidence, subject, 'amount', keys));
  const { lines, alternatives } = linesOf(evidence, subject, keys);
  const parties = holding(evidence, subject, 'party', channel);
  const updates = [...holding(evidence, subject, 'update'), ...holding(evidence, subject, 'deployment')];
  const behind = readingsBehind([...ownStage, ...parties, ...updates]);
  const standing: Standing = stage.winner.standing;
  return {
    deal: kindOf(subject) === 'deal' ? slugOf(subject) : null,
    cluster: kindOf(subject) === 'cluster' ? slugOf(subject) : null,
    channel,
    stage: stageOf(stage.winner.value, channel),
    status: entryStatus(stage.winner.reading, behind, evidence),
    standing,
    chips: lines,
    place: place === null ? null : place.winner.value,
    parties: partiesOf(parties),
    amount: amount === null ? null : amount.winner.value,
    paused: holding(evidence, subject, 'paused').map((claim) => claim.value),
    since: sinceText(beginningOf(stage), evidence),
    claims: claimList(behind, evidence),
    alternatives: [...alternativesOf([stage, place, amount]), ...alternatives],
  };
}
export type DealEntry = NonNullable<ReturnType<typeof dealEntry>>;

const channels: readonly Channel[] = ['rented', 'purchased'];

/** A deal with its channels; null where nothing visible speaks of it. */
export function dealView(evidence: Evidence, slug: string) {
  const subject = `deal:${slug}` as Subject;
  const readings = evidence.readings(subject);
  if (readings.length === 0) return null;
  const entries = channels
    .map((channel) => dealEntry(evidence, subject, channel))
    .filter((entry) => entry !== null);
  return {
    id: slug,
    state: entries.length === 0 ? ('not-yet' as const) : ('begun' as const),
    channels: entries,
    claims: claimList(begunReadings(evidence, subject), evidence),
  };
}

/** Every deal that is visible and has begun, by id, without the events behind it. */
export function dealsView(evidence: Evidence) {
  return evidence.subjects('deal').flatMap((slug) => {
    const deal = dealView(evidence, slug);
    if (deal === null || deal.state === 'not-yet') return [];
    return [{ id: deal.id, channels: deal.channels.map(withoutEvents) }];
  });
}

function withoutEvents(entry: DealEntry): Omit<DealEntry, 'claims' | 'alternatives'> {
  const { claims: _claims, alternatives: _alternatives, ...rest } = entry;
  return rest;
}
