/** What no longer counts as it was recorded: corrected and retracted events, by what, and why. */
import type { EventId, Subject } from '../../events/identity.ts';
import type { Recorded } from '../../events/registry.ts';
import type { Reading } from '../claim.ts';
import { subjectsOf } from '../claims/claimsOf.ts';
import type { Evidence } from '../evidence.ts';
import type { Keeper } from '../readings.ts';
import { isKeeper, keeperTypes } from '../readings.ts';
import type { ClaimEntry } from './claimList.ts';
import { claimEntry } from './claimList.ts';

/** The event as recorded, and the correction or retraction that is visible. */
export interface Withdrawal {
  readonly event: EventId;
  readonly summary: string;
  readonly how: 'corrected' | 'retracted';
  readonly kind: 'record' | 'source';
  readonly by: ClaimEntry;
  readonly reason: string;
  readonly changes: readonly { readonly pointer: string; readonly value: unknown }[];
}

function withdrawalOf(keeper: Keeper, target: Recorded, reading: Reading, evidence: Evidence): Withdrawal {
  return {
    event: target.id,
    summary: target.summary,
    how: keeper.type === 'EventRetracted' ? 'retracted' : 'corrected',
    kind: keeper.data.kind,
    by: claimEntry(reading, evidence),
    reason: keeper.data.reason,
    changes: keeper.type === 'EventCorrected' ? keeper.data.changes : [],
  };
}

/** The visible corrections and retractions of events that speak of the subject (of all, where it is null), in log order. */
export function withdrawalsOf(evidence: Evidence, subject: Subject | null): Withdrawal[] {
  return evidence.everything(keeperTypes).flatMap((reading) => {
    const { event } = reading;
    const target = isKeeper(event) ? evidence.recorded(event.data.event) : null;
    if (target === null || !isKeeper(event)) return [];
    const speaks = subject === null || subjectsOf(target).has(subject);
    return speaks ? [withdrawalOf(event, target, reading, evidence)] : [];
  });
}
