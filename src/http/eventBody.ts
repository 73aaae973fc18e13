/** What may be posted to the log? One event of any type, or an array of them. */
import { z } from 'zod';
import { draftSchemaOf, eventTypes } from '../../events/registry.ts';
import { batchLimit } from '../service/record.ts';

/** The schema of one event of each type, by the name of the type. */
export const eventSchemas = new Map(
  eventTypes.map((declaration) => [
    declaration.type,
    draftSchemaOf(declaration).meta({ description: declaration.says }),
  ]),
);

const [first, ...others] = [...eventSchemas.values()];
/** For the description alone: bodies are read by `readBatch`. */
export const EventBody =
  first === undefined
    ? z.never()
    : z.union([
        z.discriminatedUnion('type', [first, ...others]),
        z
          .array(z.discriminatedUnion('type', [first, ...others]))
          .min(1)
          .max(batchLimit),
      ]);
