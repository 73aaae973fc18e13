/** What do explanations, differences and live errors look like? */
import { z } from 'zod';
import { EventId, Subject } from '../../../events/identity.ts';
import { Standing } from '../../../events/values.ts';
import { AtAnswer } from './at.ts';
import { ClaimAnswer, Claims, ClaimStatus, Since } from './claims.ts';

const Value = z.unknown().meta({ description: 'By attribute.' });

const ExplainedClaim = z
  .strictObject({
    value: Value,
    standing: Standing,
    status: ClaimStatus,
    since: Since,
    until: z
      .string()
      .nullable()
      .meta({ description: 'The first day on which it no longer holds; null: open.' }),
    claims: Claims,
  })
  .meta({ id: 'ExplainedClaim' });

const Withdrawal = z.strictObject({
  event: EventId,
  summary: z.string(),
  how: z.enum(['corrected', 'retracted']),
  kind: z.enum(['record', 'source']),
  by: ClaimAnswer,
  reason: z.string(),
  changes: z.array(z.strictObject({ pointer: z.string(), value: z.unknown() })),
});

export const ExplainAnswer = z.strictObject({
  subject: Subject,
  attribute: z.string().nullable(),
  values: z.array(
    z.strictObject({
      attribute: z.string(),
      key: z.string().meta({
        description:
          'Parts an attribute of which there are several; of a set, the event that adds the entry.',
      }),
      kind: z.enum(['state', 'description', 'set']),
      winner: ExplainedClaim,
      losers: z.array(ExplainedClaim.extend({ lostBecause: z.string() })),
    }),
  ),
  outside: z
    .array(
      ExplainedClaim.extend({ attribute: z.string(), key: z.string(), when: z.enum(['ended', 'not-yet']) }),
    )
    .meta({ description: 'Claims that are known and do not hold at asOf.' }),
  withdrawn: z.array(Withdrawal),
});

export const DiffAt = z.strictObject({ from: AtAnswer, to: AtAnswer });
export const Difference = z.strictObject({
  subject: Subject,
  attribute: z.string().meta({
    description: 'An attribute, or status: that of the event that gives the value of the attribute in key.',
  }),
  key: z.string(),
  before: Value.nullable(),
  after: Value.nullable(),
  because: z.array(EventId),
});

export const LiveErrorAnswer = z.strictObject({
  event: EventId,
  subject: Subject,
  served: ClaimAnswer.meta({ description: 'The event as it read then.' }),
  becauseOf: z.array(
    z.strictObject({
      how: z.enum(['corrected', 'retracted', 'denied', 'disputed', 'contradicted']),
      by: ClaimAnswer,
    }),
  ),
});

export const LiveErrorsBeside = {
  reason: z.string().nullable().meta({
    description: 'Why the list is empty, where this log had not begun on that day; null: it had.',
  }),
};
