/** How is a company shown? Its identity and the lists it stands on. */
import { z } from 'zod';
import { ListName } from '../../../events/parties.ts';
import { Alternatives, Claims } from './claims.ts';

export const Identity = z
  .strictObject({
    id: z.string(),
    name: z.string().nullable(),
    aliases: z.array(z.string()).nullable(),
    kind: z.string().nullable(),
    headquarters: z.string().nullable(),
    parent: z.string().nullable(),
    ultimateParentHeadquarters: z
      .string()
      .nullable()
      .meta({ description: '`self`: it is its own top owner; null: unknown.' }),
    identifiers: z
      .record(z.string(), z.strictObject({ value: z.string(), certainty: z.string().nullable() }))
      .nullable(),
  })
  .meta({ id: 'CompanyIdentity' });

export const Listing = z
  .strictObject({
    list: ListName,
    by: z.string().nullable(),
    from: z.string().nullable(),
    footnotes: z.array(z.string()),
    reviewPolicy: z.string().nullable(),
    names: z.array(z.string()).meta({ description: 'As the notice prints them.' }),
    removedNames: z.array(z.string()),
    since: z.strictObject({ on: z.string(), assumed: z.boolean() }),
    dateUncertain: z.boolean(),
    until: z.string().nullable(),
    endedBy: z.string().nullable(),
    claims: Claims,
  })
  .meta({ id: 'Listing' });

export const CompanyItem = z
  .strictObject({ ...Identity.shape, lists: z.array(ListName) })
  .meta({ id: 'CompanyItem' });
export const CompanyAnswer = z
  .strictObject({
    ...Identity.shape,
    listings: z.array(Listing),
    pastListings: z.array(Listing),
    claims: Claims,
    alternatives: Alternatives,
  })
  .meta({ id: 'Company' });
