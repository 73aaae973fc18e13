/** Which events does a spec invent? Read through the same door as a client's. */
import { EventId } from '../../events/identity.ts';
import type { Recorded } from '../../events/registry.ts';
import { readDraft } from '../../events/registry.ts';

/** The event of a draft, recorded after `before` others. */
export function invented(draft: Record<string, unknown>, before: number): Recorded {
  const reading = readDraft({ standing: 'official', summary: 'An invented event.', ...draft });
  if (!reading.ok) throw new Error(JSON.stringify(reading.flaws));
  const id = EventId.parse(`00000000-0000-4000-8000-${String(before).padStart(12, '0')}`);
  return { ...reading.event, recordedAt: '2026-11-25T00:00:00.000Z', actor: 'a spec', id, seq: before };
}
