/** How does a whole log move from one store to another, leaf by leaf, and how is it known that it arrived? */
import { createHash } from 'node:crypto';
import { corrupt, invalid } from '../ledger/failures.ts';
import { openKurrentLeaves } from '../ledger/kurrent-leaves.ts';
import type { StoredEvent } from '../ledger/port.ts';
import { openSqliteStore } from '../ledger/sqlite.ts';
import { openLedgerForReading } from './ledgerForReading.ts';

/** Where leaves are copied from. */
export interface LeafSource {
  size(): Promise<number>;
  read(from: number, limit: number): Promise<readonly StoredEvent[]>;
  close(): Promise<void>;
}

/** Where leaves are copied to: it takes them as they are, with the place and time that they have. */
export interface LeafTarget extends LeafSource {
  /** Resolves when the leaves are durable at the positions after `from`, which is the size. */
  write(leaves: readonly NamedLeaf[], from: number): Promise<void>;
}

interface NamedLeaf {
  readonly id: string;
  readonly leaf: string;
}

export interface CopyProgress {
  readonly step: 'compare' | 'copy' | 'verify';
  readonly done: number;
  readonly total: number;
}

export interface Copied {
  /** Events that this run wrote. */
  readonly copied: number;
  /** Events in both now. */
  readonly size: number;
  /** SHA-256 over the leaves in order, each with a line feed after it: the digest of `events.ndjson`. */
  readonly digest: string;
}

const leavesPerPage = 200;

/**
 * Copies what the target does not have yet. A target that was begun before is compared leaf by leaf and gone on with, so
 * that a copy that broke off is simply started again; at the end the target is read back and compared by digest. Nobody
 * may write to the target meanwhile; what is recorded in the source after the start is not copied.
 *
 * @throws {LedgerError} `corrupt` where the two differ: then the target is no copy of the source, and stays as it is.
 */
export async function copyLeaves(
  from: LeafSource,
  to: LeafTarget,
  onProgress: (progress: CopyProgress) => void = () => {},
): Promise<Copied> {
  const [size, begun] = [await from.size(), await to.size()];
  if (begun > size)
    throw corrupt(
      `the target was expected to have at most ${size} events, saw ${begun}; it is no copy of the source`,
    );
  const digest = createHash('sha256');
  for (let done = 0; done < begun; done += leavesPerPage) {
    const page = await pageOf(from, done, begun);
    refuseUnlessSame(page, await pageOf(to, done, begun));
    for (const { bytes } of page) digest.update(bytes).update('\n');
    onProgress({ step: 'compare', done: done + page.length, total: begun });
  }
  for (let done = begun; done < size; done += leavesPerPage) {
    const page = await pageOf(from, done, size);
    await to.write(page.map(namedLeaf), done);
    for (const { bytes } of page) digest.update(bytes).update('\n');
    onProgress({ step: 'copy', done: done + page.length, total: size });
  }
  const expected = digest.digest('hex');
  const seen = await digestOf(to, size, onProgress);
  if (seen !== expected) throw corrupt(`the copy was expected to have the digest ${expected}, saw ${seen}`);
  return { copied: size - begun, size, digest: expected };
}

/** The digest of the first `size` events, read anew. */
async function digestOf(
  source: LeafSource,
  size: number,
  onProgress: (progress: CopyProgress) => void,
): Promise<string> {
  const digest = createHash('sha256');
  for (let done = 0; done < size; done += leavesPerPage) {
    const page = await pageOf(source, done, size);
    for (const { bytes } of page) digest.update(bytes).update('\n');
    onProgress({ step: 'verify', done: done + page.length, total: size });
  }
  return digest.digest('hex');
}

async function pageOf(source: LeafSource, from: number, end: number): Promise<readonly StoredEvent[]> {
  const limit = Math.min(leavesPerPage, end - from);
  const page = await source.read(from, limit);
  if (page.length !== limit)
    throw corrupt(`${limit} events were expected after position ${from}, saw ${page.length}`);
  return page;
}

function refuseUnlessSame(page: readonly StoredEvent[], other: readonly StoredEvent[]): void {
  const different = page.find(({ bytes }, at) => bytes !== other[at]?.bytes);
  if (different === undefined) return;
  throw corrupt(
    `position ${different.position} was expected to be the same in source and target; the target is no copy of the source`,
  );
}

function namedLeaf({ position, bytes }: StoredEvent): NamedLeaf {
  const { id, seq } = JSON.parse(bytes) as { readonly id: string; readonly seq: number };
  if (seq !== position - 1)
    throw corrupt(`position ${position} was expected to hold seq ${position - 1}, saw seq ${seq}`);
  return { id, leaf: bytes };
}

/** `sqlite:<directory>` or `esdb://…`, opened for reading. @throws {LedgerError} `invalid` for another kind of place. */
export async function openSource(place: string, stream?: string): Promise<LeafSource> {
  const directory = sqliteDirectory(place);
  return directory === null
    ? openKurrentLeaves(kurrentPlace(place, stream))
    : openLedgerForReading({ directory });
}

/** `sqlite:<directory>` or `esdb://…`, opened for writing; made if it is not there. */
export async function openTarget(place: string, stream?: string): Promise<LeafTarget> {
  const directory = sqliteDirectory(place);
  if (directory === null) return openKurrentLeaves(kurrentPlace(place, stream));
  const store = openSqliteStore({ directory });
  return {
    size: async () => store.size(),
    read: async (from, limit) => store.page(from, limit),
    write: async (leaves) => store.write(leaves),
    close: async () => store.close(),
  };
}

function sqliteDirectory(place: string): string | null {
  return /^sqlite:(.+)$/.exec(place)?.[1] ?? null;
}

function kurrentPlace(url: string, stream: string | undefined) {
  if (/^esdb(\+discover)?:\/\//.test(url)) return stream === undefined ? { url } : { url, stream };
  const kind = /^[a-z+]*/.exec(url)?.[0] ?? '';
  throw invalid(
    null,
    `A place that begins with "${kind}" is not known: expected sqlite:<directory> or esdb://host:2113. Name one.`,
  );
}
