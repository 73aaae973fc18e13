/** Which record do these specs ask? The shipped chronicle, with what a spec adds, seen at a limit of publication. */
import { spanAsPrinted } from '../../events/dates.ts';
import type { Recorded } from '../../events/registry.ts';
import { momentOf, wasPublic } from '../../projections/clocks.ts';
import type { DeterminationAnswer } from '../../projections/determination/answer.ts';
import { determine } from '../../projections/determination/determine.ts';
import type { Determination } from '../../projections/determination/determine.ts';
import type { RuleBook } from '../../projections/determination/facts.ts';
import type { Asked } from '../../projections/determination/question.ts';
import { DeterminationQuestion } from '../../projections/determination/question.ts';
import { ruleBook } from '../../projections/determination/ruleBook.ts';
import { readInputs } from '../../src/service/chronicle/readInputs.ts';
import { chronicleDirectory, recordedHistory } from '../recordedHistory.ts';

/** The events of the shipped chronicle, as a first load records them. */
export const chronicle = recordedHistory();

export const inputs = Object.entries(readInputs(chronicleDirectory).inputs).map(([name, input]) => ({
  name,
  ...input,
}));

/** The rule book of the chronicle and some more events. */
export function bookOf(more: readonly Recorded[] = [], publishedBy: string | null = null): RuleBook {
  const recorded = [...chronicle, ...more];
  const limit = publishedBy === null ? null : momentOf(publishedBy);
  const visible = recorded.filter((event) => wasPublic(spanAsPrinted(event.publishedOn), limit));
  return ruleBook({ recorded, visible: limit === null ? recorded : visible, inputs });
}

const books = new Map<string | null, RuleBook>();

/** The rule book of the chronicle, kept. */
export function chronicleBook(publishedBy: string | null = null): RuleBook {
  const known = books.get(publishedBy);
  if (known !== undefined) return known;
  const book = bookOf([], publishedBy);
  books.set(publishedBy, book);
  return book;
}

type Given = Readonly<Record<string, unknown>>;

const toShanghai = {
  activity: 'export',
  from: 'US',
  destination: 'CN',
  parties: [
    { role: 'end-user', name: 'An unlisted company', headquarters: 'CN', ultimateParentHeadquarters: 'CN' },
  ],
};

/** A question with defaults: an export from the United States to an unlisted company in mainland China. */
export function question(given: Given): Asked {
  return DeterminationQuestion.parse({ ...toShanghai, ...given });
}

/** A company that is headquartered in one country, with its top owner in another (null: unknown). */
export function company(
  headquarters: string | null,
  ultimateParentHeadquarters: string | null,
  role = 'end-user',
) {
  return { role, name: 'A company', headquarters, ultimateParentHeadquarters };
}

export function ask(given: Given, asOf: string, book: RuleBook = chronicleBook()): Determination {
  return determine(book, question(given), momentOf(asOf));
}

/** The answer to a question that can be answered. */
export function answer(given: Given, asOf: string, book: RuleBook = chronicleBook()): DeterminationAnswer {
  const determination = ask(given, asOf, book);
  if (!determination.ok) throw new Error(JSON.stringify(determination.flaws));
  return determination.answer;
}
