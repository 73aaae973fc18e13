/** How is the compute posture of a company shown? */
import { z } from 'zod';
import { DeploymentChanged, SpendingPlanReported, SupplyReported } from '../../../events/compute.ts';
import {
  DiversionAlleged,
  EnforcementActionTaken,
  FinancialDisclosed,
  InvestmentReported,
  LicenseDecided,
} from '../../../events/parties.ts';
import { Amount, Standing } from '../../../events/values.ts';
import { Alternatives, ClaimStatus, Claims, NextChange, Parties, PartyRole, Since } from './claims.ts';
import { CompanyCluster } from './cluster.ts';
import { Identity, Listing } from './company.ts';
import { dealFields } from './deal.ts';
import { CompanyModel } from './model.ts';

const Access = z
  .strictObject({
    ...dealFields,
    stage: z.string(),
    role: PartyRole,
    counterparties: Parties,
    claims: Claims,
    alternatives: Alternatives,
  })
  .meta({
    id: 'Access',
    description: 'One deal and channel, cluster or stock through which a company has compute.',
  });

const Spending = z
  .strictObject({
    of: z.string(),
    amount: Amount.nullable(),
    reason: z.literal('not-reported').nullable(),
    claim: z.string().nullable(),
    comparedWith: SpendingPlanReported.data.shape.comparedWith,
    standing: Standing,
    status: ClaimStatus,
    since: Since,
    claims: Claims,
    alternatives: Alternatives,
  })
  .meta({ id: 'Spending' });

const number = z.number().nullable();
const interval = { low: number, best: number, high: number };
const counts = { uncounted: z.int().nonnegative(), excluded: z.int().nonnegative() };
const Total = z
  .union([
    z.strictObject({ units: z.null(), reason: z.literal('not-reported'), ...counts }),
    z.strictObject({
      units: z.strictObject(interval),
      tpp: z.strictObject({ ...interval, uncounted: counts.uncounted }).nullable(),
      ...counts,
    }),
  ])
  .meta({
    id: 'Total',
    description:
      'Units and TPP as intervals; lines without a number are uncounted, those that never count are excluded.',
  });

/** An entry of a set: what the event says, and how it stands. */
const entry = (fields: z.ZodRawShape) =>
  z.array(
    z.strictObject({ ...fields, standing: Standing, status: ClaimStatus, since: Since, claims: Claims }),
  );

export const PostureAnswer = z.strictObject({
  company: Identity,
  access: z.array(Access).meta({ description: 'Best standing first.' }),
  spending: z.array(Spending),
  rivals: z.array(
    z.strictObject({
      party: z.string(),
      spending: z.array(Spending),
      reason: z.literal('not-reported').nullable(),
    }),
  ),
  clusters: z.array(CompanyCluster),
  models: z.array(CompanyModel),
  listings: z.array(Listing),
  licenses: entry(LicenseDecided.data.shape),
  enforcement: entry(EnforcementActionTaken.data.shape),
  diversions: entry(DiversionAlleged.data.shape),
  deployments: entry({ ...DeploymentChanged.data.shape, who: z.array(z.string()) }),
  supply: entry(SupplyReported.data.shape),
  financials: entry(FinancialDisclosed.data.shape),
  investments: entry(InvestmentReported.data.shape),
  totals: z.strictObject({ rented: Total, owned: Total, ordered: Total }),
  nextChange: NextChange,
});
