/** Which event does a leaf of the log hold, in the words of today's vocabulary? */
import type { Recorded } from '../../events/registry.ts';
import { declarationOf } from '../../events/registry.ts';
import { upcast } from '../../events/upcasters.ts';
import { decode } from '../ledger/decode.ts';
import type { StoredEvent } from '../ledger/port.ts';

/**
 * Parses a leaf and brings it to the current version of its type. It was validated when it was recorded and is not
 * validated again. Throws a RangeError for a type that this program does not know.
 */
export function readLeaf(stored: StoredEvent): Recorded {
  return decode(stored, (type, version, event) => {
    const declaration = declarationOf(type);
    if (declaration === undefined) {
      throw new RangeError(
        `The event at position ${stored.position} is a ${type}, which this program does not know: run a newer Tidemark on this log.`,
      );
    }
    if (declaration.version === version) return event as unknown as Recorded;
    return upcast({ ...event }, declaration.version) as unknown as Recorded;
  });
}
