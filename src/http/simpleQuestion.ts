/** How does a query ask for a determination? The few inputs that most questions need, by name. */
import { z } from 'zod';
import { flawsOf } from '../../events/registry.ts';
import { check } from '../../events/wording.ts';
import { DeterminationQuestion } from '../../projections/determination/question.ts';
import type { Determinations, Determined } from '../service/determinations.ts';
import { clockParameters } from './parameters.ts';
import { Problem } from './problems.ts';

/** Reads a question. Throws `invalid-question`; `prefix` is where the question stands in the body. */
export function readQuestion(body: unknown, prefix: string): DeterminationQuestion {
  const result = check(DeterminationQuestion, body);
  if (result.success) return result.data;
  const faults = flawsOf(result.error).map(({ pointer, message }) => ({
    pointer: `${prefix}${pointer}`,
    message,
  }));
  throw new Problem(
    'invalid-question',
    'The question cannot be read: "errors" says what to mend and where.',
    { faults },
  );
}

/** The inputs of a question that fit into a query: one end user, one exporter, proposals joined by commas. */
export const simpleQuery = {
  chip: z.string().meta({ description: 'The chip, by its slug.', examples: ['h800'] }),
  destination: z.string().meta({ description: 'Country code of the destination.', examples: ['CN'] }),
  activity: DeterminationQuestion.shape.activity
    .optional()
    .meta({ description: 'export where it is not given.' }),
  from: z
    .string()
    .optional()
    .meta({ description: 'Country code of where it starts.', examples: ['US'] }),
  exporter: z
    .string()
    .optional()
    .meta({ description: 'The exporter, by its slug.', examples: ['nvidia'] }),
  endUser: z
    .string()
    .optional()
    .meta({ description: 'The end user, by its slug.', examples: ['bytedance'] }),
  headquarters: z
    .string()
    .optional()
    .meta({ description: 'Country code of the headquarters of the end user.', examples: ['CN'] }),
  ultimateParentHeadquarters: z
    .string()
    .optional()
    .meta({
      description: 'Country code of the headquarters of the top owner of the end user, or self.',
      examples: ['CN'],
    }),
  assumeProposed: z
    .string()
    .optional()
    .meta({ description: 'Proposals to count as in force, joined by commas.' }),
};
export const SimpleQuery = z.strictObject({ ...clockParameters, ...simpleQuery });

/** The place in the question of each parameter, for its flaws. */
const parameterAt: readonly (readonly [RegExp, string])[] = [
  [/^\/item/, 'chip'],
  [/^\/destination/, 'destination'],
  [/^\/from/, 'from'],
  [/^\/assume/, 'assumeProposed'],
  [/^\/parties\/\d+\/ultimateParentHeadquarters/, 'ultimateParentHeadquarters'],
  [/^\/parties\/\d+\/headquarters/, 'headquarters'],
];

function simpleQuestion(query: z.infer<typeof SimpleQuery>): DeterminationQuestion {
  const { chip, destination, activity, from, exporter, endUser, headquarters, ultimateParentHeadquarters } =
    query;
  const known = Object.fromEntries(
    Object.entries({ party: endUser, headquarters, ultimateParentHeadquarters }).filter(
      ([, value]) => value !== undefined,
    ),
  );
  const parties = [
    ...(exporter === undefined ? [] : [{ role: 'exporter', party: exporter }]),
    ...(Object.keys(known).length === 0 ? [] : [{ role: 'end-user', ...known }]),
  ];
  const { asOf, publishedBy, recordedBy } = query;
  const proposed = query.assumeProposed === undefined ? [] : query.assumeProposed.split(',');
  return readQuestion(
    JSON.parse(
      JSON.stringify({
        item: { chip },
        activity: activity ?? 'export',
        from,
        destination,
        parties,
        assume: { proposed },
        asOf,
        publishedBy,
        recordedBy:
          recordedBy !== undefined && /^\d{1,15}$/.test(recordedBy) ? Number(recordedBy) : recordedBy,
      }),
    ),
    '',
  );
}

/** Answers a question that was made of parameters: its flaws name them in the place of pointers, each once. */
export function namingParameters<T>(parameterOf: (pointer: string) => string, answer: () => T): T {
  try {
    return answer();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'invalid-question' || !('faults' in error)) throw error;
    const named = (error.faults as { pointer: string; message: string }[]).map(({ pointer, message }) => ({
      parameter: parameterOf(pointer),
      message,
    }));
    const faults = named.filter(
      ({ parameter, message }, at) =>
        at === named.findIndex((one) => one.parameter === parameter && one.message === message),
    );
    throw new Problem('invalid-question', error.message, { faults, cause: error });
  }
}

/** Answers a query. */
export function determineSimply(
  determinations: Determinations,
  query: z.infer<typeof SimpleQuery>,
): Determined {
  const party = query.endUser === undefined ? 'exporter' : 'endUser';
  const parameterOf = (pointer: string) => {
    const [, parameter] = parameterAt.find(([pattern]) => pattern.test(pointer)) ?? [];
    return parameter ?? (pointer.startsWith('/parties') ? party : pointer.slice(1));
  };
  return namingParameters(parameterOf, () => determinations.determine(simpleQuestion(query)));
}
