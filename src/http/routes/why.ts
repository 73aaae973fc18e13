/** Why is it so, what changed, and what was served as true and was not? */
import { z } from 'zod';
import { Subject } from '../../../events/identity.ts';
import { attributeNames } from '../../../projections/views/explain.ts';
import { DayOrInstant } from '../../../events/dates.ts';
import { Difference, DiffAt, ExplainAnswer, LiveErrorAnswer, LiveErrorsBeside } from '../answers/why.ts';
import { endpoint, NoParameters } from '../endpoint.ts';
import { Refusal } from '../../service/refusal.ts';
import { clockParameters, hindsightParameter } from '../parameters.ts';
import { list, pageOf, question } from '../question.ts';
import { formats } from '../representation.ts';
import { send } from '../send.ts';

const subjectParameter = Subject.meta({
  description: 'The subject, as kind:slug.',
  examples: ['party:bytedance'],
});
const side = (name: 'from' | 'to') => ({
  [`${name}.asOf`]: clockParameters.asOf,
  [`${name}.publishedBy`]: clockParameters.publishedBy,
  [`${name}.recordedBy`]: clockParameters.recordedBy,
});

/** The same refusal, under the name that a clock has in this address. */
function naming<T>(nameOf: (parameter: string) => string, answer: () => T): T {
  try {
    return answer();
  } catch (error) {
    if (!(error instanceof Refusal) || error.name !== 'clock-ahead') throw error;
    const faults = error.faults.map((fault) =>
      'parameter' in fault ? { ...fault, parameter: nameOf(fault.parameter) } : fault,
    );
    const detail = faults.map((fault) =>
      'parameter' in fault ? `${fault.parameter} ${fault.message}` : fault.message,
    );
    throw new Refusal('clock-ahead', detail.join('; '), faults, { cause: error });
  }
}

export const why = [
  question({
    path: '/v1/explain',
    says: 'Why an attribute of a subject has its value: the winning claim, each loser with why it lost, and what was withdrawn.',
    params: {},
    query: {
      subject: subjectParameter,
      attribute: z
        .enum(attributeNames as [string, ...string[]])
        .optional()
        .meta({
          description: 'One attribute; every attribute where it is not given.',
          examples: ['legalStatus'],
        }),
      ...hindsightParameter,
    },
    answer: ExplainAnswer.shape,
    problems: ['unknown-subject', 'not-known-then'],
    ask: (ask, standpoint, { subject, attribute, hindsight }) =>
      ask.explain(subject, attribute, standpoint, { hindsight }),
  }),
  endpoint({
    method: 'get',
    path: '/v1/diff',
    tag: 'ask',
    says: 'What differs between two points on the three clocks, on one subject or on all, and which events make it so.',
    params: NoParameters,
    query: z.strictObject({ ...side('from'), ...side('to'), subject: subjectParameter.optional() }),
    answers: [
      {
        status: 200,
        description: 'The differences, by subject and attribute.',
        content: {
          [formats.json]: z.strictObject({ at: DiffAt, items: z.array(Difference), next: z.null() }),
        },
      },
    ],
    problems: ['clock-ahead', 'unknown-subject'],
    handle: async ({ query, request, response, desk }) => {
      const { ask } = desk.tidemark;
      const clocks = query as Readonly<Record<string, string | undefined>>;
      const standpoint = (name: 'from' | 'to') =>
        naming(
          (parameter) => `${name}.${parameter}`,
          () =>
            ask.standpoint({
              asOf: clocks[`${name}.asOf`],
              publishedBy: clocks[`${name}.publishedBy`],
              recordedBy: clocks[`${name}.recordedBy`],
            }),
        );
      const [from, to] = [standpoint('from'), standpoint('to')];
      const answer = { ...ask.diff(from, to, query.subject ?? null), next: null };
      const isFixed = from.isAsOfGiven && to.isAsOfGiven;
      const standing = { isFixed, isFinal: isFixed && from.isPinned && to.isPinned, head: ask.head };
      await send(request, response, JSON.stringify(answer), 'json', standing, desk.memory);
    },
  }),
  list({
    path: '/v1/errors-live',
    says: 'What was served, or public, as true on a day and has since been corrected, retracted, denied or disputed.',
    params: {},
    query: {
      on: DayOrInstant.meta({ description: 'The day.', examples: ['2025-01-05'] }),
      clock: z.enum(['recorded', 'published']).optional().meta({
        description:
          'recorded (where it is not given): what this log held by the end of that day. published: what was public by then.',
      }),
    },
    problems: [],
    item: LiveErrorAnswer,
    beside: LiveErrorsBeside,
    ask: (ask, standpoint, { on, clock }, slice) => {
      const { reason, ...answer } = naming(
        () => 'on',
        () => ask.errorsLive(on, clock ?? 'recorded', standpoint),
      );
      return { ...pageOf(answer, slice), beside: { reason } };
    },
  }),
];
