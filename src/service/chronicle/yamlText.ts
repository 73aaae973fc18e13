/** What does a YAML file say, and on which line does it say it? */
import { CORE_SCHEMA, load } from 'js-yaml';
import type { Document } from 'yaml';
import { LineCounter, isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml';

/** Something in a file that has to be mended: where, what is wrong and what to do. */
export interface Problem {
  /** Relative to the chronicle's folder: `parties/bytedance.yaml`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Dotted, from the root of the file or of the entry: `data.chips.0.count`; empty for the whole. */
  readonly path: string;
  readonly message: string;
}

/** The steps from the root of a file to a value: names of fields, and places in lists from 0. */
export type Path = readonly (string | number)[];

export interface YamlText {
  /** What the file says, as JSON; undefined where it is no YAML. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** The line of a field, or of the last thing on the way to it that exists. */
  readonly lineAt: (path: Path) => number;
}

/** Fields that hold a date, in events and provisions: there a bare year is text, quoted or not. */
const dateFields = new Set(
  'publishedOn occurredOn on from to until asOf released removesFrom retroactiveTo earliest latest'.split(
    ' ',
  ),
);

function yearsAsText(value: unknown, field: string): unknown {
  if (typeof value === 'number') return dateFields.has(field) && Number.isInteger(value) ? `${value}` : value;
  if (Array.isArray(value)) return value.map((item) => yearsAsText(item, ''));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, yearsAsText(item, name)]));
}

function offsetAt(document: Document, path: Path): number {
  let node: unknown = document.contents;
  let offset = isNode(node) && node.range ? node.range[0] : 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
      if (pair === undefined) return offset;
      if (isScalar(pair.key) && pair.key.range) offset = pair.key.range[0];
      node = pair.value;
    } else {
      node = isSeq(node) ? node.items[Number(step)] : undefined;
      if (!isNode(node) || !node.range) return offset;
      offset = node.range[0];
    }
  }
  return offset;
}

function parsed(text: string): { document: Document; lines: LineCounter } {
  const lines = new LineCounter();
  return { document: parseDocument(text, { lineCounter: lines, prettyErrors: false }), lines };
}

/** The line of a path; the text is parsed for it at the first question, as nobody asks where nothing is wrong. */
function linesIn(text: string): (path: Path) => number {
  let known: ReturnType<typeof parsed> | null = null;
  return (path) => {
    known ??= parsed(text);
    return known.lines.linePos(offsetAt(known.document, path)).line;
  };
}

function readFully(file: string, text: string): YamlText {
  const { document, lines } = parsed(text);
  const problems = [...document.errors, ...document.warnings].map((error) => ({
    file,
    line: lines.linePos(error.pos[0]).line,
    path: '',
    message: `this is no YAML: ${error.message} – look at the indents, colons and quotes around this line`,
  }));
  const value = document.errors.length > 0 ? undefined : yearsAsText(document.toJS(), '');
  return { value, problems, lineAt: linesIn(text) };
}

/**
 * Reads a YAML 1.2 text. js-yaml reads it, in a third of the time; the yaml package, which knows the line of everything,
 * reads it where js-yaml finds an error, and where a line is asked for.
 */
export function readYaml(file: string, text: string): YamlText {
  try {
    return {
      value: yearsAsText(load(text, { schema: CORE_SCHEMA }), ''),
      problems: [],
      lineAt: linesIn(text),
    };
  } catch {
    return readFully(file, text);
  }
}
