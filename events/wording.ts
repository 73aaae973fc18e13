/** How is what a schema finds wrong put into words? What was seen, what is expected, and what to do. */
import type { z } from 'zod';

type RawIssue = z.core.$ZodRawIssue;

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

/** The longest list of values in a message, in characters. */
const listLimit = 200;

/** Values joined by commas; of many only the first, and how many more there are. */
export function valuesText(values: readonly unknown[]): string {
  const texts = values.map(String);
  const whole = texts.join(', ');
  if (whole.length <= listLimit) return whole;
  const shown = texts.filter((_, at) => texts.slice(0, at + 1).join(', ').length <= listLimit);
  return `${shown.join(', ')} and ${texts.length - shown.length} more`;
}

/** `"x"`, or `one of x, y`. */
export function choiceText(values: readonly unknown[]): string {
  return values.length === 1 ? JSON.stringify(values[0]) : `one of ${valuesText(values)}`;
}

/** What was given, as far as it is short. */
function seenText(input: unknown): string {
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object' && input !== null) return 'an object';
  const text = JSON.stringify(input) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** What a field has to be; null: what there is to say is said otherwise. */
function expectedText(issue: RawIssue): string | null {
  if (issue.code === 'invalid_type') return kinds[issue.expected] ?? issue.expected;
  if (issue.code === 'invalid_value') return choiceText(issue.values);
  if (issue.code !== 'invalid_union' || !('options' in issue)) return null;
  return Array.isArray(issue['options']) ? choiceText(issue['options']) : null;
}

/** `is missing; give title, a text`. The name is left out where the schema does not know it. */
export function missingText(name: string | null, expected: string | null): string {
  const parts = [name, expected].filter((part) => part !== null).join(', ');
  return parts === '' ? 'is missing; give it' : `is missing; give ${parts}`;
}

function nameOf({ path }: RawIssue): string | null {
  const last = path?.at(-1);
  return typeof last === 'string' ? last : null;
}

function sizeText(issue: Extract<RawIssue, { code: 'too_small' | 'too_big' }>): string {
  const isLeast = issue.code === 'too_small';
  const size = String(isLeast ? issue.minimum : issue.maximum);
  const bound =
    issue.inclusive === false ? (isLeast ? 'more than' : 'less than') : isLeast ? 'at least' : 'at most';
  const unit = { string: ' characters', array: ' items', set: ' items' }[issue.origin as string];
  return unit === undefined ? `must be ${bound} ${size}` : `must have ${bound} ${size}${unit}`;
}

/** The message of an issue for which the schema has none of its own; undefined: that of the library. */
function inWords(issue: RawIssue): string | undefined {
  const expected = expectedText(issue);
  if (issue.input === undefined && issue.code !== 'unrecognized_keys')
    return missingText(nameOf(issue), expected);
  if (issue.code === 'too_small' || issue.code === 'too_big') return sizeText(issue);
  if (issue.code === 'invalid_format')
    return issue.format === 'regex'
      ? 'is not of the form that is expected'
      : `must be a valid ${issue.format}`;
  if (expected !== null) return `is ${seenText(issue.input)}; must be ${expected}`;
  return issue.code === 'invalid_union' ? 'has none of the forms that are possible here' : undefined;
}

/** Reads a value by a schema; what is wrong with it is said in words that a client can act on. */
export function check<S extends z.ZodType>(schema: S, input: unknown): z.ZodSafeParseResult<z.infer<S>> {
  return schema.safeParse(input, { error: inWords });
}
