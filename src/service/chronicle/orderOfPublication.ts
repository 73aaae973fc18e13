/** In which order does the first load record the chronicle? */
import { spanAsPrinted } from '../../../events/dates.ts';
import type { Draft } from '../../../events/registry.ts';
import type { ChronicleEntry } from './readChronicle.ts';

/** The ids of the events that an event speaks of: those it relates to, denies, disputes, corrects or retracts. */
export function spokenOf(draft: Draft): string[] {
  const related = draft.relates.map((relation) => relation.to);
  if (draft.type === 'ClaimDenied') return [...related, ...draft.data.denies];
  if (draft.type === 'TrainingDisputed') return [...related, ...draft.data.disputes];
  if (draft.type === 'EventCorrected' || draft.type === 'EventRetracted')
    return [...related, draft.data.event];
  return related;
}

function byName(one: ChronicleEntry, other: ChronicleEntry): number {
  const [left, right] = [`${one.subject}#${one.slug}`, `${other.subject}#${other.slug}`];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** One day's entries, each after those of the day that it speaks of; where they speak of each other, by name. */
function afterWhatTheySpeakOf(entries: readonly ChronicleEntry[]): ChronicleEntry[] {
  const open = new Map(entries.toSorted(byName).map((entry) => [entry.draft.id as string, entry]));
  const ordered: ChronicleEntry[] = [];
  const place = (entry: ChronicleEntry) => {
    if (!open.delete(entry.draft.id)) return;
    for (const id of spokenOf(entry.draft)) {
      const first = open.get(id);
      if (first !== undefined) place(first);
    }
    ordered.push(entry);
  };
  for (const entry of open.values()) place(entry);
  return ordered;
}

/**
 * The entries by the latest day of their publication; within a day each after those it speaks of, else by subject and
 * slug. The same entries always come in the same order, whatever files they stand in.
 */
export function inOrderOfPublication(entries: readonly ChronicleEntry[]): ChronicleEntry[] {
  const days = new Map<number, ChronicleEntry[]>();
  for (const entry of entries) {
    const day = spanAsPrinted(entry.draft.publishedOn).latest;
    const ofTheDay = days.get(day);
    if (ofTheDay === undefined) days.set(day, [entry]);
    else ofTheDay.push(entry);
  }
  return [...days]
    .toSorted(([one], [other]) => one - other)
    .flatMap(([, ofTheDay]) => afterWhatTheySpeakOf(ofTheDay));
}
