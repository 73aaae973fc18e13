/** Is one entry of the chronicle in order beyond its schema: in its place, sourced, attributed, dated, and naming only what exists? */
import { dayText, spanAsPrinted } from '../../../events/dates.ts';
import { kindOf, slugOf } from '../../../events/identity.ts';
import type { EventTypeName } from '../../../events/registry.ts';
import { declarationOf, families } from '../../../events/registry.ts';
import { Attribution } from '../../../events/values.ts';
import type { ChronicleEntry } from './readChronicle.ts';
import { folders } from './readChronicle.ts';
import { referencesIn } from './references.ts';
import type { Path, Problem } from './yamlText.ts';

/** A problem at a field of an entry. */
export function problemAt(entry: ChronicleEntry, path: Path, message: string): Problem {
  return { file: entry.file, line: entry.lineAt(path), path: path.join('.'), message };
}

/** One file per subject, in the folder of its kind, named after it. */
function misplaced(entry: ChronicleEntry): Problem[] {
  const expected = `${folders[kindOf(entry.subject)]}/${slugOf(entry.subject)}.yaml`;
  if (entry.file === expected) return [];
  return [problemAt(entry, ['slug'], `${entry.subject} stands in ${entry.file} – move it to ${expected}`)];
}

function unsourced(entry: ChronicleEntry): Problem[] {
  const { draft } = entry;
  if (draft.sources.length > 0) return [];
  const marked =
    draft.doubts.some((doubt) => doubt.field === 'sources') || /unsourced/i.test(draft.notes ?? '');
  const message =
    'has no source – add one under sources, or mark it: doubts: [{ field: sources, why: "unsourced: …" }]';
  return marked ? [] : [problemAt(entry, ['sources'], message)];
}

function unattributed(entry: ChronicleEntry): Problem[] {
  if (entry.written.has('attribution')) return [];
  const message =
    'has no attribution – say who said so (outlet, statementBy, filing, anonymous, officials), or attribution: null';
  return [problemAt(entry, [], message)];
}

/** Types whose events are acts or offers: they are announced, and take effect later. All others tell what has happened. */
const announced = new Set<EventTypeName>([
  ...families.regulation.map((type) => type.type),
  'PartyListed',
  'PartyDelisted',
  'LicenseDecided',
  'CountryGroupsChanged',
  'ChipAnnounced',
  'ChipSalesChanged',
]);
/** An act that lies further ahead than this when it is published is a slip of the pen; effectivity may. */
const announcedAheadDays = 366;

/** Nobody can publish on a day what happened on a later one. */
function publishedTooEarly(entry: ChronicleEntry): Problem[] {
  const { publishedOn, occurredOn, type } = entry.draft;
  if (occurredOn === null) return [];
  const published = spanAsPrinted(publishedOn).latest;
  const occurred = spanAsPrinted(occurredOn).earliest;
  const ahead = announced.has(type) ? announcedAheadDays : 0;
  if (occurred - published <= ahead) return [];
  const message =
    `is published ${publishedOn} and tells what occurred ${occurredOn} – ` +
    (ahead > 0
      ? `no act is announced more than a year ahead; mend one of the dates`
      : `publishedOn cannot be before ${dayText(occurred)}; mend one of the dates, or say when it was reported`);
  return [problemAt(entry, ['publishedOn'], message)];
}

/** Every party, chip, model and instrument that the data names has a file of its own. */
function unknownNames(entry: ChronicleEntry, subjects: ReadonlySet<string>): Problem[] {
  const declaration = declarationOf(entry.draft.type);
  if (declaration === undefined) return [];
  const references = [
    ...referencesIn(declaration.data, entry.draft.data, ['data']),
    ...referencesIn(Attribution, entry.draft.attribution, ['attribution']),
  ];
  return references
    .filter(({ kind, slug }) => !subjects.has(`${kind}:${slug}`))
    .map(({ kind, slug, path }) => {
      const file = `${folders[kind]}/${slug}.yaml`;
      return problemAt(
        entry,
        path,
        `names the ${kind} "${slug}", which has no file – mend the name, or add ${file}`,
      );
    });
}

/** All that is wrong with an entry by itself, given the subjects that the record has. */
export function checkEntry(entry: ChronicleEntry, subjects: ReadonlySet<string>): Problem[] {
  return [
    ...misplaced(entry),
    ...unsourced(entry),
    ...unattributed(entry),
    ...publishedTooEarly(entry),
    ...unknownNames(entry, subjects),
  ];
}
