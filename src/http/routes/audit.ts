/** Can the history be replayed? The state derived anew from the log, and its digest. */
import { z } from 'zod';
import { ReplayAnswer } from '../answers/replay.ts';
import { NoParameters, endpoint } from '../endpoint.ts';
import { wholeNumber } from '../parameters.ts';
import { waitFor } from '../positionAsked.ts';
import { formats } from '../representation.ts';
import { preferredFormat } from '../send.ts';

export const audit = [
  endpoint({
    method: 'get',
    path: '/v1/audit/replay',
    tag: 'audit',
    says: 'Derives the whole state anew from the log, up to a position, and gives its digest beside that of the running service.',
    params: NoParameters,
    query: z.strictObject({
      to: wholeNumber(0, Number.MAX_SAFE_INTEGER)
        .optional()
        .meta({ description: 'The log position to stop at; the head where it is not given.' }),
    }),
    answers: [
      {
        status: 200,
        description: 'The digest of the state at the position.',
        content: { [formats.json]: ReplayAnswer },
      },
    ],
    problems: ['unavailable'],
    handle: async ({ query, request, response, desk }) => {
      preferredFormat(request, ['json']);
      await waitFor(query.to ?? 0, response, desk.tidemark);
      const { recordedAt, ...replayed } = await desk.tidemark.replay(query.to);
      const { ask } = desk.tidemark;
      const asOf = recordedAt === null ? {} : { asOf: recordedAt };
      const { at } = ask.events(ask.standpoint({ ...asOf, recordedBy: String(replayed.position) }), {
        after: replayed.position,
        limit: 1,
      });
      response
        .set('Cache-Control', 'no-store')
        .type('application/json')
        .send(JSON.stringify({ at, ...replayed }));
    },
  }),
];
