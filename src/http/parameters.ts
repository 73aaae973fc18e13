/** How is a parameter read? Strictly: each in its form, once, and none that the endpoint does not know. */
import { z } from 'zod';
import { DayOrInstant } from '../../events/dates.ts';
import { check, missingText } from '../../events/wording.ts';
import type { Fault } from '../service/refusal.ts';
import { Problem } from './problems.ts';

/** A whole number between two others, both included. */
export function wholeNumber(least: number, most: number) {
  return z
    .string()
    .regex(/^\d{1,15}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(least, `must be at least ${least}`).max(most, `must be at most ${most}`));
}

export const YesOrNo = z
  .enum(['true', 'false'], 'must be true or false')
  .transform((text) => text === 'true')
  .pipe(z.boolean());

/** A clock on the axis of the log: a position, or a time by which events were recorded. */
const RecordedBy = z.union([z.string().regex(/^\d{1,15}$/), DayOrInstant], {
  error:
    'must be a log position, a day that exists as YYYY-MM-DD, or an RFC 3339 instant such as 2025-01-05T12:00:00Z',
});

/** The three clocks (domain.md). */
export const clockParameters = {
  asOf: DayOrInstant.optional().meta({
    description:
      'How things stood on this day, or at this instant; the instant of the request where it is not given.',
    examples: ['2025-01-05'],
  }),
  publishedBy: DayOrInstant.optional().meta({
    description: 'From what was public by this day or instant; no limit where it is not given.',
    examples: ['2025-01-05'],
  }),
  recordedBy: RecordedBy.optional().meta({
    description:
      'According to the log up to this position, or as recorded by the end of this UTC day; the head where it is not given. Only a position makes an answer final. One that was recorded on another node and is not known here yet is waited for, up to two seconds.',
    examples: ['412'],
  }),
};
export const Clocks = z.strictObject(clockParameters);

export const hindsightParameter = {
  hindsight: YesOrNo.optional().meta({
    description: 'Where nothing is known of the subject at these clocks, say from when it is.',
  }),
};

/** The most items of one page, and as many as there are where no limit is given. */
export const pageLimit = 1000;

export const pageParameters = {
  limit: wholeNumber(1, pageLimit)
    .optional()
    .meta({ description: `How many items at most; ${pageLimit} where it is not given.` }),
  cursor: z.string().max(4000).optional().meta({
    description: 'The `next` of the page before. It holds the whole question and pins the log position.',
  }),
};

function known(schema: z.ZodObject): string[] {
  return Object.keys(schema.shape);
}

function unknownMessage(name: string, schema: z.ZodObject): string {
  const names = known(schema);
  const meant = names.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  if (meant !== undefined) return `is no parameter; did you mean ${meant}?`;
  return names.length === 0
    ? 'is no parameter; this address takes none'
    : `is no parameter; this address takes ${names.join(', ')}`;
}

function missingMessage(name: string, schema: z.ZodObject): string {
  const examples: unknown = (schema.shape[name] as z.ZodType | undefined)?.meta()?.['examples'];
  const [example] = Array.isArray(examples) ? (examples as unknown[]) : [];
  return missingText(name, typeof example === 'string' ? `such as ${name}=${example}` : null);
}

function faultsOf(error: z.ZodError, schema: z.ZodObject, input: unknown): Fault[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((parameter) => ({ parameter, message: unknownMessage(parameter, schema) }));
    }
    const parameter = String(issue.path[0] ?? '');
    const given = (input as Readonly<Record<string, unknown>>)[parameter];
    if (given === undefined) return [{ parameter, message: missingMessage(parameter, schema) }];
    return [
      { parameter, message: Array.isArray(given) ? 'is given more than once; give it once' : issue.message },
    ];
  });
}

/** Reads parameters, or throws a Problem `invalid-parameter` that names every one that is wrong. */
export function read<S extends z.ZodObject>(schema: S, input: unknown): z.infer<S> {
  const result = check(schema, input);
  if (result.success) return result.data;
  const faults = faultsOf(result.error, schema, input);
  const detail = faults
    .map((fault) => ('parameter' in fault ? `${fault.parameter} ${fault.message}` : fault.message))
    .join('; ');
  throw new Problem('invalid-parameter', detail, { faults });
}
