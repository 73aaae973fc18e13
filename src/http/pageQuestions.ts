/** What may the page at `/` ask? What is known at two clocks, and a refusal that it can show beside its form. */
import type { Ask } from '../service/ask.ts';
import { Refusal } from '../service/refusal.ts';
import type { ClockTexts } from '../service/standpoint.ts';
import { Clocks, read } from './parameters.ts';
import { Problem, problems } from './problems.ts';

/** A question of the page that cannot be answered: what to tell the reader, and the status it goes out with. */
export class PageRefusal extends Error {
  readonly status: number;

  constructor(refusal: Problem | Refusal) {
    super(refusal.message, { cause: refusal });
    this.status = problems[refusal.name].status;
  }
}

/** Asks for the page. Throws a PageRefusal for a date that is none, or a clock that runs ahead. */
export function pageQuestions(ask: Ask): (clocks: ClockTexts) => ReturnType<Ask['known']> {
  return (clocks) => {
    try {
      return ask.known(read(Clocks, clocks));
    } catch (error) {
      throw error instanceof Problem || error instanceof Refusal ? new PageRefusal(error) : error;
    }
  };
}
