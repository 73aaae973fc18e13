/** What does the interface look like to a program? OpenAPI 3.1, written from the schemas that read requests and describe answers. */
import { z } from 'zod';
import { Lag } from './answers/lag.ts';
import type { Answer, Endpoint } from './endpoint.ts';
import type { ProblemName } from './problems.ts';
import { problemNames, problems } from './problems.ts';

type Json = Readonly<Record<string, unknown>>;

const Problem = z
  .strictObject({
    type: z.string().meta({ description: 'Address of the explanation: /problems/<name>.' }),
    title: z.string(),
    status: z.int(),
    detail: z
      .string()
      .meta({ description: 'What failed, what was expected, what was seen, and what to do.' }),
    errors: z
      .array(
        z.strictObject({
          parameter: z.string().optional(),
          pointer: z.string().optional(),
          message: z.string(),
        }),
      )
      .optional()
      .meta({ description: 'Every parameter, or place of the body (RFC 6901), that is wrong.' }),
    ...Lag.partial().shape,
  })
  .meta({ id: 'Problem', description: 'RFC 9457.' });

const tags: Readonly<Record<Endpoint['tag'], string>> = {
  ask: 'How things stood, as of a date, as far as was public, according to the log.',
  log: 'The events themselves.',
  write: 'Recording events. Needs an API key.',
  subscribe: 'Hearing of what is new.',
  audit: 'Deriving the answers anew from the log.',
  service: 'The service itself.',
};

/** Schemas by the place where the description uses them, as JSON Schema with references into `components`. */
interface Converted {
  readonly at: ReadonlyMap<string, Json>;
  readonly components: Json;
}

/** A schema that has an id, or contains itself, becomes a component. */
function inComponents(text: string): string {
  return text.replaceAll('"#/$defs/', '"#/components/schemas/');
}

/** One conversion for all, so that what is shared is described once. `prefix` keeps unnamed parts apart. */
function convert(schemas: ReadonlyMap<string, z.ZodType>, io: 'input' | 'output', prefix: string): Converted {
  const whole = z.object(Object.fromEntries(schemas));
  const json = z.toJSONSchema(whole, { io, unrepresentable: 'any', target: 'draft-2020-12' });
  const text = inComponents(JSON.stringify(json)).replaceAll('__schema', `${prefix}Part`);
  const { properties = {}, $defs = {} } = JSON.parse(text) as {
    properties?: Record<string, Json>;
    $defs?: Json;
  };
  return { at: new Map(Object.entries(properties)), components: $defs };
}

function answerKey(endpoint: Endpoint, answer: Answer, type: string): string {
  return `${endpoint.method} ${endpoint.path} ${answer.status} ${type}`;
}

function parameterKey(endpoint: Endpoint, where: 'path' | 'query', name: string): string {
  return `${endpoint.method} ${endpoint.path} ${where} ${name}`;
}

function answerSchemas(endpoints: readonly Endpoint[]): Map<string, z.ZodType> {
  const schemas = new Map<string, z.ZodType>([['problem', Problem]]);
  for (const endpoint of endpoints) {
    for (const answer of endpoint.answers) {
      for (const [type, schema] of Object.entries(answer.content)) {
        if (schema !== null) schemas.set(answerKey(endpoint, answer, type), schema);
      }
    }
    for (const [where, schema] of [
      ['path', endpoint.params],
      ['query', endpoint.query],
    ] as const) {
      for (const [name, parameter] of Object.entries(schema.shape)) {
        schemas.set(parameterKey(endpoint, where, name), parameter as z.ZodType);
      }
    }
  }
  return schemas;
}

function bodySchemas(endpoints: readonly Endpoint[]): Map<string, z.ZodType> {
  const bodies = endpoints.flatMap((endpoint) =>
    endpoint.body === undefined ? [] : [[endpoint.path, endpoint.body] as const],
  );
  return new Map(bodies);
}

function parametersOf(endpoint: Endpoint, answers: Converted): Json[] {
  const of = (where: 'path' | 'query', schema: z.ZodObject) =>
    Object.entries(schema.shape).map(([name, parameter]) => {
      const { description, examples, ...rest } = answers.at.get(parameterKey(endpoint, where, name)) ?? {};
      const isRequired = where === 'path' || !(parameter as z.ZodType).safeParse(undefined).success;
      const example = Array.isArray(examples) ? { example: examples[0] as unknown } : {};
      return {
        name,
        in: where,
        required: isRequired,
        ...(description === undefined ? {} : { description }),
        ...example,
        schema: rest,
      };
    });
  const negotiated = endpoint.original === undefined ? [] : [acceptDatetime];
  return [...of('path', endpoint.params), ...of('query', endpoint.query), ...negotiated];
}

