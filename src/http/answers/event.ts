/** How is a recorded event shown? Its leaf content and its position. */
import { z } from 'zod';
import { clientFields, recordedFields } from '../../../events/envelope.ts';
import { EventId } from '../../../events/identity.ts';
import { eventTypeNames } from '../../../events/registry.ts';

export const ListedEvent = z
  .strictObject({
    position: z.int().positive().meta({ description: 'Place in the log, from 1; seq + 1.' }),
    ...recordedFields,
    type: z.enum(eventTypeNames),
    version: z.int().positive(),
    ...clientFields,
    data: z
      .looseObject({})
      .meta({ description: 'By type; the request body of POST /v1/events gives each shape.' }),
  })
  .meta({ description: 'An event as it was recorded.' });

export const EventAnswer = z.strictObject({
  event: ListedEvent,
  reading: z
    .strictObject({ corrected: z.boolean(), event: ListedEvent })
    .nullable()
    .meta({ description: 'How it is read at these clocks, after corrections; null where it is retracted.' }),
  corrections: z
    .array(ListedEvent)
    .meta({ description: 'The corrections and retractions of it, in log order.' }),
  objections: z.array(
    z.strictObject({ how: z.enum(['denies', 'disputes', 'corrects']), event: ListedEvent }),
  ),
});

const Placed = { id: EventId, position: z.int().positive() };
export const RecordedAnswer = z.strictObject({
  id: Placed.id.optional().meta({ description: 'Where one event was sent, not an array.' }),
  position: Placed.position.optional(),
  events: z.array(z.strictObject(Placed)).meta({ description: 'In the order in which they were sent.' }),
  recordedAt: z.string(),
  revision: z.int().nonnegative().nullable().meta({
    description:
      "Of the subject's stream; null where the batch has several subjects. The ETag says the same.",
  }),
});
