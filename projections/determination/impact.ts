/** Which recorded deals and companies would a proposal touch, were it in force? */
import type { Channel } from '../claim.ts';
import type { Evidence } from '../evidence.ts';
import { subjectOf } from '../../events/identity.ts';
import type { DealEntry } from '../views/deal.ts';
import { described } from '../resolve.ts';
import { dealEntry } from '../views/deal.ts';
import type { DeterminationAnswer } from './answer.ts';
import { determine } from './determine.ts';
import type { RuleBook } from './facts.ts';
import type { Asked } from './question.ts';

/** What is compared of an answer. */
type Short = Pick<DeterminationAnswer, 'outcome' | 'between' | 'reviewPolicy' | 'instruments'>;

/** One line of a deal that the proposal would touch. `applies` unknown: the record does not settle it. */
export interface Touched {
  readonly deal: string;
  readonly channel: Channel;
  readonly stage: string;
  readonly status: DealEntry['status'];
  readonly party: string;
  readonly chip: string;
  readonly activity: Asked['activity'];
  readonly destination: string;
  readonly provisions: readonly {
    readonly key: string;
    readonly applies: true | 'unknown';
    readonly text: string;
  }[];
  /** What somebody would have to know, report or notify; `reaches` unknown: the duty names no activities. */
  readonly duties: readonly {
    readonly key: string;
    readonly reaches: true | 'unknown';
    readonly text: string;
  }[];
  readonly before: Short;
  readonly after: Short;
  readonly events: readonly string[];
}

/** A deal of which the record does not say enough to ask. */
export interface Unasked {
  readonly deal: string;
  readonly channel: Channel;
  readonly reason: 'place-not-reported' | 'chips-not-named' | 'chip-not-recorded' | 'sold-at-home';
}

export interface Impact {
  readonly instrument: string;
  readonly touched: readonly Touched[];
  readonly companies: readonly string[];
  readonly notAsked: readonly Unasked[];
}

interface Line {
  readonly entry: DealEntry;
  readonly deal: string;
  readonly party: string;
  readonly chip: string;
  readonly destination: string;
}

const takers = new Set(['lessee', 'buyer']);

function askedOf({ entry, party, chip, destination }: Line, proposed: readonly string[]): Asked {
  const seller = entry.parties.find((one) => one.role === 'seller');
  const exporter = seller === undefined ? [] : [partyIn('exporter', seller.party)];
  return {
    item: { chip: chip as NonNullable<Asked['item']['chip']> },
    activity: entry.channel === 'rented' ? 'remote-access' : 'export',
    destination,
    parties: [...exporter, partyIn('end-user', party)],
    inputs: {},
    assume: { proposed: proposed as Asked['assume']['proposed'] },
  };
}

function partyIn(role: Asked['parties'][number]['role'], party: string): Asked['parties'][number] {
  return { role, party: party as NonNullable<Asked['parties'][number]['party']>, listings: [], owners: [] };
}

const shortOf = ({ outcome, between, reviewPolicy, instruments }: DeterminationAnswer): Short => ({
  outcome,
  between,
  reviewPolicy,
  instruments,
});

function applied(answer: DeterminationAnswer, instrument: string): Touched['provisions'] {
  return answer.rules.flatMap(({ instrument: of, provision, applies, text }) =>
    of === instrument && applies !== false ? [{ key: provision, applies, text }] : [],
  );
}

function dutiesIn(answer: DeterminationAnswer, instrument: string): Touched['duties'] {
  return answer.notices.flatMap(({ kind, instrument: of, provision, reaches, text }) =>
    kind === 'duty' && of === instrument && reaches !== false ? [{ key: provision, reaches, text }] : [],
  );
}

function touchedOf(
  line: Line,
  evidence: Evidence,
  book: RuleBook,
  instrument: string,
): Touched | Unasked | null {
  const before = determine(book, askedOf(line, []), evidence.clocks.asOf);
  const after = determine(book, askedOf(line, [instrument]), evidence.clocks.asOf);
  const { entry, deal, party, chip, destination } = line;
  const { channel, stage, status } = entry;
  if (!before.ok || !after.ok) return { deal, channel, reason: 'chip-not-recorded' };
  const provisions = applied(after.answer, instrument);
  const duties = dutiesIn(after.answer, instrument);
  if (provisions.length === 0 && !duties.some((duty) => duty.reaches === true)) return null;
  return {
    deal,
    channel,
    stage,
    status,
    party,
    chip,
    activity: channel === 'rented' ? 'remote-access' : 'export',
    destination,
    provisions,
    duties,
    before: shortOf(before.answer),
    after: shortOf(after.answer),
    events: entry.claims.map((claim) => claim.event),
  };
}

/** A chip that stays in the country of its vendor is not exported. */
function isSoldAtHome({ entry, chip, destination }: Line, evidence: Evidence): boolean {
  const vendor = described(evidence, subjectOf('chip', chip), 'vendor')?.winner.value;
  if (entry.channel === 'rented' || vendor === undefined) return false;
  return described(evidence, subjectOf('party', vendor), 'headquarters')?.winner.value === destination;
}

function linesOf(entry: DealEntry, deal: string): Line[] | Unasked {
  const destinations = entry.place === null ? [] : entry.place.countries;
  const chips = entry.chips.flatMap((line) => (line.chip === null ? [] : [line.chip]));
  if (chips.length === 0) return { deal, channel: entry.channel, reason: 'chips-not-named' };
  if (destinations.length === 0) return { deal, channel: entry.channel, reason: 'place-not-reported' };
  const parties = entry.parties.filter((one) => takers.has(one.role)).map((one) => one.party);
  return parties.flatMap((party) =>
    chips.flatMap((chip) => destinations.map((destination) => ({ entry, deal, party, chip, destination }))),
  );
}

const channels: readonly Channel[] = ['rented', 'purchased'];

function entriesOf(evidence: Evidence): { deal: string; entry: DealEntry }[] {
  return evidence.subjects('deal').flatMap((deal) =>
    channels.flatMap((channel) => {
      const entry = dealEntry(evidence, subjectOf('deal', deal), channel);
      return entry === null ? [] : [{ deal, entry }];
    }),
  );
}

/**
 * Each deal that stands at `asOf`, asked twice, as it is and with the proposal in force: a purchase as an export to where
 * the chips are said to go, a rental as remote access to where they run. Deals that do not say where, or which chips,
 * are listed as not asked; no place is guessed.
 */
export function impactView(evidence: Evidence, book: RuleBook, instrument: string): Impact {
  const touched: Touched[] = [];
  const notAsked: Unasked[] = [];
  for (const { deal, entry } of entriesOf(evidence)) {
    const lines = linesOf(entry, deal);
    if (!Array.isArray(lines)) {
      notAsked.push(lines);
      continue;
    }
    for (const line of lines) {
      if (isSoldAtHome(line, evidence)) {
        notAsked.push({ deal, channel: entry.channel, reason: 'sold-at-home' });
        continue;
      }
      const result = touchedOf(line, evidence, book, instrument);
      if (result !== null && 'reason' in result) notAsked.push(result);
      else if (result !== null) touched.push(result);
    }
  }
  return {
    instrument,
    touched,
    companies: [...new Set(touched.map(({ party }) => party))].toSorted(),
    notAsked,
  };
}
