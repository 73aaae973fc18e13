/**
 * What does a YAML file say that uses only the plain half of the language, as nearly all of the chronicle does?
 *
 * With the full parser the 3 MB take most of two seconds, with this one a tenth of that. It knows block mappings and
 * lists, plain and quoted texts (also over several lines), numbers, true, false, null, `[a]` and `{ a: b }`. At anything
 * else, and at anything that could be an error, it gives up and leaves the file to the full parser, so that it never
 * decides what a file means: a test holds it to the full parser, on files of the chronicle and on spoilt ones.
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

const quotedPattern = /^"(?:[^"\\]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*"/;
/** A plain text inside brackets; a colon may stand in it, but neither at its end nor before a space. */
const flowScalar = /^[^\s,[\]{}"'#&*!|>%@`:?-](?:[^,[\]{}:#]|:(?=[^\s,[\]{}]))*/;
const flowKey = /^([A-Za-z][A-Za-z0-9_-]*): +(?=\S)/;

/** Reads `[a, b]` and `{ a: b }`, whose text stands in one piece. */
class FlowReader {
  rest: string;

  constructor(text: string) {
    this.rest = text;
  }

  take(pattern: RegExp): string {
    const [match] = pattern.exec(this.rest) ?? giveUp();
    this.rest = this.rest.slice(match.length).trimStart();
    return match;
  }

  value(): unknown {
    if (this.rest.startsWith('[')) return this.list();
    if (this.rest.startsWith('{')) return this.mapping();
    if (this.rest.startsWith('"')) return JSON.parse(this.take(quotedPattern));
    return plainScalar(this.take(flowScalar).trimEnd());
  }

  /** Whether another item follows; takes the comma, or the closing bracket. */
  another(close: string): boolean {
    const next = this.take(/^[,\]}]/);
    if (next !== ',' && next !== close) giveUp();
    return next === ',';
  }

  list(): unknown[] {
    this.take(/^\[/);
    const read = [this.value()];
    while (this.another(']')) read.push(this.value());
    return read;
  }

  mapping(): Record<string, unknown> {
    this.take(/^\{/);
    const read: Record<string, unknown> = {};
    do {
      const key = this.take(flowKey).trimEnd().slice(0, -1);
      if (Object.hasOwn(read, key)) giveUp();
      read[key] = this.value();
    } while (this.another('}'));
    return read;
  }
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
      if (key === undefined || Object.hasOwn(read, key)) giveUp();
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
    if (text.startsWith('"')) return this.doubleQuoted(text, indent);
    if (text.startsWith("'")) return this.singleQuoted(text, indent);
    if (text.startsWith('[') || text.startsWith('{')) return this.flow(text, indent);
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

  /** A text with all its lines, in which a line break is a space; a backslash at its end would join two lines. */
  inOnePiece(text: string, indent: number): string {
    const parts = [text, ...this.further(indent)];
    return parts.some((part) => part.endsWith('\\')) ? giveUp() : parts.join(' ');
  }

  doubleQuoted(text: string, indent: number): string {
    const whole = this.inOnePiece(text, indent);
    return quotedPattern.exec(whole)?.[0] === whole ? (JSON.parse(whole) as string) : giveUp();
  }

  singleQuoted(text: string, indent: number): string {
    const whole = this.inOnePiece(text, indent);
    return /^'(?:[^']|'')*'$/.test(whole) ? whole.slice(1, -1).replaceAll("''", "'") : giveUp();
  }

  flow(text: string, indent: number): unknown {
    const reader = new FlowReader(this.inOnePiece(text, indent));
    const read = reader.value();
    return reader.rest === '' ? read : giveUp();
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
