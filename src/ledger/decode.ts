// What does a stored event say, in the words of today's vocabulary?

import { corrupt } from './failures.ts';
import type { SealedEvent, StoredEvent } from './port.ts';

/** The envelope as it stands in the leaf. */
export interface RecordedEvent extends SealedEvent {
  /** Leaf index from 0; `position - 1`. */
  readonly seq: number;
  /** RFC 3339, UTC, milliseconds. */
  readonly recordedAt: string;
}

/**
 * Brings an event of an older version of its type to the current one; others it gives back as they are. The stored bytes
 * never change, so every version ever written has its way up in the upcasters' table.
 */
export type Upcast<Event> = (type: string, version: number, event: RecordedEvent) => Event;

/**
 * Reads a leaf. It was validated when it was recorded and is not validated again: that would double the cost of a replay.
 *
 * @throws {LedgerError} `corrupt` for a leaf that is no JSON or says another place than the one it was found at.
 */
export function decode<Event>(stored: StoredEvent, upcast: Upcast<Event>): Event {
  const event = parse(stored);
  if (event.seq !== stored.position - 1) {
    throw corrupt(
      `position ${stored.position} was expected to hold seq ${stored.position - 1}, saw seq ${event.seq}`,
    );
  }
  return upcast(event.type, event.version, event);
}

function parse(stored: StoredEvent): RecordedEvent {
  try {
    return JSON.parse(stored.bytes) as RecordedEvent;
  } catch (cause) {
    throw corrupt(`position ${stored.position} was expected to hold JSON`, cause);
  }
}
