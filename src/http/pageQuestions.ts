/** What may the page at `/` ask? What is known at two clocks, and a refusal that it can show beside its form. */
import type { Response } from 'express';
import type { Ask } from '../service/ask.ts';
import { Refusal } from '../service/refusal.ts';
import type { ClockTexts } from '../service/standpoint.ts';
import type { Tidemark } from '../service/tidemark.ts';
import { Clocks, read } from './parameters.ts';
import { Problem, problems } from './problems.ts';
import { positionOf, waitFor } from './positionAsked.ts';
import { SimpleQuery, determineSimply } from './simpleQuestion.ts';

function faultTexts({ faults, message }: Problem | Refusal): string[] {
  return faults
    .map((fault) => `${'parameter' in fault ? fault.parameter : fault.pointer} ${fault.message}.`)
    .filter((text) => !message.includes(text.slice(0, -1)));
}

/** A question of the page that cannot be answered: what to tell the reader, and the status it goes out with. */
export class PageRefusal extends Error {
  readonly status: number;

  constructor(refusal: Problem | Refusal) {
    super([refusal.message, ...faultTexts(refusal)].join(' '), { cause: refusal });
    this.status = problems[refusal.name].status;
  }
}

/** What the reader is told: of a refusal that names fields, each with its remedy. */
function asPageRefusal(error: unknown): unknown {
  return error instanceof Problem || error instanceof Refusal ? new PageRefusal(error) : error;
}

/** Asks for the page. Throws a PageRefusal for a date that is none, or a clock that runs ahead. */
export function pageQuestions(ask: Ask): (clocks: ClockTexts) => ReturnType<Ask['known']> {
  return (clocks) => {
    try {
      return ask.known(read(Clocks, clocks));
    } catch (error) {
      throw asPageRefusal(error);
    }
  };
}

/** What the form of the determination asks: its fields by name, those left empty left out. */
export type ShipFields = Readonly<Record<string, string>>;

type ShipParts = Pick<Tidemark, 'ask' | 'determinations' | 'position' | 'untilKnown'>;

/** Asks whether it may ship, for who gets the response. Throws a PageRefusal that says which field to mend. */
export function shipQuestions(tidemark: ShipParts) {
  const { ask, determinations } = tidemark;
  return async (fields: ShipFields, response: Response) => {
    try {
      const query = read(SimpleQuery, fields);
      const { asOf, publishedBy, recordedBy } = query;
      await waitFor(positionOf(recordedBy), response, tidemark);
      return {
        answer: determineSimply(determinations, query),
        evidence: ask.known({ asOf, publishedBy, recordedBy }).evidence,
      };
    } catch (error) {
      throw asPageRefusal(error);
    }
  };
}
