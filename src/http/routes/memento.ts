/** Which states has an address had? TimeMaps (RFC 7089, 5), in link format and in JSON. */
import { z } from 'zod';
import { instantText } from '../../../events/dates.ts';
import type { Second } from '../../../projections/changeMoments.ts';
import { Moved, Refusal } from '../../service/refusal.ts';
import type { Desk, Endpoint, OriginalResource } from '../endpoint.ts';
import { endpoint } from '../endpoint.ts';
import { httpDate } from '../httpDate.ts';
import { historyAt } from '../memento.ts';
import type { Place } from '../mementoAddress.ts';
import { mementoAddress, originalAddress, timeMapAddress } from '../mementoAddress.ts';
import { clockParameters, pageParameters, read } from '../parameters.ts';
import { Problem } from '../problems.ts';
import { formats } from '../representation.ts';
import { send } from '../send.ts';
import { companies } from './companies.ts';
import { compute } from './compute.ts';
import { regulation } from './regulation.ts';

const MementoItem = z.strictObject({
  datetime: z.string().meta({ description: 'When the state began, as an RFC 3339 instant.' }),
  uri: z.string().meta({ description: 'The address of the state for ever, relative to the service.' }),
});
const TimeMap = z.strictObject({
  original_uri: z.string(),
  timegate_uri: z.string(),
  timemap_uri: z.strictObject({ link_format: z.string(), json_format: z.string() }),
  mementos: z.strictObject({
    first: MementoItem,
    last: MementoItem,
    list: z.array(MementoItem).meta({ description: 'Every state, the earliest first.' }),
  }),
});

/** The states of a place, the earliest first; there is always the first, in which nothing is known. */
interface Mapped {
  readonly place: Place;
  readonly seconds: readonly Second[];
}

function item(place: Place, second: Second): z.infer<typeof MementoItem> {
  const datetime = instantText(second * 1000).replace('.000Z', 'Z');
  return { datetime, uri: mementoAddress(place, second) };
}

function asJson({ place, seconds }: Mapped): string {
  const original = originalAddress(place);
  const [first = 0] = seconds;
  const map: z.infer<typeof TimeMap> = {
    original_uri: original,
    timegate_uri: original,
    timemap_uri: { link_format: timeMapAddress(place, 'link'), json_format: timeMapAddress(place, 'json') },
    mementos: {
      first: item(place, first),
      last: item(place, seconds.at(-1) ?? first),
      list: seconds.map((second) => item(place, second)),
    },
  };
  return JSON.stringify(map);
}

/** RFC 6690 and RFC 7089, 5: one link a line. */
function asLinks({ place, seconds }: Mapped): string {
  const [from = 0] = seconds;
  const until = seconds.at(-1) ?? from;
  const range = `from="${httpDate(from)}"; until="${httpDate(until)}"`;
  const rel = (second: Second) =>
    [...(second === from ? ['first'] : []), ...(second === until ? ['last'] : []), 'memento'].join(' ');
  return `${[
    `<${originalAddress(place)}>; rel="original timegate"`,
    `<${timeMapAddress(place, 'link')}>; rel="self"; type="application/link-format"; ${range}`,
    `<${timeMapAddress(place, 'json')}>; rel="timemap"; type="application/json"; ${range}`,
    ...seconds.map(
      (second) => `<${mementoAddress(place, second)}>; rel="${rel(second)}"; datetime="${httpDate(second)}"`,
    ),
  ].join(',\n')}\n`;
}

const all: readonly Endpoint[] = [...regulation, ...companies, ...compute];

function unknownOriginal(message: string): Problem {
  return new Problem('invalid-parameter', `of ${message}`, { faults: [{ parameter: 'of', message }] });
}

/** The parameters of an address but for clocks and cursor. */
function ofResource(query: z.ZodObject): z.ZodObject {
  const ofAnswer = { ...clockParameters, cursor: pageParameters.cursor };
  return z.strictObject(
    Object.fromEntries(Object.entries(query.shape).filter(([name]) => !(name in ofAnswer))),
  );
}

/** The original resource that an address names, with its parameters read. */
function resourceOf(address: string) {
  const [path = '', query = ''] = address.split('?', 2);
  for (const { path: template, original, params, query: schema } of all) {
    const names = [...template.matchAll(/\{(\w+)\}/g)].map((match) => String(match[1]));
    const match = new RegExp(`^${template.replaceAll(/\{\w+\}/g, '([^/]+)')}$`).exec(path);
    if (original === undefined || match === null) continue;
    const values = names.map((name, at) => [name, decodeURIComponent(match[at + 1] ?? '')]);
    return {
      original,
      path,
      params: read(params, Object.fromEntries(values)),
      query: read(ofResource(schema), Object.fromEntries(new URLSearchParams(query))),
    };
  }
  throw unknownOriginal(
    `is ${address}, which has no TimeMap; give the path of an address whose description in /openapi.json names Accept-Datetime`,
  );
}

/** Throws `unknown-subject` for what no event ever named. */
function refuseUnknown(desk: Desk, original: OriginalResource, params: object, query: object): void {
  const { ask } = desk.tidemark;
  try {
    original.answer(params, query, desk)(ask, ask.standpoint({}));
  } catch (error) {
    const hasHistory =
      error instanceof Moved || (error instanceof Refusal && error.name === 'not-known-then');
    if (!hasHistory) throw error;
  }
}

export const memento = [
  endpoint({
    method: 'get',
    path: '/v1/timemap/{format}',
    tag: 'ask',
    says: 'The TimeMap of an address (RFC 7089): every state that it has had, by when it began, with an address for ever.',
    params: z.strictObject({
      format: z
        .enum(['link', 'json'], 'must be link or json')
        .meta({ description: 'link: application/link-format. json: application/json.', examples: ['link'] }),
    }),
    query: z.strictObject({
      of: z
        .string()
        .max(2000)
        .meta({
          description: 'The address, from its path on, with its parameters but for clocks and cursor.',
          examples: ['/v1/companies/bytedance/posture'],
        }),
    }),
    answers: [
      {
        status: 200,
        description: 'The original, its TimeGate, and every memento, the earliest first.',
        content: { [formats.json]: TimeMap, [formats.link]: null },
      },
    ],
    problems: ['unknown-subject'],
    handle: async ({ params: { format }, query: { of }, request, response, desk }) => {
      const { original, path, params, query } = resourceOf(of);
      refuseUnknown(desk, original, params, query);
      const { ask, mementos } = desk.tidemark;
      const place = { path, query, position: ask.head };
      const seconds = await historyAt(place, { original, params, query, desk }).all(mementos.now);
      const text = { link: asLinks, json: asJson }[format]({ place, seconds });
      await send(
        request,
        response,
        text,
        format,
        { isFinal: false, isFixed: false, head: ask.head },
        desk.memory,
      );
    },
  }),
];
