/** What was served as true on a day and was later corrected, retracted, denied or disputed? */
import type { EventId, Subject } from '../../events/identity.ts';
import type { Reading } from '../claim.ts';
import type { Evidence } from '../evidence.ts';
import { objectionsIn } from '../evidence.ts';
import { isKeeper } from '../readings.ts';
import { statusOf } from '../status.ts';
import type { ClaimEntry } from './claimList.ts';
import { claimEntry } from './claimList.ts';

/** An event as it was served then, and what has come against it since. */
export interface LiveError {
  readonly event: EventId;
  readonly subject: Subject;
  /** The event as it read then. */
  readonly served: ClaimEntry;
  readonly becauseOf: readonly {
    readonly how: 'corrected' | 'retracted' | 'denied' | 'disputed' | 'contradicted';
    readonly by: ClaimEntry;
  }[];
}

const howOf = { denies: 'denied', disputes: 'disputed', corrects: 'contradicted' } as const;

type Target = readonly [EventId, LiveError['becauseOf'][number]['how']];

function targetsOf(reading: Reading): readonly Target[] {
  const { event } = reading;
  if (event.type === 'EventRetracted') return [[event.data.event, 'retracted']];
  if (event.type === 'EventCorrected') return [[event.data.event, 'corrected']];
  return objectionsIn(event).map(({ to, how }): Target => [to, howOf[how]]);
}

/**
 * `then` and `now` differ in the clock that moved: recorded time for what this service served, publication for what
 * anyone could believe. Only what is in `now` and not in `then` counts as having come later; events in log order.
 */
export function errorsLiveView(then: Evidence, now: Evidence): LiveError[] {
  const found = new Map<EventId, { served: Reading; because: LiveError['becauseOf'][number][] }>();
  for (const later of now.everything()) {
    if (then.reading(later.event.id) !== null) continue;
    for (const [target, how] of targetsOf(later)) {
      const served = then.reading(target);
      if (served === null || isKeeper(served.event)) continue;
      const entry = found.get(target) ?? { served, because: [] };
      entry.because.push({ how, by: claimEntry(later, now) });
      found.set(target, entry);
    }
  }
  return [...found.values()]
    .filter(({ served }) => statusOf(served, then) !== 'denied')
    .toSorted((a, b) => a.served.position - b.served.position)
    .map(({ served, because }) => ({
      event: served.event.id,
      subject: served.event.subject,
      served: claimEntry(served, then),
      becauseOf: because,
    }));
}
