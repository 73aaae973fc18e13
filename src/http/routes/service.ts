/** The service itself: is it alive, ready, which version, how is it doing, and what does it offer? */
import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Desk } from '../endpoint.ts';
import { NoParameters, endpoint } from '../endpoint.ts';
import { Lag } from '../answers/lag.ts';
import { waitFor } from '../positionAsked.ts';
import { Problem, problemNames, problemType, problems } from '../problems.ts';
import { formats } from '../representation.ts';
import { send } from '../send.ts';

const open = {
  method: 'get',
  tag: 'service',
  params: NoParameters,
  query: NoParameters,
  isAlwaysOpen: true,
} as const;
const json = (description: string, schema: z.ZodType) => [
  { status: 200, description, content: { [formats.json]: schema } },
];
const ProblemKind = z.strictObject({
  type: z.string(),
  name: z.enum(problemNames),
  status: z.int(),
  title: z.string(),
});

function kindOf(name: (typeof problemNames)[number]): z.infer<typeof ProblemKind> {
  return { type: problemType(name), name, ...problems[name] };
}

function whyNotReady(stopped: Error | null, { position, behind }: Lag): string {
  if (stopped !== null)
    return `This node stopped following the log at position ${position}: ${stopped.message}`;
  if (behind === null) return `${position} events of the log are known; how many it has cannot be told now.`;
  return `The log has ${position + behind} events, of which ${position} are known.`;
}

/**
 * How far behind the log this node is. While others append it always is, by what they have just appended: so it is given
 * the time in which a question would wait for that.
 */
async function lagOf(response: ServerResponse, tidemark: Desk['tidemark']): Promise<Lag> {
  const behind = await tidemark.behind();
  const head = tidemark.position + (behind ?? 0);
  if (tidemark.isReady) await Promise.resolve(waitFor(head, response, tidemark)).catch(() => undefined);
  const { position } = tidemark;
  return { position, behind: behind === null ? null : Math.max(0, head - position) };
}

export const service = [
  endpoint({
    ...open,
    path: '/livez',
    says: 'Whether the process answers.',
    answers: json('It does.', z.strictObject({ status: z.literal('alive') })),
    problems: [],
    handle: ({ response }) => response.set('Cache-Control', 'no-store').json({ status: 'alive' }),
  }),
  endpoint({
    ...open,
    path: '/readyz',
    says: 'Whether every question can be answered: the log is known up to its head, and is followed. Also how far behind it this node is.',
    answers: json('It is.', z.strictObject({ status: z.literal('ready'), ...Lag.shape })),
    problems: ['not-ready'],
    handle: async ({ response, desk: { tidemark } }) => {
      const lag = await lagOf(response, tidemark);
      if (!tidemark.isReady || (lag.behind ?? 0) > 0)
        throw new Problem('not-ready', whyNotReady(tidemark.stopped, lag), { lag });
      response.set('Cache-Control', 'no-store').json({ status: 'ready', ...lag });
    },
  }),
  endpoint({
    ...open,
    path: '/version',
    says: 'Which version of the program answers, and the log position that it knows.',
    answers: json(
      'The version.',
      z.strictObject({ name: z.literal('tidemark'), version: z.string(), position: z.int().nonnegative() }),
    ),
    problems: [],
    handle: ({ response, desk: { version, tidemark } }) =>
      response
        .set('Cache-Control', 'no-store')
        .json({ name: 'tidemark', version, position: tidemark.position }),
  }),
  endpoint({
    ...open,
    path: '/metrics',
    says: 'Figures of the service, for Prometheus.',
    answers: [{ status: 200, description: 'The figures.', content: { 'text/plain': null } }],
    problems: [],
    handle: async ({ response, desk: { metrics } }) => {
      response
        .set('Cache-Control', 'no-store')
        .type(metrics.registry.contentType)
        .send(await metrics.registry.metrics());
    },
  }),
  endpoint({
    ...open,
    path: '/openapi.json',
    says: 'This description, as OpenAPI 3.1.',
    answers: json('The description.', z.looseObject({ openapi: z.string() })),
    problems: [],
    handle: async ({ request, response, desk }) => {
      await send(
        request,
        response,
        desk.description(),
        'json',
        { isFinal: false, isFixed: false, head: 0 },
        desk.memory,
      );
    },
  }),
  endpoint({
    ...open,
    path: '/problems',
    says: 'Every problem that an answer can name as its type.',
    answers: json('The catalogue.', z.strictObject({ problems: z.array(ProblemKind) })),
    problems: [],
    handle: ({ response }) =>
      response.set('Cache-Control', 'no-cache').json({ problems: problemNames.map(kindOf) }),
  }),
  endpoint({
    ...open,
    path: '/problems/{name}',
    says: 'One problem of the catalogue.',
    params: z.strictObject({ name: z.string() }),
    answers: json('The problem.', ProblemKind),
    problems: ['unknown-route'],
    handle: ({ params, response }) => {
      const name = problemNames.find((one) => one === params.name);
      if (name === undefined)
        throw new Problem('unknown-route', `No problem is named ${params.name}. /problems lists them.`);
      response.set('Cache-Control', 'no-cache').json(kindOf(name));
    },
  }),
];
