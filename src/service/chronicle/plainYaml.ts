/**
 * What does a YAML file say that uses only the plain half of the language, as most of the chronicle does?
 *
 * Reading 3 MB with a full parser takes two seconds of every first start; this takes a twentieth. It knows block
 * mappings and lists, plain and double-quoted texts (also over several lines), numbers, true, false, null, `[]` and `{}`.
 * At anything else, and at anything that could be an error, it gives up and leaves the file to the full parser, so that
 * it never decides what a file means: a test holds it to the full parser, on all files and on spoilt ones.
 */

export interface PlainYaml {
  readonly value: unknown;
  /** The lines, from 1, on which the items of the top-level list `events` begin. */
  readonly eventLines: readonly number[];
}

interface Line {
  readonly indent: number;
  readonly text: string;
  /** From 1. */
  readonly number: number;
}

class NotPlain extends Error {}

function giveUp(): never {
  throw new NotPlain();
}

const keyPattern = /^([A-Za-z][A-Za-z0-9_-]*):(?: +(.*))?$/;
/** What begins with one of these is no plain text: other quotes, flow, anchors, tags, block texts, directives, lists. */
const specialStart = /^(?:[[\]{}&*!|>'"%@`,#]|[-?:](?: |$))/;
/** Inside a plain text these would begin a mapping or a comment. */
const specialInside = /:(?: |$)| #/;
const decimal = /^[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$/;
/** Other spellings of numbers, and of null and booleans, that YAML 1.2 knows. */
const otherSpelling = /^(?:~|0[ox]|[-+]?\.(?:inf|nan)|(?:null|true|false)$)/i;
const words = new Map<string, null | boolean>([
  ['null', null],
  ['true', true],
  ['false', false],
]);

function plainScalar(text: string): unknown {
  const word = words.get(text);
  if (word !== undefined) return word;
  if (decimal.test(text)) return Number(text);
  return otherSpelling.test(text) ? giveUp() : text;
}

function linesOf(text: string): Line[] {
  if (/[\t\r\u0085\u2028\u2029\uFEFF]|^(?:---|\.\.\.)/m.test(text)) giveUp();
  return text.split('\n').flatMap((raw, at) => {
    const line = raw.trim();
    if (line.startsWith('#')) giveUp();
    return line === '' ? [] : [{ indent: raw.length - raw.trimStart().length, text: line, number: at + 1 }];
  });
}

class PlainReader {
  readonly lines: readonly Line[];
  readonly eventLines: number[] = [];
  at = 0;

  constructor(lines: readonly Line[]) {
    this.lines = lines;
  }

  /** A mapping whose keys stand at `indent`; the first one may stand behind the dash of a list, given as `first`. */
  mapping(indent: number, first: string | null, top: boolean): Record<string, unknown> {
    const read: Record<string, unknown> = {};
    let text = first;
    for (;;) {
      text ??= this.keyLineAt(indent);
      if (text === null) return read;
      const [, key, rest] = keyPattern.exec(text) ?? giveUp();
      if (key === undefined || key === '__proto__' || Object.hasOwn(read, key)) giveUp();
      this.at += 1;
      read[key] =
        rest === undefined ? this.below(indent, top && key === 'events') : this.scalar(rest, indent);
      text = null;
    }
  }

  /** The next line where it is a key of the mapping at `indent`; null where the mapping has ended. */
  keyLineAt(indent: number): string | null {
    const line = this.lines[this.at];
    if (line === undefined || line.indent < indent) return null;
    if (line.indent > indent) giveUp();
    return line.text.startsWith('- ') ? null : line.text;
  }

  /** What stands below a key: a list, also one that is not indented, or a mapping; nothing is null. */
  below(indent: number, isEvents: boolean): unknown {
    const line = this.lines[this.at];
    if (line === undefined || line.indent < indent) return null;
    if (line.text.startsWith('- ')) return this.list(line.indent, isEvents);
    return line.indent > indent ? this.mapping(line.indent, null, false) : null;
  }

  list(indent: number, isEvents: boolean): unknown[] {
    const read: unknown[] = [];
    for (;;) {
      const line = this.lines[this.at];
      if (line === undefined || line.indent < indent) return read;
      if (line.indent > indent) giveUp();
      if (!line.text.startsWith('- ')) return line.text.startsWith('-') ? giveUp() : read;
      if (isEvents) this.eventLines.push(line.number);
      read.push(this.item(line));
    }
  }

  item(line: Line): unknown {
    const text = line.text.slice(2).trimStart();
    if (keyPattern.test(text)) return this.mapping(line.indent + line.text.length - text.length, text, false);
    this.at += 1;
    return this.scalar(text, line.indent);
  }

  /** A value that begins with `text`, and goes on while lines are indented deeper than its key or dash. */
  scalar(text: string, indent: number): unknown {
    if (text === '[]' || text === '{}') return this.notFurther(text === '[]' ? [] : {}, indent);
    if (text.startsWith('"')) return this.quoted(text, indent);
    if (specialStart.test(text) || specialInside.test(text)) giveUp();
    const parts = [text, ...this.further(indent)];
    if (parts.slice(1).some((part) => specialInside.test(part) || part.startsWith('#'))) giveUp();
    return parts.length === 1 ? plainScalar(text) : parts.join(' ');
  }

  notFurther<T>(value: T, indent: number): T {
    return this.further(indent).length > 0 ? giveUp() : value;
  }

  /** The lines on which a text goes on. An empty line in it would be a line break: left to the full parser. */
  further(indent: number): string[] {
    const parts: string[] = [];
    for (;;) {
      const line = this.lines[this.at];
      if (line === undefined || line.indent <= indent) return parts;
      if (line.number !== (this.lines[this.at - 1]?.number ?? 0) + 1) giveUp();
      parts.push(line.text);
      this.at += 1;
    }
  }

  quoted(text: string, indent: number): string {
    const parts = [text, ...this.further(indent)];
    if (parts.some((part) => part.endsWith('\\'))) giveUp();
    const whole = parts.join(' ');
    if (!/^"(?:[^"\\]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*"$/.test(whole)) giveUp();
    return JSON.parse(whole) as string;
  }
}

/** Reads a text of the plain half of YAML; null for every other text. */
export function readPlainYaml(text: string): PlainYaml | null {
  try {
    const reader = new PlainReader(linesOf(text));
    const value = reader.mapping(0, null, true);
    return reader.at < reader.lines.length || reader.lines.length === 0
      ? null
      : { value, eventLines: reader.eventLines };
  } catch (error) {
    if (error instanceof NotPlain || error instanceof SyntaxError) return null;
    throw error;
  }
}
