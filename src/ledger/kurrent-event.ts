// How does a leaf become an event of KurrentDB, and how is it known that the leaf came back unchanged?
//
// The event has the type of the leaf, the leaf as its data, and an id that is made of the leaf's hash: the server takes an
// append with ids that it has for a repetition and says yes, whatever else it contains, so an id must stand for every byte.
// The client takes data as an object and prints
// it with JSON.stringify, which gives the canonical text again for every leaf whose objects have no names like numbers
// (`{"10": …, "2": …}`): those are readable JSON in the server's own pages. The few others are kept as plain bytes. The
// metadata hold the leaf hash of the Merkle tree (RFC 6962, section 2.1: SHA-256 over a zero byte and the leaf), so that
// every reader finds out that what it got is what was appended, byte for byte.

import type { EventData, RecordedEvent } from '@eventstore/db-client';
import { hash } from 'node:crypto';
import { foreignEvent } from './failures.ts';
import type { StoredEvent } from './port.ts';

/** A leaf that is in the stream, with what a node remembers of it. */
export interface SeenEvent extends StoredEvent {
  readonly id: string;
  readonly recordedAt: string;
  /** 64 hex digits. */
  readonly leafHash: string;
}

/** What an event takes up beside its leaf, in bytes: metadata, and the type in UTF-16, with room to spare. */
export const BYTES_AROUND_LEAF = 256;

/** Names that JSON.parse puts in another place than they had. */
const MAY_LOSE_ORDER = /"(?:\d+|__proto__)":/;

/** A leaf that is to stand at a position: as the client takes it, and as it is seen once it is there. */
export interface Sealed {
  readonly event: EventData;
  readonly seen: SeenEvent;
}

/** @param node which Tidemark appends; for those who look into the stream. */
export function sealedOf(leaf: string, position: number, node: string): Sealed {
  const data = JSON.parse(leaf) as Readonly<Record<'id' | 'type' | 'recordedAt', string>>;
  const { type, recordedAt } = data;
  const leafHash = leafHashOf(leaf);
  const named = { id: eventIdOf(leafHash), type, metadata: { leafHash, node } };
  const event: EventData =
    !MAY_LOSE_ORDER.test(leaf) || JSON.stringify(data) === leaf
      ? { ...named, contentType: 'application/json', data }
      : { ...named, contentType: 'application/octet-stream', data: Buffer.from(leaf) };
  return { event, seen: { position, bytes: leaf, id: data.id, recordedAt, leafHash } };
}

/** A UUID of version 8 (RFC 9562): 122 bits of a hash. */
function eventIdOf(leafHash: string): string {
  const variant = ((Number.parseInt(leafHash.charAt(16), 16) & 3) | 8).toString(16);
  const parts = [leafHash.slice(0, 8), leafHash.slice(8, 12), `8${leafHash.slice(13, 16)}`];
  return [...parts, `${variant}${leafHash.slice(17, 20)}`, leafHash.slice(20, 32)].join('-');
}

/** @throws {LedgerError} `foreign-event`, with the revision. */
export function seenIn(event: RecordedEvent): SeenEvent {
  const revision = Number(event.revision);
  const refuse = (what: string, cause?: unknown): never => {
    throw foreignEvent(event.streamId, revision, what, cause);
  };
  const metadata: unknown = event.metadata;
  const leafHash =
    typeof metadata === 'object' && metadata !== null && 'leafHash' in metadata ? metadata.leafHash : null;
  if (typeof leafHash !== 'string') return refuse('its metadata have no leafHash');
  const bytes = event.isJson ? JSON.stringify(event.data) : Buffer.from(event.data).toString();
  if (leafHashOf(bytes) !== leafHash) return refuse('its data are not what its leafHash was made from');
  const leaf = event.isJson ? event.data : parsed(bytes, refuse);
  const { id, seq, type, recordedAt } = leaf as Readonly<Record<string, unknown>>;
  if (seq !== revision) refuse(`its leaf says seq ${String(seq)}`);
  if (typeof id !== 'string') return refuse('its leaf has no id');
  // Streams that were begun by the first nodes name their events as Tidemark does.
  if (event.id !== eventIdOf(leafHash) && event.id !== id)
    refuse(`its id is ${event.id}, which is not made of its leafHash`);
  if (type !== event.type) refuse(`its leaf says type ${String(type)}, the event ${event.type}`);
  if (typeof recordedAt !== 'string') return refuse('its leaf does not say when it was recorded');
  return { position: revision + 1, bytes, id, recordedAt, leafHash };
}

function leafHashOf(leaf: string): string {
  return hash('sha256', `\0${leaf}`, 'hex');
}

function parsed(text: string, refuse: (what: string, cause: unknown) => never): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    return refuse('its data are no JSON', cause);
  }
}
