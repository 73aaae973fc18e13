/** Determinations: does this need a license, what will change, and what would a proposal touch? */
import { z } from 'zod';
import { DeterminationAnswer, StatusPeriod } from '../../../projections/determination/answer.ts';
import { DeterminationQuestion } from '../../../projections/determination/question.ts';
import { ImpactAnswer } from '../answers/impact.ts';
import { AtAnswer } from '../answers/at.ts';
import { NoParameters, endpoint } from '../endpoint.ts';
import { determineBody, questionLimit } from '../determineBody.ts';
import { readJson } from '../jsonBody.ts';
import { hindsightParameter, read } from '../parameters.ts';
import { list, pageOf, question } from '../question.ts';
import { sendReply } from '../reply.ts';
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
      sendReply(response, await determineBody(await readJson(request, response), response, desk));
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
      const supposed =
        headquarters === undefined
          ? [
              `the end user and its top owner are headquartered in ${destination}, as no headquarters is given`,
            ]
          : [];
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
        () => pageOf(desk.tidemark.determinations.statusHistory(asked(), standpoint, supposed), slice),
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
