/** How is an entry of the chronicle named, and which id does its event have for ever? */
import { v5 } from 'uuid';
import type { EventId } from '../../../events/identity.ts';

/** The namespace of events.md; changing it would record the whole chronicle anew. */
const namespace = '9de0bd92-accc-5596-8dca-e3721805e05a';

/** The UUIDv5 of an entry's name, `<kind>:<slug>#<slug of the event>`. */
export function entryId(name: string): EventId {
  return v5(name, namespace) as EventId;
}

/** `deal:bytedance-oracle-malaysia-2024#reported`: how entries refer to each other. */
export function entryName(subject: string, slug: string): string {
  return `${subject}#${slug}`;
}
