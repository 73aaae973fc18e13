/** How are dated steps shown, past and coming? */
import { z } from 'zod';
import { EventId, Subject } from '../../../events/identity.ts';
import { eventTypeNames } from '../../../events/registry.ts';
import { Standing } from '../../../events/values.ts';
import { ClaimStatus } from './claims.ts';
import { Enforcement, EnforcementAssumed, statuses } from './instrument.ts';

export const TimelineItem = z
  .strictObject({
    on: z.string().meta({ description: 'As printed.' }),
    day: z.string().meta({ description: 'The first day of an imprecise date.' }),
    kind: z.string(),
    what: z.string(),
    phase: z.enum(['past', 'scheduled', 'later']),
    event: EventId,
    type: z.enum(eventTypeNames),
    subject: Subject,
    publishedOn: z.string(),
    standing: Standing,
    status: ClaimStatus,
  })
  .meta({ id: 'TimelineStep' });

export const UpcomingItem = z
  .strictObject({
    on: z.string(),
    day: z.string(),
    precise: z.boolean(),
    kind: z.string(),
    instrument: z.string(),
    title: z.string().nullable(),
    scope: z.string(),
    provisions: z.array(z.string()),
    by: z.string().nullable(),
    legalStatus: z.enum(statuses).nullable(),
    enforcement: Enforcement,
    enforcementAssumed: EnforcementAssumed,
    event: EventId,
    publishedOn: z.string(),
  })
  .meta({ id: 'UpcomingStep' });
