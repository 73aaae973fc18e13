// Which bytes does the ledger keep for an event?
//
// audit.md, "Leaf": the RFC 8785 canonical JSON of the envelope, with `seq` and `recordedAt`. Both are known only inside
// the one writer, so an event is made canonical once, when it arrives, into the three texts around these two members;
// giving it its place is then a concatenation. A test holds this to the canonical form of the whole.

import { canonicalize, NotCanonical } from './canonical.ts';
import { invalid, tooLarge } from './failures.ts';
import type { SealedEvent } from './port.ts';

/** 60 KiB: what a tlog-tiles entry bundle (a 16-bit length before each leaf) holds, with room to spare. */
export const LEAF_LIMIT_BYTES = 61_440;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** An event in canonical form, waiting for its place and time. */
export interface UnstampedLeaf {
  readonly id: string;
  /** Up to and including `"recordedAt":"`. */
  readonly beforeRecordedAt: string;
  /** From the closing quote up to and including `"seq":`. */
  readonly beforeSeq: string;
  readonly afterSeq: string;
  /** Of the three texts, in UTF-8. */
  readonly sizeBytes: number;
}

/**
 * @throws {LedgerError} `invalid` for an id that is no lower-case UUID, for an event that brings its own `seq` or
 * `recordedAt` or a `__proto__`, and for what is no JSON.
 */
export function prepareLeaf(event: SealedEvent): UnstampedLeaf {
  refuseWhatIsOurs(event);
  const parts = partsOf(event);
  const before = canonicalTextOf(parts[0], event.id);
  const between = canonicalTextOf(parts[1], event.id);
  const after = canonicalTextOf(parts[2], event.id);
  // There is always an id before; the others may be empty.
  const beforeRecordedAt = `{${before},"recordedAt":"`;
  const beforeSeq = between === '' ? '","seq":' : `",${between},"seq":`;
  const afterSeq = after === '' ? '}' : `,${after}}`;
  const sizeBytes =
    Buffer.byteLength(beforeRecordedAt) + Buffer.byteLength(beforeSeq) + Buffer.byteLength(afterSeq);
  return { id: event.id, beforeRecordedAt, beforeSeq, afterSeq, sizeBytes };
}

/**
 * The leaf itself.
 *
 * @param seq 0-based leaf index.
 * @param recordedAt RFC 3339, UTC, milliseconds.
 * @throws {LedgerError} `too-large` beyond LEAF_LIMIT_BYTES.
 */
export function stampLeaf(unstamped: UnstampedLeaf, seq: number, recordedAt: string): string {
  const { id, beforeRecordedAt, beforeSeq, afterSeq } = unstamped;
  const place = String(seq);
  const sizeBytes = unstamped.sizeBytes + recordedAt.length + place.length;
  if (sizeBytes > LEAF_LIMIT_BYTES) throw tooLarge(id, sizeBytes, LEAF_LIMIT_BYTES);
  return `${beforeRecordedAt}${recordedAt}${beforeSeq}${place}${afterSeq}`;
}

/** Whether two leaves say the same: all but where, when and by whom they were recorded. */
export function sameContent(leaf: string, other: string): boolean {
  return contentOf(leaf) === contentOf(other);
}

/** When a stored leaf was recorded, as it says. */
export function recordedAtOf(leaf: string): string {
  return (JSON.parse(leaf) as { readonly recordedAt: string }).recordedAt;
}

/** Whose leaf it is. */
export function idOf(leaf: string): string {
  return (JSON.parse(leaf) as { readonly id: string }).id;
}

function contentOf(leaf: string): string {
  const {
    seq: _seq,
    recordedAt: _recordedAt,
    actor: _actor,
    ...content
  } = JSON.parse(leaf) as Record<string, unknown>;
  return canonicalize(content);
}

function refuseWhatIsOurs(event: SealedEvent): void {
  if (!UUID.test(event.id)) {
    throw invalid(
      null,
      `An event has the id ${JSON.stringify(event.id)}: expected a UUID in lower case. Give it one.`,
    );
  }
  for (const name of ['seq', 'recordedAt']) {
    if (Object.hasOwn(event, name)) {
      throw invalid(
        event.id,
        `Event ${event.id} has a ${name}: expected none, the ledger gives it. Leave it out.`,
      );
    }
  }
  // In JavaScript, setting it sets no member.
  if (Object.hasOwn(event, '__proto__')) {
    throw invalid(event.id, `Event ${event.id} has a member __proto__: expected another name. Leave it out.`);
  }
}

type Members = Record<string, unknown>;

/** The members before `recordedAt`, those between it and `seq`, and those after. */
function partsOf(event: SealedEvent): readonly [before: Members, between: Members, after: Members] {
  const parts: [Members, Members, Members] = [{}, {}, {}];
  for (const [name, value] of Object.entries(event)) {
    parts[name < 'recordedAt' ? 0 : name < 'seq' ? 1 : 2][name] = value;
  }
  return parts;
}

/** As it stands between the braces. */
function canonicalTextOf(members: Members, id: string): string {
  try {
    return canonicalize(members).slice(1, -1);
  } catch (cause) {
    if (cause instanceof NotCanonical) throw invalid(id, `Event ${id}: ${cause.message}`, { cause });
    throw cause;
  }
}
