// Which bytes stand for a JSON value, the same for everyone who writes it down? (RFC 8785)

/** Deeper than any event, far from the end of the stack. A value that contains itself ends here too. */
const MAX_DEPTH = 500;

/** With the `u` flag a surrogate matches only where it has no partner. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** How JSON.stringify prints half a surrogate pair; the same letters after an escaped backslash are harmless, and rare. */
const SURROGATE_ESCAPE = '\\ud';

/** Names that an object lists before all others, in order of number, and the one that sets no member. */
const KEEPS_NO_ORDER = /^\d|^__proto__$/;

/** Stands for a value that the short way leaves to the careful one. */
const UNUSUAL = Symbol('unusual');

/** Thrown for a value that has no canonical form. `pointer` (RFC 6901) says where: `/data/chips/0`. */
export class NotCanonical extends Error {
  readonly pointer: string;

  constructor(path: readonly (string | number)[], seen: string) {
    const pointer = path
      .map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`)
      .join('');
    super(
      `${pointer === '' ? 'The value' : pointer} cannot be written as canonical JSON (RFC 8785): expected null, ` +
        `a boolean, a finite number, well-formed text, an array or a plain object, saw ${seen}. ` +
        'Leave the member out, or send a JSON value.',
    );
    this.name = 'NotCanonical';
    this.pointer = pointer;
  }
}

/**
 * The RFC 8785 text of a JSON value; its UTF-8 encoding is the canonical bytes.
 *
 * `JSON.stringify` already prints numbers (section 3.2.2.3) and text (3.2.2.2) as the RFC asks; what is added is the
 * order of members (3.2.3: by UTF-16 code units) and the refusal of what JSON.stringify would quietly repair.
 *
 * @throws {NotCanonical} for undefined, NaN, infinities, bigint, functions, symbols, lone surrogates, class instances
 * (a Date too) and nesting deeper than 500.
 */
export function canonicalize(value: unknown): string {
  const sorted = inOrder(value, 0);
  const text = sorted === UNUSUAL ? SURROGATE_ESCAPE : JSON.stringify(sorted);
  return text.includes(SURROGATE_ESCAPE) ? write(value, []) : text;
}

/**
 * The short way, twice as fast, for nearly every event: a copy with its members in canonical order, for JSON.stringify to
 * print in one go. Whatever it would not print as RFC 8785 asks is UNUSUAL, and `write` prints or refuses it.
 */
function inOrder(value: unknown, depth: number): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : UNUSUAL;
    case 'object':
      if (value === null) return null;
      if (depth >= MAX_DEPTH) return UNUSUAL;
      if (Array.isArray(value)) return itemsInOrder(value, depth + 1);
      return isPlain(value) ? membersInOrder(value as Readonly<Record<string, unknown>>, depth + 1) : UNUSUAL;
    default:
      return UNUSUAL;
  }
}

function itemsInOrder(items: readonly unknown[], depth: number): unknown {
  const copy: unknown[] = [];
  for (let index = 0; index < items.length; index += 1) {
    const item = inOrder(items[index], depth);
    if (item === UNUSUAL) return UNUSUAL;
    copy.push(item);
  }
  return copy;
}

function membersInOrder(object: Readonly<Record<string, unknown>>, depth: number): unknown {
  const copy: Record<string, unknown> = {};
  for (const name of inCanonicalOrder(Object.keys(object))) {
    const member = KEEPS_NO_ORDER.test(name) ? UNUSUAL : inOrder(object[name], depth);
    if (member === UNUSUAL) return UNUSUAL;
    copy[name] = member;
  }
  return copy;
}

/** The careful way: knows where it is, so that a refusal can say so. */
function write(value: unknown, path: (string | number)[]): string {
  switch (typeof value) {
    case 'string':
      return writeText(value, path);
    case 'number':
      if (!Number.isFinite(value)) throw new NotCanonical(path, String(value));
      return String(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      return value === null ? 'null' : writeComposite(value, path);
    default:
      throw new NotCanonical(path, typeof value);
  }
}

function writeComposite(value: object, path: (string | number)[]): string {
  if (path.length >= MAX_DEPTH) throw new NotCanonical(path, `nesting deeper than ${MAX_DEPTH}`);
  if (Array.isArray(value)) return writeArray(value, path);
  if (!isPlain(value)) throw new NotCanonical(path, `an instance of ${value.constructor.name}`);
  return writeObject(value as Readonly<Record<string, unknown>>, path);
}

function writeObject(object: Readonly<Record<string, unknown>>, path: (string | number)[]): string {
  let text = '{';
  for (const name of inCanonicalOrder(Object.keys(object))) {
    text += text.length === 1 ? writeMember(object, name, path) : `,${writeMember(object, name, path)}`;
  }
  return `${text}}`;
}

function writeMember(
  object: Readonly<Record<string, unknown>>,
  name: string,
  path: (string | number)[],
): string {
  path.push(name);
  const text = `${writeText(name, path)}:${write(object[name], path)}`;
  path.pop();
  return text;
}

function writeArray(values: readonly unknown[], path: (string | number)[]): string {
  let text = '';
  for (let index = 0; index < values.length; index += 1) {
    path.push(index);
    text += index === 0 ? write(values[index], path) : `,${write(values[index], path)}`;
    path.pop();
  }
  return `[${text}]`;
}

/**
 * Sorts in place by UTF-16 code units, which is how `<` compares in ECMAScript. By insertion, because objects of events
 * are small and mostly in order already, and Array.prototype.sort costs more than all else here.
 */
function inCanonicalOrder(names: string[]): readonly string[] {
  if (names.length > 32) return names.sort();
  for (let index = 1; index < names.length; index += 1) {
    const name = names[index] as string;
    let gap = index;
    for (; gap > 0 && name < (names[gap - 1] as string); gap -= 1) names[gap] = names[gap - 1] as string;
    names[gap] = name;
  }
  return names;
}

function writeText(text: string, path: readonly (string | number)[]): string {
  if (LONE_SURROGATE.test(text)) throw new NotCanonical(path, 'text with a lone surrogate');
  return JSON.stringify(text);
}

/** An object literal or what JSON.parse gives, of any realm: nothing above its prototype. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || (typeof prototype === 'object' && Object.getPrototypeOf(prototype) === null);
}
