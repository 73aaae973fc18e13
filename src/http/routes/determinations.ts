/** Determinations: does this need a license, what will change, and what would a proposal touch? */
import { z } from 'zod';
import { DeterminationAnswer, StatusPeriod } from '../../../projections/determination/answer.ts';
import { DeterminationQuestion } from '../../../projections/determination/question.ts';
import type { Determinations, Determined } from '../../service/determinations.ts';
import { Refusal } from '../../service/refusal.ts';
import { ImpactAnswer } from '../answers/impact.ts';
import { AtAnswer } from '../answers/at.ts';
import { NoParameters, endpoint } from '../endpoint.ts';
import { readJson } from '../jsonBody.ts';
import { hindsightParameter, read } from '../parameters.ts';
import { Problem } from '../problems.ts';
import { positionOf, waitFor } from '../positionAsked.ts';
import { list, pageOf, question } from '../question.ts';
import { formats } from '../representation.ts';
import {
  SimpleQuery,
  determineSimply,
  namingParameters,
  readQuestion,
  simpleQuery,
} from '../simpleQuestion.ts';
import { SubjectPath } from '../subjectPath.ts';

const Answer = z.strictObject({ at: AtAnswer, ...DeterminationAnswer.shape });
/** The most questions of one request. */
const questionLimit = 200;

function readQuestions(body: unknown): DeterminationQuestion[] {
  if (!Array.isArray(body)) return [readQuestion(body, '')];
  if (body.length === 0 || body.length > questionLimit) {
    const message = `must hold 1 to ${questionLimit} questions, and holds ${body.length}`;
    throw new Problem('invalid-question', `The array ${message}.`, { faults: [{ pointer: '', message }] });
  }
  return body.map((one, at) => readQuestion(one, `/${at}`));
}

/** Answers a question of a body. A clock that runs ahead is named by its place in the body, like every other flaw. */
function determineAt(
  determinations: Determinations,
  asked: DeterminationQuestion,
  prefix: string,
): Determined {
  try {
    return determinations.determine(asked, prefix);
  } catch (error) {
    if (!(error instanceof Refusal) || error.name !== 'clock-ahead') throw error;
    const faults = error.faults.map((fault) =>
      'parameter' in fault ? { pointer: `${prefix}/${fault.parameter}`, message: fault.message } : fault,
    );
    throw new Refusal('clock-ahead', error.message, faults, { cause: error });
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
      const position = Math.max(...questions.map(({ recordedBy }) => positionOf(recordedBy)));
      await waitFor(position, response, desk.tidemark);
      const answers = questions.map((one, at) =>
        determineAt(desk.tidemark.determinations, one, isArray ? `/${at}` : ''),
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
      determineSimply(desk.tidemark.determinations, read(SimpleQuery, input)),
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
      ...hindsightParameter,
    },
    problems: ['unknown-subject', 'not-known-then', 'invalid-question'],
    item: StatusPeriod.extend({ to: z.string().nullable().meta({ description: 'Exclusive; null: open.' }) }),
    ask: (ask, standpoint, { id, destination, headquarters, hindsight }, slice, desk) => {
      ask.one('chip', id, standpoint, { hindsight });
      const country = headquarters ?? destination;
      const asked = () =>
        readQuestion(
          {
            item: { chip: id },
            activity: 'export',
            from: 'US',
            destination,
            parties: [{ role: 'end-user', headquarters: country, ultimateParentHeadquarters: country }],
          },
          '',
        );
      const isOfParty = (pointer: string) => pointer.startsWith('/parties') && headquarters !== undefined;
      return namingParameters(
        (pointer) => (isOfParty(pointer) ? 'headquarters' : 'destination'),
        () => pageOf(desk.tidemark.determinations.statusHistory(asked(), standpoint), slice),
      );
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
