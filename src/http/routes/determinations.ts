/** Determinations: does this need a license, what will change, and what would a proposal touch? */
import { z } from 'zod';
import { flawsOf } from '../../../events/registry.ts';
import { DeterminationAnswer, StatusPeriod } from '../../../projections/determination/answer.ts';
import { DeterminationQuestion } from '../../../projections/determination/question.ts';
import { ImpactAnswer } from '../answers/impact.ts';
import { AtAnswer } from '../answers/at.ts';
import { NoParameters, endpoint } from '../endpoint.ts';
import { readJson } from '../jsonBody.ts';
import { clockParameters, read } from '../parameters.ts';
import { Problem } from '../problems.ts';
import { list, pageOf, question } from '../question.ts';
import { formats } from '../representation.ts';
import { SubjectPath } from '../subjectPath.ts';

const Answer = z.strictObject({ at: AtAnswer, ...DeterminationAnswer.shape });
/** The most questions of one request. */
const questionLimit = 200;

function readQuestion(body: unknown, prefix: string): DeterminationQuestion {
  const result = DeterminationQuestion.safeParse(body);
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

function readQuestions(body: unknown): DeterminationQuestion[] {
  if (!Array.isArray(body)) return [readQuestion(body, '')];
  if (body.length === 0 || body.length > questionLimit) {
    const message = `must hold 1 to ${questionLimit} questions, and holds ${body.length}`;
    throw new Problem('invalid-question', `The array ${message}.`, { faults: [{ pointer: '', message }] });
  }
  return body.map((one, at) => readQuestion(one, `/${at}`));
}

/** The inputs of a question that fit into a query: one end user, one exporter, proposals joined by commas. */
const simpleQuery = {
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
const SimpleQuery = z.strictObject({ ...clockParameters, ...simpleQuery });

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

/** The same problem with the parameters that a query has in the place of pointers. */
function namingParameters<T>(
  query: z.infer<typeof SimpleQuery>,
  ask: (question: DeterminationQuestion) => T,
): T {
  try {
    return ask(simpleQuestion(query));
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'invalid-question' || !('faults' in error)) throw error;
    const faults = (error.faults as { pointer: string; message: string }[]).map(({ pointer, message }) => {
      const [, parameter] = parameterAt.find(([pattern]) => pattern.test(pointer)) ?? [];
      const party = query.endUser === undefined ? 'exporter' : 'endUser';
      return { parameter: parameter ?? (pointer.startsWith('/parties') ? party : pointer.slice(1)), message };
    });
    throw new Problem('invalid-question', error.message, { faults });
  }
}

export const determinations = [
  endpoint({
    method: 'post',
    path: '/v1/determinations',
    tag: 'ask',
    says: 'Whether an item needs a license, under which rules, with the reasons and the next change; one question or an array.',
    params: NoParameters,
    query: NoParameters,
    body: z.union([DeterminationQuestion, z.array(DeterminationQuestion).min(1).max(questionLimit)]),
    answers: [
      {
        status: 200,
        description: 'The answers, in the order of the questions.',
        content: { [formats.json]: z.union([Answer, z.array(Answer)]) },
      },
    ],
    problems: [
      'malformed-body',
      'unsupported-media-type',
      'body-too-large',
      'invalid-question',
      'clock-ahead',
    ],
    handle: async ({ request, response, desk }) => {
      const body = await readJson(request, response);
      const questions = readQuestions(body);
      const isArray = Array.isArray(body);
      const answers = questions.map((one, at) =>
        desk.tidemark.determinations.determine(one, isArray ? `/${at}` : ''),
      );
      response
        .set('Cache-Control', 'no-store')
        .type('application/json')
        .send(JSON.stringify(isArray ? answers : answers[0]));
    },
  }),
  question({
    path: '/v1/determinations',
    says: 'The same for one chip, one destination and one end user, by query parameters.',
    params: {},
    query: simpleQuery,
    answer: DeterminationAnswer.shape,
    problems: ['invalid-question'],
    ask: (_ask, _standpoint, input, desk) =>
      namingParameters(read(SimpleQuery, input), (one) => desk.tidemark.determinations.determine(one)),
  }),
  list({
    path: '/v1/chips/{id}/status-history',
    says: 'The periods in which the determination for a chip and a destination is constant, from 2018-08-13 on.',
    params: SubjectPath,
    query: {
      destination: z.string().meta({ description: 'Country code of the destination.', examples: ['CN'] }),
      headquarters: z.string().optional().meta({
        description:
          'Country code of the headquarters of the end user and of its top owner; that of the destination where it is not given.',
      }),
    },
    problems: ['unknown-subject', 'not-known-then', 'invalid-question'],
    item: StatusPeriod,
    ask: (ask, standpoint, { id, destination, headquarters }, slice, desk) => {
      ask.one('chip', id, standpoint, {});
      const country = headquarters ?? destination;
      const asked = readQuestion(
        {
          item: { chip: id },
          activity: 'export',
          from: 'US',
          destination,
          parties: [{ role: 'end-user', headquarters: country, ultimateParentHeadquarters: country }],
        },
        '',
      );
      return pageOf(desk.tidemark.determinations.statusHistory(asked, standpoint), slice);
    },
  }),
  question({
    path: '/v1/instruments/{id}/impact',
    says: 'The recorded deals and companies that a proposal would touch, were it in force.',
    params: SubjectPath,
    query: {},
    answer: ImpactAnswer.shape,
    problems: ['not-a-proposal'],
    ask: (_ask, standpoint, { id }, desk) => desk.tidemark.determinations.impact(id, standpoint),
  }),
];
