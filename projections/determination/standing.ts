/** On what does an outcome stand on a day? What was assumed, what is doubtful, and what would settle it. */
import type { DeterminationAnswer } from './answer.ts';
import type { Grounds } from './reasons.ts';
import { assumptionsOf, doubtsOf, isBeforeSale, settledBy } from './reasons.ts';
import { ifEnforcedOf } from './interpretations.ts';

/** Said of every outcome, of one day as of a period. */
export type Standing = Pick<
  DeterminationAnswer,
  'assumptions' | 'settledBy' | 'beforeSale' | 'ifEnforced' | 'doubts'
>;

export function standingOf(grounds: Grounds): Standing {
  const { facts, conclusion } = grounds;
  return {
    assumptions: assumptionsOf(grounds),
    settledBy: settledBy(grounds),
    beforeSale: isBeforeSale(facts),
    ifEnforced: ifEnforcedOf(facts, conclusion),
    doubts: doubtsOf(grounds),
  };
}
