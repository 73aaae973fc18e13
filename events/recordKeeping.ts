/** How does the record speak of itself? Corrections, retractions, merged subjects, and how far the record reaches. */
import { z } from 'zod';
import { ImpreciseDate } from './dates.ts';
import { eventType } from './eventType.ts';
import { EventId, Subject, subjectKinds } from './identity.ts';
import { Text } from './values.ts';

/** `record`: we wrote it down wrongly. `source`: the source changed its word. */
const Kind = z.enum(['record', 'source']);

/** RFC 6901, from the root of the event. Id, type, subject and what the service stamps cannot be corrected. */
export const Pointer = z
  .string()
  .regex(/^(?:\/(?:[^~/]|~[01])*)+$/, 'must be an RFC 6901 pointer such as /data/amount/value/best')
  .refine((pointer) => !/^\/(?:id|type|subject|version|seq|recordedAt|actor)(?:\/|$)/.test(pointer), {
    message: 'names a field that cannot be corrected: retract the event and record it anew',
  });

export const EventCorrected = eventType(
  'EventCorrected',
  1,
  subjectKinds,
  'A field of an event is to be read otherwise; the event itself stays.',
  z.strictObject({
    event: EventId,
    kind: Kind,
    changes: z.array(z.strictObject({ pointer: Pointer, value: z.json() })).min(1),
    reason: Text,
  }),
);
export const EventRetracted = eventType(
  'EventRetracted',
  1,
  subjectKinds,
  'An event no longer counts; it stays in the log.',
  z.strictObject({ event: EventId, kind: Kind, reason: Text }),
);
export const SubjectsMerged = eventType(
  'SubjectsMerged',
  1,
  subjectKinds,
  'Two subjects are one; the old id keeps answering.',
  z.strictObject({ into: Subject, from: Subject, reason: Text }),
);
export const CoverageDeclared = eventType(
  'CoverageDeclared',
  1,
  ['coverage'],
  'How far a part of the record reaches. It obeys recordedBy alone.',
  z.strictObject({ scope: Text, from: ImpreciseDate, to: ImpreciseDate, text: Text }),
);

export const recordKeeping = [EventCorrected, EventRetracted, SubjectsMerged, CoverageDeclared] as const;
