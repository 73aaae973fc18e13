/** What is wrong with a question, beyond its form? Names that nothing bears, and facts that contradict each other. */
import type { Day } from '../../events/dates.ts';
import type { Flaw } from '../../events/registry.ts';
import { valuesText } from '../../events/wording.ts';
import { countryName, isCountry } from './countries.ts';
import type { RuleBook } from './facts.ts';
import { registrationOn } from './parties.ts';
import { whyNotAssumable } from './proposals.ts';
import type { Asked, AskedParty } from './question.ts';

function countryFlaw(book: RuleBook, code: string | null | undefined, pointer: string): Flaw[] {
  if (code === null || code === undefined || code === 'self') return [];
  if (isCountry(code) || book.countries.has(code)) return [];
  return [{ pointer, message: `"${code}" is no country; use an ISO 3166-1 alpha-2 code such as "CN"` }];
}

function itemFlaws(book: RuleBook, { item }: Asked): Flaw[] {
  const flaws: Flaw[] = [];
  if (item.chip !== undefined && !book.chips.has(item.chip))
    flaws.push({
      pointer: '/item/chip',
      message: `"${item.chip}" is no chip of the record; see /v1/chips, or give item.figures`,
    });
  if (item.vendor !== undefined && !book.parties.has(item.vendor))
    flaws.push(unknownParty(item.vendor, '/item/vendor'));
  const market = item.figures?.madeForMarket;
  return [...flaws, ...countryFlaw(book, market === 'none' ? null : market, '/item/figures/madeForMarket')];
}

function unknownParty(id: string, pointer: string): Flaw {
  return {
    pointer,
    message: `"${id}" is no party of the record at these clocks; see /v1/companies, or give name and headquarters`,
  };
}

const exportHome = 'US';

/** A reexport starts abroad (15 CFR 734.14), a transfer stays in one country (734.16), an export leaves one (734.13). */
function activityFlaws({ activity, from, destination }: Asked): Flaw[] {
  if (from === undefined) return [];
  const isSame = from === destination;
  if (activity === 'transfer-in-country' && !isSame)
    return [
      {
        pointer: '/activity',
        message: `a transfer stays within one country, but goes from ${from} to ${destination}; use export or reexport`,
      },
    ];
  if ((activity === 'export' || activity === 'reexport') && isSame)
    return [
      {
        pointer: '/activity',
        message: `an ${activity} leaves a country, but goes from ${from} to ${destination}; use transfer-in-country`,
      },
    ];
  if (activity === 'reexport' && from === exportHome)
    return [
      { pointer: '/activity', message: `a reexport starts outside ${countryName(exportHome)}; use export` },
    ];
  return [];
}

function recordedFlaws(book: RuleBook, asked: AskedParty, at: string, day: Day): Flaw[] {
  const party = asked.party === undefined ? undefined : book.parties.get(asked.party);
  if (asked.party !== undefined && party === undefined) return [unknownParty(asked.party, `${at}/party`)];
  const registered = party === undefined ? null : registrationOn(party, day);
  if (registered === null) return [];
  const given =
    asked.ultimateParentHeadquarters === 'self' ? registered.headquarters : asked.ultimateParentHeadquarters;
  return [
    ...contradiction(registered.headquarters, asked.headquarters, `${at}/headquarters`),
    ...contradiction(registered.ultimateParentHeadquarters, given, `${at}/ultimateParentHeadquarters`),
  ];
}

function contradiction(recorded: string | null, given: string | null | undefined, pointer: string): Flaw[] {
  if (recorded === null || given === null || given === undefined || given === recorded) return [];
  return [
    {
      pointer,
      message: `contradicts the record, which has "${recorded}" on this date; leave it out, or name the party without its id`,
    },
  ];
}

function ownerFlaws(book: RuleBook, asked: AskedParty, at: string): Flaw[] {
  const unknown = asked.owners.flatMap(({ party }, index) =>
    party === undefined || book.parties.has(party)
      ? []
      : [unknownParty(party, `${at}/owners/${index}/party`)],
  );
  const total = asked.owners.reduce((sum, { percent }) => sum + percent, 0);
  if (total <= 100) return unknown;
  return [
    ...unknown,
    { pointer: `${at}/owners`, message: `hold ${total} percent together; at most 100 is possible` },
  ];
}

const identityOf = (party: AskedParty) => party.party ?? party.name;

/** Two exporters, or one party with two seats, cannot both be meant. */
function contradictoryParties({ parties }: Asked): Flaw[] {
  const flaws: Flaw[] = [];
  for (const [index, party] of parties.entries()) {
    const earlier = parties.slice(0, index);
    if (party.role === 'exporter' && earlier.some(({ role }) => role === 'exporter'))
      flaws.push({ pointer: `/parties/${index}/role`, message: 'is a second exporter; name one' });
    for (const field of ['headquarters', 'ultimateParentHeadquarters'] as const) {
      if (earlier.some((other) => contradicts(party, other, field)))
        flaws.push({
          pointer: `/parties/${index}/${field}`,
          message: `is another one than the same party has above; make them agree`,
        });
    }
  }
  return flaws;
}

function contradicts(
  one: AskedParty,
  other: AskedParty,
  field: 'headquarters' | 'ultimateParentHeadquarters',
): boolean {
  if (identityOf(one) === undefined || identityOf(one) !== identityOf(other)) return false;
  const [here, there] = [one[field], other[field]];
  return here !== null && here !== undefined && there !== null && there !== undefined && here !== there;
}

function partyFlaws(book: RuleBook, asked: Asked, day: Day): Flaw[] {
  const each = asked.parties.flatMap((party, index) => {
    const at = `/parties/${index}`;
    return [
      ...countryFlaw(book, party.headquarters, `${at}/headquarters`),
      ...countryFlaw(book, party.ultimateParentHeadquarters, `${at}/ultimateParentHeadquarters`),
      ...recordedFlaws(book, party, at, day),
      ...ownerFlaws(book, party, at),
    ];
  });
  return [...each, ...contradictoryParties(asked)];
}

function inputFlaws(book: RuleBook, { inputs }: Asked): Flaw[] {
  return Object.keys(inputs)
    .filter((name) => !book.inputs.has(name))
    .map((name) => ({
      pointer: `/inputs/${name}`,
      message: `is no named input; use one of ${valuesText([...book.inputs.keys()])}`,
    }));
}

function proposalFlaws(book: RuleBook, { assume }: Asked, day: Day): Flaw[] {
  return assume.proposed.flatMap((id, index) => {
    const message = whyNotAssumable(book, id, day);
    return message === null ? [] : [{ pointer: `/assume/proposed/${index}`, message }];
  });
}

/** What makes a question unanswerable, each with the field (RFC 6901) and the remedy; none: it can be answered. */
export function flawsOf(book: RuleBook, asked: Asked, day: Day): Flaw[] {
  return [
    ...itemFlaws(book, asked),
    ...countryFlaw(book, asked.from, '/from'),
    ...countryFlaw(book, asked.destination, '/destination'),
    ...activityFlaws(asked),
    ...partyFlaws(book, asked, day),
    ...inputFlaws(book, asked),
    ...proposalFlaws(book, asked, day),
  ];
}
