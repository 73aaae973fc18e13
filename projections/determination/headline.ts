/** What does the answer say in one sentence? */
import type { Day } from '../../events/dates.ts';
import { dayText } from '../../events/dates.ts';
import type { Outcome } from './answer.ts';
import { countryName } from './countries.ts';
import type { Conclusion } from './conclude.ts';
import type { Facts } from './facts.ts';

const policyWords: Readonly<Record<string, string>> = {
  'presumption-of-approval': 'with a presumption of approval',
  'case-by-case': 'case by case',
  'presumption-of-denial': 'with a presumption of denial',
  'policy-of-denial': 'under a policy of denial',
};

function itemText({ item }: Facts): string {
  if (item.chipId === null) return 'an item of these figures';
  const name = item.chip === null ? item.chipId : item.chip.name;
  return Object.keys(item.given).length === 0 ? `the ${name}` : `the ${name} with the figures given`;
}

const activityWords: Readonly<Record<Facts['asked']['activity'], string>> = {
  export: 'to be exported to',
  reexport: 'to be reexported to',
  'transfer-in-country': 'to be transferred within',
  'remote-access': 'to be used by remote access from',
};

/** `a letter to NVIDIA dated 2023-10-23`, or the title of the rule. */
function instrumentText(id: string, { book }: Facts): string {
  const instrument = book.instruments.get(id);
  if (instrument === undefined) return id;
  const { letter, title } = instrument;
  if (letter === null) return `“${title}”`;
  return `a letter to ${book.parties.get(letter.to)?.name ?? letter.to} dated ${letter.on}`;
}

function because(conclusion: Conclusion, facts: Facts): string {
  const names = conclusion.instruments.map((id) => instrumentText(id, facts));
  return names.length === 0 ? '' : `, because of ${names.join(' and ')}`;
}

/** How the sentence speaks of the day: as of what was, or of what would be as far as it is scheduled. */
interface Tense {
  readonly was: 'was' | 'would be';
  readonly were: 'were' | 'would be';
}
const past: Tense = { was: 'was', were: 'were' };
const conditional: Tense = { was: 'would be', were: 'would be' };

function review({ reviewPolicy }: Conclusion, { were }: Tense): string {
  if (reviewPolicy === null) return '; no policy of review is published';
  if (reviewPolicy.policy === null) return '; which policy of review applies is open';
  return `; applications ${were} reviewed ${policyWords[reviewPolicy.policy]}`;
}

type Verdict = (what: string, why: string, tense: Tense, conclusion: Conclusion) => string;

/** What is said of each outcome; `what`: the item, the activity and the place. */
const verdicts: Readonly<Record<Outcome, Verdict>> = {
  'no-requirement-found': (what, _why, { was }) =>
    `no requirement ${was} found for ${what} in the provisions of the record`,
  'exception-available': (what, why, { was }, { exceptions }) =>
    `license exception ${exceptions.map(({ code }) => code).join(' or ')} ${was} available for ${what}${why}`,
  'license-required': (what, why, tense, conclusion) =>
    `a license ${tense.was} required for ${what}${why}${review(conclusion, tense)}`,
  prohibited: (what, why, { was }) => `there ${was} no license path for ${what}${why}`,
  undetermined: (what, why, { was }, { between }) =>
    `it is open what ${was} required for ${what}, between ${between === null ? 'two outcomes' : between.join(' and ')}${why}`,
};

/**
 * One sentence; `date` as the answer prints it. `knownUpTo`: the day up to which the answer knows what happened, where
 * the date lies after it; then the sentence claims no fact. null: the date does not.
 */
export function headlineOf(
  conclusion: Conclusion,
  facts: Facts,
  date: string,
  knownUpTo: Day | null,
): string {
  const assumed =
    facts.proposed.size === 0 ? '' : ` with ${[...facts.proposed].join(', ')} counted as in force`;
  const scheduled = knownUpTo === null ? '' : `, as far as was scheduled by ${dayText(knownUpTo)}`;
  const what = `${itemText(facts)} ${activityWords[facts.asked.activity]} ${countryName(facts.asked.destination)}`;
  const tense = knownUpTo === null ? past : conditional;
  const verdict = verdicts[conclusion.outcome](what, because(conclusion, facts), tense, conclusion);
  return `On ${date}${assumed}${scheduled}, ${verdict}.`;
}
