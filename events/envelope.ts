/** What does every event carry besides its data? */
import { z } from 'zod';
import { ImpreciseDate } from './dates.ts';
import { EventId, Subject } from './identity.ts';
import { Attribution, Doubt, Relation, Source, Standing, Text } from './values.ts';

/** The fields a client gives, beside `type`, `version` and `data`. */
export const clientFields = {
  subject: Subject,
  /** The first evidenced day on which all of this content was public. */
  publishedOn: ImpreciseDate,
  /** When it became true; null: nobody said, so it counts from publication. */
  occurredOn: ImpreciseDate.nullable().default(null),
  standing: Standing,
  /** One sentence, in our own words. */
  summary: Text,
  attribution: Attribution.nullable().default(null),
  sources: z.array(Source).default([]),
  doubts: z.array(Doubt).default([]),
  relates: z.array(Relation).default([]),
  notes: Text.nullable().default(null),
};

/** The fields that the service adds when it records. */
export const recordedFields = {
  /** Leaf index, from 0; the API's position is `seq + 1`. */
  seq: z.int().nonnegative(),
  id: EventId,
  /** RFC 3339, UTC, milliseconds; never decreases with `seq`. */
  recordedAt: z.iso.datetime({ precision: 3 }),
  /** The name of the key that recorded it, or `chronicle`. */
  actor: Text,
};
