/** Which part of the real record do the specs of regulation ask? Some folders or files of the shipped chronicle. */
import { kindOf, slugOf } from '../../events/identity.ts';
import type { Subject } from '../../events/identity.ts';
import { ClaimIndex } from '../../projections/claimIndex.ts';
import { momentOf } from '../../projections/clocks.ts';
import type { Evidence } from '../../projections/evidence.ts';
import { folders } from '../../src/service/chronicle/readChronicle.ts';
import { recordedHistory } from '../recordedHistory.ts';

function isIn(paths: readonly string[], subject: Subject): boolean {
  const folder = folders[kindOf(subject)];
  return paths.includes(folder) || paths.includes(`${folder}/${slugOf(subject)}.yaml`);
}

/** Asks the record that these folders and files of the chronicle make, in order of publication. */
export function recordOf(...paths: readonly string[]): (asOf: string, publishedBy?: string) => Evidence {
  const index = new ClaimIndex();
  const events = recordedHistory().filter(({ subject }) => isIn(paths, subject));
  for (const [seq, event] of events.entries()) index.add({ ...event, seq });
  return (asOf, publishedBy) =>
    index.at({
      asOf: momentOf(asOf),
      publishedBy: publishedBy === undefined ? null : momentOf(publishedBy),
      position: index.size,
    });
}
