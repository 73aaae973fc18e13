/** Which event corrects, or takes back, a recorded one? */
import { z } from 'zod';
import { dayInZone, dayText, ImpreciseDate, utc } from '../../events/dates.ts';
import { EventId } from '../../events/identity.ts';
import type { Recorded } from '../../events/registry.ts';
import { Attribution, Source, Text } from '../../events/values.ts';
import { Pointer } from '../../events/recordKeeping.ts';

const common = {
  /** Of the new event; one is made where it is left out. */
  id: EventId.optional(),
  /** `record`: we wrote it down wrongly. `source`: the source changed its word. */
  kind: z.enum(['record', 'source']),
  reason: Text,
  /** When the correction became public; today (UTC) where it is left out. */
  publishedOn: ImpreciseDate.optional(),
  attribution: Attribution.nullable().default(null),
  sources: z.array(Source).default([]),
  notes: Text.nullable().default(null),
};

export const CorrectionRequest = z.strictObject({
  ...common,
  changes: z.array(z.strictObject({ pointer: Pointer, value: z.json() })).min(1),
});
export type CorrectionRequest = z.infer<typeof CorrectionRequest>;

export const RetractionRequest = z.strictObject(common);
export type RetractionRequest = z.infer<typeof RetractionRequest>;

function envelope(target: Recorded, request: RetractionRequest, nowMs: number) {
  return {
    ...(request.id === undefined ? {} : { id: request.id }),
    subject: target.subject,
    publishedOn: request.publishedOn ?? dayText(dayInZone(nowMs, utc)),
    standing: target.standing,
    summary: request.reason,
    attribution: request.attribution,
    sources: request.sources,
    notes: request.notes,
  };
}

/** The EventCorrected that says so; still to be read and judged like any other. */
export function correctionOf(target: Recorded, request: CorrectionRequest, nowMs: number): unknown {
  const { kind, changes, reason } = request;
  const data = { event: target.id, kind, changes, reason };
  return { ...envelope(target, request, nowMs), type: 'EventCorrected', data };
}

/** The EventRetracted that says so. */
export function retractionOf(target: Recorded, request: RetractionRequest, nowMs: number): unknown {
  const { kind, reason } = request;
  return {
    ...envelope(target, request, nowMs),
    type: 'EventRetracted',
    data: { event: target.id, kind, reason },
  };
}
