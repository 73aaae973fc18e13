/** May it ship? Determinations, their history, and what a proposal would touch, at a standpoint. */
import type { Day } from '../../events/dates.ts';
import { dayInZone, spanAsPrinted, zoneOf } from '../../events/dates.ts';
import type { NamedInputs } from '../../events/provision.ts';
import type { Flaw } from '../../events/registry.ts';
import type { Moment } from '../../projections/clocks.ts';
import { dayAt } from '../../projections/clocks.ts';
import type { Evidence } from '../../projections/evidence.ts';
import type { DeterminationAnswer, StatusPeriod } from '../../projections/determination/answer.ts';
import { determine } from '../../projections/determination/determine.ts';
import type { RuleBook } from '../../projections/determination/facts.ts';
import { flawsOf } from '../../projections/determination/flaws.ts';
import type { Asked, DeterminationQuestion } from '../../projections/determination/question.ts';
import { whyNotAssumable } from '../../projections/determination/proposals.ts';
import { ruleBook, ruleBookTypes } from '../../projections/determination/ruleBook.ts';
import { statusHistory } from '../../projections/determination/statusHistory.ts';
import type { Impact } from '../../projections/determination/impact.ts';
import { impactView } from '../../projections/determination/impact.ts';
import type { Ask } from './ask.ts';
import { Refusal } from './refusal.ts';
import type { At, ClockTexts, Standpoint } from './standpoint.ts';
import { knownUpTo } from './standpoint.ts';

const bookLimit = 16;
const legalZone = zoneOf('US');

function momentKey(moment: Moment | null): string {
  if (moment === null) return '';
  return moment.kind === 'day' ? `day ${moment.day}` : `instant ${moment.ms}`;
}

function refuse(flaws: readonly Flaw[], prefix = ''): Refusal {
  const faults = flaws.map(({ pointer, message }) => ({ pointer: `${prefix}${pointer}`, message }));
  return new Refusal(
    'invalid-question',
    'The question cannot be answered: "errors" says what to mend and where.',
    faults,
  );
}

/** The clocks of a question, as texts. */
function clocksOf({ asOf, publishedBy, recordedBy }: DeterminationQuestion): ClockTexts {
  return { asOf, publishedBy, recordedBy: recordedBy === undefined ? undefined : String(recordedBy) };
}

export type Determined = { readonly at: At } & DeterminationAnswer;

/** A period of a history. `to: null`: until something changes it, as far as the record goes. */
export type OpenPeriod = Omit<StatusPeriod, 'to'> & { readonly to: string | null };

/** The last period has no end of its own: that of the range is only how far the record was looked at. */
function openEnded(periods: readonly StatusPeriod[]): OpenPeriod[] {
  return periods.map((period, at) => (at === periods.length - 1 ? { ...period, to: null } : period));
}

/** Answers from rule books, which are built once for each log position and limit of publication. */
export class Determinations {
  readonly #ask: Ask;
  readonly #inputs: NamedInputs;
  readonly #books = new Map<string, RuleBook>();

  constructor(ask: Ask, inputs: NamedInputs) {
    this.#ask = ask;
    this.#inputs = inputs;
  }

  #book({ clocks }: Standpoint): RuleBook {
    const key = `${clocks.position} ${momentKey(clocks.publishedBy)}`;
    const known = this.#books.get(key);
    if (known !== undefined) return known;
    const book = this.#build({ ...clocks });
    const [oldest] = this.#books.keys();
    if (this.#books.size >= bookLimit && oldest !== undefined) this.#books.delete(oldest);
    this.#books.set(key, book);
    return book;
  }

  #build(clocks: Standpoint['clocks']): RuleBook {
    const events = (evidence: Evidence) => evidence.everything(ruleBookTypes).map(({ event }) => event);
    const recorded = events(this.#ask.evidence({ ...clocks, publishedBy: null }));
    const visible = clocks.publishedBy === null ? recorded : events(this.#ask.evidence(clocks));
    const inputs = Object.entries(this.#inputs).map(([name, input]) => ({ name, ...input }));
    return ruleBook({ recorded, visible, inputs });
  }

  /**
   * One question. Throws `invalid-question` with the field and the remedy; `prefix` is where the question stands in the
   * body.
   */
  determine(question: DeterminationQuestion, prefix = ''): Determined {
    const standpoint = this.#ask.standpoint(clocksOf(question));
    const { asOf: _asOf, publishedBy: _publishedBy, recordedBy: _recordedBy, ...asked } = question;
    const at = this.#ask.whereItStands(standpoint);
    const result = determine(
      this.#book(standpoint),
      asked,
      standpoint.clocks.asOf,
      knownUpTo(standpoint, at),
    );
    if (!result.ok) throw refuse(result.flaws, prefix);
    return { at, ...result.answer };
  }

  /**
   * The periods of one chip and destination, from the first day of the record to a year after `asOf`. `supposed`: what the
   * question supposes that nobody said; each period says so.
   */
  statusHistory(
    asked: Asked,
    standpoint: Standpoint,
    supposed: readonly string[] = [],
  ): { at: At; items: OpenPeriod[] } {
    const book = this.#book(standpoint);
    const day = dayAt(standpoint.clocks.asOf, legalZone);
    const flaws = flawsOf(book, asked, day);
    if (flaws.length > 0) throw refuse(flaws);
    const from = spanAsPrinted(firstDay).earliest;
    const to = Math.max(day, lastChange(book)) + daysAhead;
    return {
      at: this.#ask.whereItStands(standpoint),
      items: openEnded(statusHistory(book, asked, { from, to: to as Day })).map((period) => ({
        ...period,
        assumptions: [...supposed, ...period.assumptions],
      })),
    };
  }

  /** The recorded deals and companies that a proposal would touch, were it in force. */
  impact(instrument: string, standpoint: Standpoint): { at: At } & Impact {
    const book = this.#book(standpoint);
    const whyNot = whyNotAssumable(book, instrument, dayAt(standpoint.clocks.asOf, legalZone));
    if (whyNot !== null)
      throw new Refusal('not-a-proposal', `${whyNot}.`, [{ parameter: 'id', message: whyNot }]);
    const evidence = this.#ask.evidence(standpoint.clocks);
    return { at: this.#ask.whereItStands(standpoint), ...impactView(evidence, book, instrument) };
  }
}

/** The day on which the record of control tests begins (Export Control Reform Act of 2018). */
const firstDay = '2018-08-13';
const daysAhead = 366;

function lastChange(book: RuleBook): number {
  return book.changeDays.at(-1)?.day ?? dayInZone(0, legalZone);
}
