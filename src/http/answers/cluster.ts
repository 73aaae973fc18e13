/** How is a cluster shown? */
import { z } from 'zod';
import { ClusterDisclosed } from '../../../events/compute.ts';
import { Quantity, Standing } from '../../../events/values.ts';
import {
  Alternatives,
  Begun,
  ClaimStatus,
  Claims,
  LineAnswer,
  PartyRole,
  PlaceAnswer,
  Since,
  Slugs,
} from './claims.ts';
import { DealStage } from './deal.ts';

const fields = {
  cluster: z.string(),
  stage: z.union([ClusterDisclosed.data.shape.stage, DealStage]),
  status: ClaimStatus,
  standing: Standing,
  operator: Slugs.nullable(),
  owner: Slugs.nullable(),
  users: Slugs.nullable(),
  chips: z.array(LineAnswer),
  place: PlaceAnswer,
  powerMW: Quantity.nullable(),
  since: Since,
};
const behind = { claims: Claims, alternatives: Alternatives };

export const ClusterItem = z.strictObject({ id: z.string(), ...fields }).meta({ id: 'ClusterItem' });
/** A cluster among those of a company, with the company's role in it. */
export const CompanyCluster = z
  .strictObject({ ...fields, ...behind, role: PartyRole })
  .meta({ id: 'CompanyCluster' });
export const ClusterAnswer = z
  .strictObject({
    id: z.string(),
    state: Begun,
    cluster: z.strictObject({ ...fields, ...behind }).nullable(),
    claims: Claims,
  })
  .meta({ id: 'Cluster' });
