/** How is a destination shown? */
import { z } from 'zod';
import { EventId } from '../../../events/identity.ts';
import { Claims, NextChange } from './claims.ts';

const ground = {
  since: z.string().nullable(),
  by: z.string().nullable(),
  event: EventId.nullable(),
  doubt: z.string().nullable(),
};
const Membership = z.strictObject({
  group: z.string(),
  member: z.union([z.boolean(), z.literal('unknown')]),
  basis: z.enum(['change', 'observation', 'later-source', 'absence']),
  ...ground,
});

export const DestinationAnswer = z
  .strictObject({
    id: z.string(),
    name: z.string().nullable(),
    groups: z.array(Membership),
    treatedAs: z.strictObject({ destination: z.string(), ...ground, groups: z.array(Membership) }).nullable(),
    claims: Claims,
    nextChange: NextChange,
  })
  .meta({ id: 'Destination' });
