/** Where do chance and new ids come from? The one place that reads randomness; all else is given it. */
import { randomBytes as nodeRandomBytes } from 'node:crypto';
import { v7 } from 'uuid';

/** So many random bytes, fit for keys. */
export const randomBytes = (count: number): Uint8Array => nodeRandomBytes(count);

/** A new UUIDv7 in lower case: ordered by time, so that an index of ids grows at its end. */
export const newEventId = (): string => v7();
