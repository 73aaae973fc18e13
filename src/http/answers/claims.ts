/** On what does an answer rest? The events, lines and alternatives that many answers share. */
import { z } from 'zod';
import { ImpreciseDate } from '../../../events/dates.ts';
import { EventId, Subject } from '../../../events/identity.ts';
import { eventTypeNames } from '../../../events/registry.ts';
import {
  Attribution,
  Basis,
  Doubt,
  Place,
  Quantity,
  Source,
  Standing,
  Unit,
} from '../../../events/values.ts';

export const ClaimStatus = z.enum(['asserted', 'denied', 'corrected', 'retracted', 'disputed']);

export const ClaimAnswer = z
  .strictObject({
    event: EventId,
    position: z.int().positive(),
    type: z.enum(eventTypeNames),
    subject: Subject,
    publishedOn: ImpreciseDate,
    occurredOn: ImpreciseDate.nullable(),
    standing: Standing,
    status: ClaimStatus,
    summary: z.string(),
    attribution: Attribution.nullable(),
    sources: z.array(Source),
    laterSources: z.int().nonnegative().meta({ description: 'Sources dated after publishedBy, withheld.' }),
    doubts: z.array(Doubt),
    notes: z.string().nullable(),
  })
  .meta({ id: 'Claim', description: 'An event on which an answer rests.' });
export const Claims = z.array(ClaimAnswer).meta({ description: 'The events behind it, newest first.' });

export const Alternatives = z
  .array(
    z.strictObject({
      attribute: z.string(),
      value: z.unknown(),
      claim: EventId,
      lostBecause: z.string(),
    }),
  )
  .meta({ description: 'What other sources say instead, and why each lost.' });

export const Since = z
  .strictObject({
    on: ImpreciseDate,
    assumed: z.boolean().meta({ description: 'Nobody says when it began, so it counts from publication.' }),
    dateUncertain: z.boolean().meta({ description: 'asOf lies inside an imprecise date.' }),
  })
  .meta({ id: 'Since' });

export const NextChange = z
  .strictObject({ on: z.string(), because: Subject })
  .nullable()
  .meta({ description: 'The next date on which the answer changes, as far as is known; null: none is.' });

/** Of a subject that is visible: whether anything about it has begun at `asOf`. */
export const Begun = z.enum(['begun', 'not-yet']);

export const LineAnswer = z
  .strictObject({
    chip: z.string().nullable(),
    count: Quantity.nullable(),
    reason: z.literal('not-reported').nullable().meta({ description: 'Why there is no count.' }),
    basis: Basis.nullable(),
    unit: Unit,
    sharedBy: z.array(z.string()),
    note: z.string().nullable(),
    standing: Standing,
    status: ClaimStatus,
    event: EventId,
  })
  .meta({
    id: 'ChipLine',
    description: 'So many of one chip, or of one unit of equivalents, and who says so.',
  });

export const PartyRole = z.enum([
  'lessee',
  'lessor',
  'buyer',
  'seller',
  'holder',
  'owner',
  'operator',
  'user',
]);
export const Parties = z.array(z.strictObject({ party: z.string(), role: PartyRole }));
export const PlaceAnswer = Place.nullable();
export const Slugs = z.array(z.string());
