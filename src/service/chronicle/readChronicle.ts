/** What does the shipped chronicle say? Its files, read strictly, with all that is wrong in them. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { EventId } from '../../../events/identity.ts';
import { Subject, subjectKinds } from '../../../events/identity.ts';
import type { Draft, Flaw } from '../../../events/registry.ts';
import { flawsOf, readDraft } from '../../../events/registry.ts';
import { check } from '../../../events/wording.ts';
import { entryId, entryName } from './entryId.ts';
import type { Path, Problem, YamlText } from './yamlText.ts';
import { readYaml } from './yamlText.ts';

/** One event of the chronicle, and where it stands. */
export interface ChronicleEntry {
  /** Relative to the chronicle's folder: `parties/bytedance.yaml`. */
  readonly file: string;
  readonly subject: Subject;
  readonly slug: string;
  /** The names of the fields that the entry writes out; the others have their defaults. */
  readonly written: ReadonlySet<string>;
  /** The event, with its id, and with ids where the entry names other entries. */
  readonly draft: Draft & { readonly id: EventId };
  /** The line of a field of the event: `['data', 'chips', 0]`. */
  readonly lineAt: (path: Path) => number;
}

export interface Chronicle {
  /** Those that could be read, by file and place in it. */
  readonly entries: readonly ChronicleEntry[];
  readonly problems: readonly Problem[];
}

/** The folder of each kind of subject. */
export const folders = {
  instrument: 'instruments',
  party: 'parties',
  chip: 'chips',
  deal: 'deals',
  cluster: 'clusters',
  model: 'models',
  destination: 'destinations',
  coverage: 'coverage',
} as const satisfies Record<(typeof subjectKinds)[number], string>;

const EntrySlug = z
  .string()
  .regex(
    /^[a-z0-9]+(-[a-z0-9]+)*$/,
    'must be lower-case words joined by hyphens, such as "reported-by-reuters"',
  );
const FileShape = z.strictObject({
  subject: Subject,
  events: z.array(z.looseObject({ slug: EntrySlug })).min(1, 'must hold at least one event'),
});
type RawEntry = z.infer<typeof FileShape>['events'][number];

interface EntryFile {
  readonly file: string;
  readonly yaml: YamlText;
  readonly subject: Subject;
  readonly events: readonly RawEntry[];
}

function pathOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A field whose name is a sentence is a text that a comma has broken. */
function remedy(flaw: Flaw): string {
  const name = pathOf(flaw.pointer).at(-1);
  if (name?.includes(' ') !== true) return flaw.message;
  return `${flaw.message}, or, where it is the rest of a text in { }, put that text in quotes`;
}

function problemOf(file: string, yaml: YamlText, flaw: Flaw, under: Path): Problem {
  const path = pathOf(flaw.pointer);
  return { file, line: yaml.lineAt([...under, ...path]), path: path.join('.'), message: remedy(flaw) };
}

function readEntryFile(file: string, text: string, problems: Problem[]): EntryFile | null {
  const yaml = readYaml(file, text);
  problems.push(...yaml.problems);
  if (yaml.value === undefined) return null;
  const shape = check(FileShape, yaml.value);
  if (shape.success) return { file, yaml, ...shape.data };
  problems.push(...flawsOf(shape.error).map((flaw) => problemOf(file, yaml, flaw, [])));
  return null;
}

/** The names of all entries. A name that stands twice is a problem: both would have the same id. */
function namesOf(files: readonly EntryFile[], problems: Problem[]): Set<string> {
  const names = new Set<string>();
  const subjects = new Map<string, string>();
  for (const { file, subject, events, yaml } of files) {
    const other = subjects.get(subject);
    if (other !== undefined) {
      const message = `is also the subject of ${other} – keep one file per subject`;
      problems.push({ file, line: yaml.lineAt(['subject']), path: 'subject', message });
    }
    subjects.set(subject, file);
    for (const [at, { slug }] of events.entries()) {
      const name = entryName(subject, slug);
      if (names.has(name)) {
        const message = `"${slug}" names two entries of ${subject} – give the newer one another slug`;
        problems.push({ file, line: yaml.lineAt(['events', at, 'slug']), path: 'slug', message });
      }
      names.add(name);
    }
  }
  return names;
}

/** Where an event names other events, as paths; `*` is every item of a list. */
const referenceFields = [
  ['relates', '*', 'to'],
  ['data', 'denies', '*'],
  ['data', 'disputes', '*'],
  ['data', 'event'],
];

/** A copy in which the texts at `field` are replaced; everything else is as it was. */
function replaceAt(
  value: unknown,
  field: readonly string[],
  at: Path,
  replace: (text: string, at: Path) => string,
): unknown {
  const [step, ...rest] = field;
  if (step === undefined) return typeof value === 'string' ? replace(value, at) : value;
  if (Array.isArray(value)) {
    return step === '*' ? value.map((item, index) => replaceAt(item, rest, [...at, index], replace)) : value;
  }
  if (typeof value !== 'object' || value === null || !(step in value)) return value;
  const record = value as Readonly<Record<string, unknown>>;
  return { ...record, [step]: replaceAt(record[step], rest, [...at, step], replace) };
}

/** Turns `kind:slug#event` into ids. A text without `#` is left to the schema, which wants the id of an event. */
function withIds(
  event: unknown,
  names: ReadonlySet<string>,
  unresolved: (name: string, at: Path) => void,
): unknown {
  const replace = (name: string, at: Path) => {
    if (name.includes('#') && !names.has(name)) unresolved(name, at);
    return name.includes('#') ? entryId(name) : name;
  };
  return referenceFields.reduce((read, field) => replaceAt(read, field, [], replace), event);
}

function readEntry(
  source: EntryFile,
  at: number,
  raw: RawEntry,
  names: ReadonlySet<string>,
  problems: Problem[],
): ChronicleEntry | null {
  const { file, subject, yaml } = source;
  const lineAt = (path: Path) => yaml.lineAt(['events', at, ...path]);
  const { slug, ...event } = raw;
  const withReferences = withIds(event, names, (name, path) => {
    const message = `refers to "${name}", which is no entry – write <kind>:<slug>#<slug of the event> of one that exists`;
    problems.push({ file, line: lineAt(path), path: path.join('.'), message });
  });
  const id = entryId(entryName(subject, slug));
  const reading = readDraft({ ...(withReferences as object), subject, id });
  if (!reading.ok) {
    problems.push(...reading.flaws.map((flaw) => problemOf(file, yaml, flaw, ['events', at])));
    return null;
  }
  const written = new Set(Object.keys(event));
  return {
    file,
    subject,
    slug,
    written,
    draft: { ...reading.event, id },
    lineAt,
  };
}

/** The files with events, in a fixed order. Other files of the folder (README, counts, inputs) are not entries. */
function filesIn(directory: string): string[] {
  return Object.values(folders)
    .flatMap((folder) => namesIn(join(directory, folder)).map((name) => `${folder}/${name}`))
    .filter((file) => /\.ya?ml$/.test(file))
    .sort();
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/**
 * Reads every file of a chronicle. What is wrong is collected, never thrown: an entry with a problem is missing from
 * `entries`, all others are there.
 */
export function readChronicle(directory: string): Chronicle {
  const problems: Problem[] = [];
  const files = filesIn(directory)
    .map((file) => readEntryFile(file, readFileSync(join(directory, file), 'utf8'), problems))
    .filter((file) => file !== null);
  const names = namesOf(files, problems);
  const entries = files.flatMap((file) =>
    file.events.map((raw, at) => readEntry(file, at, raw, names, problems)).filter((entry) => entry !== null),
  );
  return { entries, problems };
}
