/** Which part of the real record do the specs of regulation ask? Some folders or files of the shipped chronicle. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { spanAsPrinted } from '../../events/dates.ts';
import type { Draft } from '../../events/registry.ts';
import { readDraft } from '../../events/registry.ts';
import { ClaimIndex } from '../../projections/claimIndex.ts';
import { momentOf } from '../../projections/clocks.ts';
import type { Evidence } from '../../projections/evidence.ts';
import { entryId, entryName } from '../../src/service/chronicle/entryId.ts';

interface File {
  readonly subject: string;
  readonly events: readonly { readonly slug: string; readonly relates?: readonly Relation[] }[];
}
interface Relation {
  readonly to: string;
  readonly how: string;
}

const chronicle = fileURLToPath(new URL('../../events/chronicle/', import.meta.url));

function filesOf(path: string): string[] {
  if (path.endsWith('.yaml')) return [path];
  return readdirSync(`${chronicle}${path}`).map((name) => `${path}/${name}`);
}

function draftsIn(path: string): Draft[] {
  const { subject, events } = parse(readFileSync(`${chronicle}${path}`, 'utf8')) as File;
  return events.map(({ slug, ...event }) => {
    const relates = (event.relates ?? []).map(({ to, how }) => ({ to: entryId(to), how }));
    const reading = readDraft({ ...event, subject, relates, id: entryId(entryName(subject, slug)) });
    if (!reading.ok) throw new Error(`${path}#${slug}: ${JSON.stringify(reading.flaws)}`);
    return reading.event;
  });
}

/** Asks the record that these folders and files of the chronicle make, in order of publication. */
export function recordOf(...paths: readonly string[]): (asOf: string, publishedBy?: string) => Evidence {
  const index = new ClaimIndex();
  const drafts = paths.flatMap(filesOf).flatMap(draftsIn);
  const inOrder = drafts.toSorted(
    (a, b) => spanAsPrinted(a.publishedOn).latest - spanAsPrinted(b.publishedOn).latest,
  );
  for (const [seq, draft] of inOrder.entries()) {
    if (draft.id === undefined) throw new Error('an entry of the chronicle has an id');
    index.add({ ...draft, id: draft.id, seq, recordedAt: '2026-11-20T00:00:00.000Z', actor: 'chronicle' });
  }
  return (asOf, publishedBy) =>
    index.at({
      asOf: momentOf(asOf),
      publishedBy: publishedBy === undefined ? null : momentOf(publishedBy),
      position: index.size,
    });
}
