/** The log itself: read in order, written to, corrected. */
import { z } from 'zod';
import { EventId, Subject } from '../../../events/identity.ts';
import { eventTypeNames, flawsOf } from '../../../events/registry.ts';
import { check } from '../../../events/wording.ts';
import {
  CorrectionRequest,
  RetractionRequest,
  correctionOf,
  retractionOf,
} from '../../service/corrections.ts';
import { batchLimit } from '../../service/record.ts';
import type { Fault } from '../../service/refusal.ts';
import { Refusal } from '../../service/refusal.ts';
import { EventAnswer, ListedEvent, RecordedAnswer } from '../answers/event.ts';
import type { Call } from '../endpoint.ts';
import { NoParameters, endpoint } from '../endpoint.ts';
import { EventBody } from '../eventBody.ts';
import { readJson } from '../jsonBody.ts';
import { wholeNumber } from '../parameters.ts';
import { Problem } from '../problems.ts';
import { list, question } from '../question.ts';
import { recordBody } from '../recordBody.ts';
import { sendReply } from '../reply.ts';
import { formats } from '../representation.ts';

const EventPath = z.strictObject({
  id: EventId.meta({
    description: 'The id of an event.',
    examples: ['0193f0a0-0000-7000-8000-000000000000'],
  }),
});
export const filterParameters = {
  type: z.enum(eventTypeNames).optional().meta({ description: 'Only events of this type.' }),
  subject: Subject.optional().meta({
    description: 'Only events on the stream of this subject.',
    examples: ['party:bytedance'],
  }),
};
export const afterParameter = wholeNumber(0, Number.MAX_SAFE_INTEGER)
  .optional()
  .meta({ description: 'Only what comes after this log position; 0 where it is not given.' });

type Writing = Pick<Call<z.ZodObject, z.ZodObject>, 'request' | 'response' | 'desk'>;

/** Records a body, one event or an array of them, and answers what became of it. */
async function record({ request, response, desk }: Writing, body: unknown): Promise<void> {
  const writer = { actor: String(response.locals['actor']), ifMatch: request.get('if-match') };
  sendReply(response, await recordBody(body, writer, desk));
}

/** Reads a body by a schema, or throws a Problem `invalid-event` with the place of every flaw. */
function readBody<S extends z.ZodObject>(schema: S, body: unknown): z.infer<S> {
  const result = check(schema, body);
  if (result.success) return result.data;
  const faults = flawsOf(result.error);
  throw new Problem('invalid-event', 'Nothing was recorded: "errors" says what to mend and where.', {
    faults,
  });
}

/** Where a flaw of the event that a request makes lies in the request: the event that it is about is in its address. */
function inRequest(fault: Fault): Fault {
  if (!('pointer' in fault)) return fault;
  const { pointer, message } = fault;
  if (pointer === '/data/event') return { parameter: 'id', message };
  return { pointer: pointer.replace(/^\/data(?=\/)/, ''), message };
}

/** Records the correction or retraction that a request makes. */
async function recordRequest(call: Writing, event: unknown): Promise<void> {
  try {
    await record(call, event);
  } catch (error) {
    if (!(error instanceof Refusal) || error.name !== 'invalid-event') throw error;
    throw new Refusal('invalid-event', error.message, error.faults.map(inRequest), { cause: error });
  }
}

/** The event that a correction or retraction is about: recorded, whenever it was published. */
function targetOf({ params, desk }: Call<typeof EventPath, z.ZodObject>) {
  return desk.tidemark.ask.recorded(params.id, desk.tidemark.ask.standpoint({}));
}

const written = [
  {
    status: 201,
    description: 'Recorded, durable, and known to every question asked from now on.',
    content: { [formats.json]: RecordedAnswer },
  },
  {
    status: 200,
    description: 'All of it had been recorded before, with the same content.',
    content: { [formats.json]: RecordedAnswer },
  },
];
const writing = {
  method: 'post',
  tag: 'write',
  scope: 'append',
  query: NoParameters,
  answers: written,
} as const;
const writeProblems = [
  'malformed-body',
  'unsupported-media-type',
  'body-too-large',
  'event-too-large',
  'invalid-event',
  'id-conflict',
  'wrong-revision',
  'unavailable',
  'outcome-unknown',
] as const;

export const events = [
  list({
    path: '/v1/events',
    tag: 'log',
    says: 'The log itself, in order, as it was recorded; asOf says only where the answer stands and leaves nothing out.',
    params: {},
    query: { ...filterParameters, after: afterParameter },
    item: ListedEvent,
    ask: (ask, standpoint, { type, subject, after }, { offset, limit }) => {
      const from = Math.max(offset, after ?? 0);
      const page = ask.events(standpoint, { type, subject, after: from, limit });
      return { at: page.at, items: page.items, next: page.isComplete ? null : page.last };
    },
  }),
  question({
    path: '/v1/events/{id}',
    tag: 'log',
    says: 'One event as it was recorded, how it is read at these clocks, and what corrects it or speaks against it.',
    params: EventPath.shape,
    query: {},
    problems: ['unknown-event'],
    answer: EventAnswer.shape,
    ask: (ask, standpoint, { id }) => ask.event(id, standpoint),
  }),
  endpoint({
    ...writing,
    path: '/v1/events',
    says: `Records one event or an array of up to ${batchLimit}, all or nothing.`,
    params: NoParameters,
    body: EventBody,
    problems: [...writeProblems],
    handle: async (call) => record(call, await readJson(call.request, call.response)),
  }),
  endpoint({
    ...writing,
    path: '/v1/events/{id}/corrections',
    says: 'Records how a field of an event is to be read instead; the event itself stays.',
    params: EventPath,
    body: CorrectionRequest,
    problems: [...writeProblems, 'unknown-event'],
    handle: async (call) => {
      const target = targetOf(call);
      const request = readBody(CorrectionRequest, await readJson(call.request, call.response));
      await recordRequest(call, correctionOf(target, request, call.desk.clock()));
    },
  }),
  endpoint({
    ...writing,
    path: '/v1/events/{id}/retraction',
    says: 'Records that an event no longer counts; it stays in the log.',
    params: EventPath,
    body: RetractionRequest,
    problems: [...writeProblems, 'unknown-event'],
    handle: async (call) => {
      const target = targetOf(call);
      const request = readBody(RetractionRequest, await readJson(call.request, call.response));
      await recordRequest(call, retractionOf(target, request, call.desk.clock()));
    },
  }),
];