const text = { type: 'string' };
const acceptDatetime = {
  name: 'Accept-Datetime',
  in: 'header',
  required: false,
  description:
    'How things stood at this time, from what was public by then (RFC 7089): a date of RFC 1123, in GMT. Not together with a clock.',
  example: 'Thu, 01 Sep 2022 00:00:00 GMT',
  schema: text,
};
/** Of an answer of an address that has a history (RFC 7089). */
const mementoHeaders = {
  Vary: { description: 'Names Accept-Datetime.', schema: text },
  Link: {
    description:
      'original timegate, timemap and, where Accept-Datetime was sent, memento, first, prev, next and last memento, each with its datetime.',
    schema: text,
  },
  'Memento-Datetime': {
    description:
      'When this state began, at or before what was asked for; of an answer to Accept-Datetime, and of one with both clocks at the same second and a position. The first state, in which nothing is known, has no beginning and bears Wed, 01 Jan 1000 00:00:00 GMT.',
    schema: text,
  },
  'Content-Location': {
    description: 'The address of this very answer for ever; where Accept-Datetime was sent.',
    schema: text,
  },
};

function contentOf(endpoint: Endpoint, answer: Answer, answers: Converted): Json {
  const content = Object.entries(answer.content).map(([type, schema]) => [
    type,
    schema === null
      ? { schema: { type: 'string' } }
      : { schema: answers.at.get(answerKey(endpoint, answer, type)) },
  ]);
  const headers = endpoint.original === undefined ? {} : { headers: mementoHeaders };
  return { description: answer.description, ...headers, content: Object.fromEntries(content) };
}

/** Problems that any request to the address can meet. */
function commonProblems(endpoint: Endpoint): ProblemName[] {
  const names: ProblemName[] = ['invalid-parameter', 'not-acceptable', 'method-not-allowed', 'internal'];
  if (endpoint.isAlwaysOpen !== true) names.push('not-ready');
  if (endpoint.scope !== undefined) names.push('no-key', 'missing-scope');
  return names;
}

/** The problems an endpoint can answer, by status. */
export function problemsOf(endpoint: Endpoint): ReadonlyMap<number, readonly ProblemName[]> {
  const named = new Set([...commonProblems(endpoint), ...endpoint.problems]);
  const byStatus = new Map<number, ProblemName[]>();
  for (const name of problemNames.filter((one) => named.has(one))) {
    byStatus.set(problems[name].status, [...(byStatus.get(problems[name].status) ?? []), name]);
  }
  return byStatus;
}

function responsesOf(endpoint: Endpoint, answers: Converted): Json {
  const good = endpoint.answers.map(
    (answer) => [String(answer.status), contentOf(endpoint, answer, answers)] as const,
  );
  const bad = [...problemsOf(endpoint)].map(([status, names]) => {
    const description = names.map((name) => `\`${name}\`: ${problems[name].title}.`).join(' ');
    return [
      String(status),
      { description, content: { 'application/problem+json': { schema: answers.at.get('problem') } } },
    ] as const;
  });
  const isCached = endpoint.method === 'get' && endpoint.tag !== 'service' && endpoint.tag !== 'subscribe';
  const notModified = isCached
    ? [['304', { description: 'The copy that If-None-Match names is still current.' }] as const]
    : [];
  const moved = endpoint.problems.includes('not-known-then')
    ? [
        [
          '308',
          {
            description:
              'The subject was merged into another one; Location has the same question about that.',
            headers: { Location: { schema: text } },
            content: { 'text/plain': { schema: text }, 'text/html': { schema: text } },
          },
        ] as const,
      ]
    : [];
  return Object.fromEntries([...good, ...notModified, ...moved, ...bad]);
}

function operationOf(endpoint: Endpoint, answers: Converted, bodies: Converted): Json {
  const body = bodies.at.get(endpoint.path);
  return {
    operationId: `${endpoint.method} ${endpoint.path}`.replaceAll(/[^A-Za-z0-9]+/g, '-').replace(/-$/, ''),
    tags: [endpoint.tag],
    summary: endpoint.says,
    parameters: parametersOf(endpoint, answers),
    ...(endpoint.body === undefined || body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    ...(endpoint.scope === undefined ? {} : { security: [{ key: [] }], 'x-scope': endpoint.scope }),
    responses: responsesOf(endpoint, answers),
  };
}

function pathsOf(endpoints: readonly Endpoint[], answers: Converted, bodies: Converted): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const endpoint of endpoints) {
    paths[endpoint.path] = {
      ...paths[endpoint.path],
      [endpoint.method]: operationOf(endpoint, answers, bodies),
    };
  }
  return paths;
}

/** The whole description. */
export function openapi(endpoints: readonly Endpoint[], version: string): Json {
  const answers = convert(answerSchemas(endpoints), 'output', 'Answer');
  const bodies = convert(bodySchemas(endpoints), 'input', 'Body');
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tidemark',
      version,
      description:
        "How AI-compute regulation and any company's compute stood, as of any date, as far as anyone could know then.",
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths: pathsOf(endpoints, answers, bodies),
    components: {
      schemas: { ...bodies.components, ...answers.components },
      securitySchemes: {
        key: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API key, made with `npm run tidemark -- keys add`.',
        },
      },
    },
  };
}
