/** Which proposals can a question assume to be in force, and why not another one? */
import type { Day } from '../../events/dates.ts';
import type { RuleBook } from './facts.ts';
import { isProposal } from './force.ts';

function isProposedOn(book: RuleBook, id: string, day: Day): boolean {
  const instrument = book.instruments.get(id);
  return instrument !== undefined && isProposal(instrument, day);
}

/** The proposals, reports and bills that are no more than that on a day, and of which provisions are recorded; sorted. */
function assumableOn(book: RuleBook, day: Day): string[] {
  return [...book.proposed].filter((id) => isProposedOn(book, id, day)).toSorted();
}

/** Why an instrument cannot be assumed on a day, and which can; null: it can. */
export function whyNotAssumable(book: RuleBook, id: string, day: Day): string | null {
  const isProposed = isProposedOn(book, id, day);
  if (isProposed && book.proposed.has(id)) return null;
  const ids = assumableOn(book, day);
  const others =
    ids.length === 0 ? 'none can be assumed here' : `those that can be assumed: ${ids.join(', ')}`;
  return isProposed
    ? `"${id}" is a proposal of which the record has no provision to evaluate, so what it would change is unknown; ${others}`
    : `"${id}" is no proposal, report or bill of the record at these clocks; ${others}`;
}
