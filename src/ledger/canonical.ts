// Which bytes stand for a JSON value, the same for everyone who writes it down? (RFC 8785)

/**
 * Deeper than any event, far from the end of the stack. A value that contains itself ends here too.
 */
const MAX_DEPTH = 500;

/** With the `u` flag a surrogate matches only where it has no partner. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** The longest text that a loop over its code units settles faster than a call out to JSON.stringify. */
const SHORT_TEXT = 40;

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

/** One member of a canonical object: its name, and its text as it stands between the commas. */
export interface CanonicalMember {
  readonly name: string;
  readonly text: string;
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
  return write(value, []);
}

/**
 * The members of one object in canonical order, so that a caller can put its own between them. Joined by commas in
 * braces they are `canonicalize(object)`.
 *
 * @throws {NotCanonical} as canonicalize.
 */
export function canonicalMembers(object: object): readonly CanonicalMember[] {
  const members = object as Readonly<Record<string, unknown>>;
  return inCanonicalOrder(Object.keys(object)).map((name) => ({
    name,
    text: writeMember(members, name, []),
  }));
}

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
  if (text.length <= SHORT_TEXT && isPlainAscii(text)) return `"${text}"`;
  if (LONE_SURROGATE.test(text)) throw new NotCanonical(path, 'text with a lone surrogate');
  return JSON.stringify(text);
}

/** Text that stands in JSON as it is: printable ASCII without quote and backslash. */
function isPlainAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x20 || unit > 0x7e || unit === 0x22 || unit === 0x5c) return false;
  }
  return true;
}

/** An object literal or what JSON.parse gives, of any realm: nothing above its prototype. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || (typeof prototype === 'object' && Object.getPrototypeOf(prototype) === null);
}
