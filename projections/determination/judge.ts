/** Does a test hold for a question? One small judge per form of test (determination.md, "Tests"). */
import type { Activity, Metric, PartyRole, PlaceSet, Test } from '../../events/provision.ts';
import { activities } from '../../events/provision.ts';
import { isUnnamed } from './chips.ts';
import { laterSourceText, membership, readAs } from './countryGroups.ts';
import type { Facts, Judge, PartyFacts } from './facts.ts';
import { figureOf } from './facts.ts';
import type { Branch, GroupAssumption, Judged, Leaf, RuleRef } from './judged.ts';
import { leaf } from './judged.ts';
import type { Truth } from './kleene.ts';
import { all, any, maybe, not } from './kleene.ts';
import { metricName, metricText, partyText, placeText } from './words.ts';

/** Reads the parts in order, up to the first that is false. */
export function judgeAll(judges: readonly Judge[], rule: RuleRef | null = null): Judge {
  return (facts) => {
    const parts: Judged[] = [];
    let holds: Truth = true;
    for (const judge of judges) {
      const part = judge(facts);
      parts.push(part);
      if (part.holds === false) return { node: 'all', holds: false, parts, rule };
      if (part.holds === 'unknown') holds = 'unknown';
    }
    return { node: 'all', holds, parts, rule };
  };
}

/** Reads the parts in order, up to the first that is true. */
export function judgeAny(judges: readonly Judge[]): Judge {
  return (facts) => {
    const parts: Judged[] = [];
    let holds: Truth = false;
    for (const judge of judges) {
      const part = judge(facts);
      parts.push(part);
      if (part.holds === true) return { node: 'any', holds: true, parts, rule: null };
      if (part.holds === 'unknown') holds = 'unknown';
    }
    return { node: 'any', holds, parts, rule: null };
  };
}

function other(holds: Truth, parts: readonly Judged[]): Branch {
  return { node: 'other', holds, parts, rule: null };
}

export function judgeNot(judge: Judge): Judge {
  return (facts) => {
    const part = judge(facts);
    return other(not(part.holds), [part]);
  };
}

/** What may hold is never true; that the text is not exact enough is a gap which no answer settles. */
function judgeMaybe(judge: Judge, at: RuleRef): Judge {
  const gap = leaf(
    'gap',
    'unknown',
    `${at.instrument} says so exactly (what is known of it is not exact enough)`,
    null,
  );
  return (facts) => {
    const part = judge(facts);
    return part.holds === false ? other(false, [part]) : other(maybe(part.holds), [part, gap]);
  };
}

function compare(seen: number | string | boolean, op: string, value: number | string | boolean): Truth {
  if (typeof seen !== typeof value) return 'unknown';
  if (op === '==') return seen === value;
  if (typeof seen !== 'number' || typeof value !== 'number') return 'unknown';
  if (op === '>=') return seen >= value;
  if (op === '>') return seen > value;
  return op === '<' ? seen < value : seen <= value;
}

type MetricTest = Extract<Test, { metric: Metric }>;

function readFigure(test: MetricTest, text: string, facts: Facts): Leaf {
  const figure = figureOf(facts.item, test.metric);
  const settledBy = `item.figures.${test.metric}`;
  if (!figure.known) return leaf('figure', 'unknown', `${text} (${figure.reason})`, null, { settledBy });
  const holds = compare(figure.value, test.op, test.value);
  const changing = figure.others.filter(
    (published) => compare(published.value, test.op, test.value) !== holds,
  );
  const doubts = [
    ...figure.doubts.map((why) => `${metricName(test.metric)}: ${why}`),
    ...changing.map(
      ({ value, why }) =>
        `another published ${metricName(test.metric)} of ${value} (${why}) would change "${text}"`,
    ),
  ];
  return leaf('figure', holds, text, figure.value, { settledBy, doubts });
}

/** Keeps what is judged of the item alone: no date changes it. */
function ofItem(read: (facts: Facts) => Leaf): Judge {
  const key = {};
  return (facts) => {
    const known = facts.item.leaves.get(key);
    if (known !== undefined) return known;
    const judged = read(facts);
    facts.item.leaves.set(key, judged);
    return judged;
  };
}

function judgeMetric(test: MetricTest): Judge {
  const text = metricText(test.metric, test.op, test.value);
  return ofItem((facts) => readFigure(test, text, facts));
}

/** Whether a chip that stands for an unnamed one may be one of those: not where all are known to be of other vendors. */
function maybeOneOf(chipId: string, chips: readonly string[], { book }: Facts): Truth {
  if (!isUnnamed(chipId)) return false;
  const vendorOf = (id: string) => book.chips.get(id)?.vendor ?? null;
  const vendor = vendorOf(chipId);
  const isOfAnother = (id: string) => vendorOf(id) !== null && vendorOf(id) !== vendor;
  return vendor !== null && chips.every(isOfAnother) ? false : 'unknown';
}

/** False for an item given by figures alone; unknown for a chip that stands for an unnamed one, which it may be. */
function judgeChip(chips: readonly string[]): Judge {
  const text = `the chip is ${chips.join(' or ')}`;
  return ofItem((facts) => {
    const { chipId } = facts.item;
    if (chipId === null) return leaf('figure', false, text, 'an item given by figures');
    if (chips.includes(chipId)) return leaf('figure', true, text, chipId);
    return leaf('figure', maybeOneOf(chipId, chips, facts), text, chipId, { settledBy: 'item.chip' });
  });
}

/** Whether a country lies in a place set, and on which assumed memberships that rests. */
interface Placing {
  readonly holds: Truth;
  readonly groups: readonly GroupAssumption[];
}
type Placed = (facts: Facts, country: string) => Placing;

function membershipOf(facts: Facts, country: string, group: string): Placing {
  const { holds, laterSource } = membership(facts.book.groups, country, group, facts.day);
  if (laterSource === null) return { holds, groups: [] };
  return { holds, groups: [{ country, group, laterSource: laterSourceText(laterSource) }] };
}

function inAnyGroup(facts: Facts, country: string, groups: readonly string[]): Placing {
  const found = groups.map((group) => membershipOf(facts, country, group));
  const decisive = found.find(({ holds }) => holds === true);
  if (decisive !== undefined) return decisive;
  return { holds: any(found.map(({ holds }) => holds)), groups: found.flatMap((placing) => placing.groups) };
}

function within(place: PlaceSet): Placed {
  const countries = new Set(place.countries);
  const perhaps = new Set(place.maybe);
  const groups = place.groups === undefined ? [] : place.groups;
  return (facts, country) => {
    if (place.everywhere === true || countries.has(country)) return { holds: true, groups: [] };
    const placing = inAnyGroup(facts, country, groups);
    return placing.holds === false && perhaps.has(country) ? { ...placing, holds: 'unknown' } : placing;
  };
}

/** In when it is within; then out when in one of `notGroups` or in the place set `except`. */
function placed(place: PlaceSet): Placed {
  const inside = within(place);
  const except = place.except === undefined ? null : placed(place.except);
  const notGroups = place.notGroups === undefined ? [] : place.notGroups;
  return (facts, country) => {
    const first = inside(facts, country);
    if (first.holds === false) return first;
    const outs = [
      ...(notGroups.length === 0 ? [] : [inAnyGroup(facts, country, notGroups)]),
      ...(except === null ? [] : [except(facts, country)]),
    ];
    const decisive = outs.find(({ holds }) => holds === true);
    if (decisive !== undefined) return { holds: false, groups: decisive.groups };
    return {
      holds: all([first.holds, ...outs.map(({ holds }) => not(holds))]),
      groups: [first, ...outs].flatMap((placing) => placing.groups),
    };
  };
}

/** Whether the destination lies in a place set. */
export function judgeDestination(place: PlaceSet): Judge {
  const isIn = placed(place);
  const text = `destination in ${placeText(place)}`;
  return (facts) => {
    const { destination } = facts.asked;
    const country = readAs(facts.book.groups, destination, facts.day);
    const { holds, groups } = isIn(facts, country);
    const seen = country === destination ? destination : `${destination}, treated as ${country}`;
    return leaf(holds === 'unknown' ? 'gap' : 'transaction', holds, text, seen, { groups });
  };
}

type Seat = 'headquarters' | 'parentHeadquarters';
const seatNames: Readonly<Record<Seat, string>> = {
  headquarters: 'headquarters',
  parentHeadquarters: 'ultimate parent',
};
const seatFields: Readonly<Record<Seat, string>> = {
  headquarters: 'headquarters',
  parentHeadquarters: 'ultimateParentHeadquarters',
};

function readSeat(facts: Facts, party: PartyFacts, seat: Seat, isIn: Placed, text: string): Leaf {
  const code = party[seat];
  const settledBy = `${party.pointer.slice(1).replaceAll('/', '.')}.${seatFields[seat]}`;
  const whose = `${party.label} (${party.role}), ${seatNames[seat]}`;
  if (code === null) return leaf('party', 'unknown', text, `${whose}: unknown`, { settledBy });
  const country = readAs(facts.book.groups, code, facts.day);
  const { holds, groups } = isIn(facts, country);
  const seen = country === code ? code : `${code}, treated as ${country}`;
  return leaf(holds === 'unknown' ? 'gap' : 'party', holds, text, `${whose}: ${seen}`, { groups });
}

function noSuchParty(roles: readonly PartyRole[], text: string): Leaf {
  return leaf('party', 'unknown', text, `no ${roles.join(' or ')} given`, { settledBy: 'parties' });
}

/** Whether a party with one of the roles, or its ultimate parent, has its headquarters in a place set. */
export function judgeParty(roles: readonly PartyRole[], place: PlaceSet): Judge {
  const isIn = placed(place);
  const text = partyText(roles, place);
  const none = noSuchParty(roles, text);
  return (facts) => {
    const parts: Leaf[] = [];
    for (const party of facts.parties) {
      if (!roles.includes(party.role)) continue;
      for (const seat of ['headquarters', 'parentHeadquarters'] as const) {
        const part = readSeat(facts, party, seat, isIn, text);
        parts.push(part);
        if (part.holds === true) return { node: 'any', holds: true, parts, rule: null };
      }
    }
    if (parts.length === 0) return none;
    return { node: 'any', holds: any(parts.map(({ holds }) => holds)), parts, rule: null };
  };
}

/** Whether the activity of the question is one of these. */
export function judgeActivity(those: readonly Activity[]): Judge {
  const text = `activity is ${those.join(' or ')}`;
  const leaves = new Map(activities.map((one) => [one, leaf('activity', those.includes(one), text, one)]));
  return ({ asked: { activity } }) =>
    leaves.get(activity) ?? leaf('activity', those.includes(activity), text, activity);
}

function judgeFrom(countries: readonly string[]): Judge {
  const text = `starts from ${countries.join(' or ')}`;
  return ({ asked: { from } }) =>
    from === undefined
      ? leaf('exporter', 'unknown', text, null, { settledBy: 'from' })
      : leaf('transaction', countries.includes(from), text, from);
}

/** A named yes or no: as answered, else as assumed, else unknown. */
function judgeInput(name: string): Judge {
  return (facts) => {
    const input = facts.book.inputs.get(name);
    const question = input === undefined ? name : input.question;
    const given = facts.asked.inputs[name];
    const settledBy = `inputs.${name}`;
    if (given !== undefined) return leaf('input', given, question, given ? 'yes' : 'no', { settledBy });
    if (input === undefined || input.assumed === null)
      return leaf('input', 'unknown', question, null, { settledBy });
    const assumption = `${name}: ${input.assumed ? 'yes' : 'no'} is assumed, since the question does not answer "${question}"`;
    const holds = facts.isAssuming ? input.assumed : 'unknown';
    return leaf('input', holds, question, facts.isAssuming ? (input.assumed ? 'yes' : 'no') : null, {
      settledBy,
      assumption,
    });
  };
}

/** Letters bind only their recipient: is that the exporter, given or assumed? */
export function judgeRecipient(recipient: string): Judge {
  const text = `the exporter is ${recipient}`;
  return (facts) => {
    const named = facts.parties.filter(({ role }) => role === 'exporter');
    if (named.length > 0)
      return leaf(
        'exporter',
        named.some(({ id }) => id === recipient),
        text,
        named[0]?.id ?? named[0]?.label ?? null,
      );
    const { vendor } = facts.item;
    if (vendor === null)
      return leaf('exporter', 'unknown', text, null, { settledBy: 'parties (role exporter)' });
    const whose = facts.asked.item.vendor === undefined ? "the chip's vendor" : "the item's vendor";
    const assumption = `exporter: ${vendor}, ${whose}, since the question names none`;
    const holds = facts.isAssuming ? vendor === recipient : 'unknown';
    return leaf('exporter', holds, text, vendor, { settledBy: 'parties (role exporter)', assumption });
  };
}

const circular = leaf('gap', 'unknown', 'a control test that refers to itself', null);

function rememberedAs(key: string, judge: Judge): Judge {
  return (facts) => {
    const known = facts.memo.get(key);
    if (known !== undefined) return known;
    facts.memo.set(key, circular);
    const judged = judge(facts);
    facts.memo.set(key, judged);
    return judged;
  };
}

/** The vendor sold it as not classified there: taken where only figures leave the classification open. */
function reported(facts: Facts, eccn: string, judged: Judged): Judged {
  const report = facts.item.chip?.reportedClassification;
  const value = report?.eccn[eccn];
  if (report === null || report === undefined || value === undefined) return judged;
  const doubts = [`its classification rests on its vendor's: ${report.basis}`];
  const text = `classified in ECCN ${eccn} by its vendor, as the figures leave it open`;
  return other(value, [leaf('figure', value, text, value, { settledBy: 'item.figures', doubts })]);
}

function onlyFiguresAreOpen(judged: Judged): boolean {
  if (judged.holds !== 'unknown') return true;
  return judged.node === 'leaf' ? judged.kind === 'figure' : judged.parts.every(onlyFiguresAreOpen);
}

/** In an ECCN when one active control test of it holds (true beats unknown) and no active exclusion does. */
function judgeEccn(eccn: string): Judge {
  return rememberedAs(`eccn ${eccn}`, (facts) => {
    const { testsByEccn, exclusionsByEccn } = facts.book;
    const tests = testsByEccn.get(eccn);
    if (tests === undefined) return leaf('figure', false, `ECCN ${eccn} has a control test`, null);
    const exclusions = exclusionsByEccn.get(eccn);
    const judges = [judgeAny(tests.map(({ judge }) => judge))];
    if (exclusions !== undefined) judges.push(judgeNot(judgeAny(exclusions.map(({ judge }) => judge))));
    const judged = judgeAll(judges)(facts);
    return judged.holds === 'unknown' && onlyFiguresAreOpen(judged) ? reported(facts, eccn, judged) : judged;
  });
}

function judgeTest(key: string): Judge {
  return rememberedAs(`test ${key}`, (facts) => {
    const rule = facts.book.testsByKey.get(key);
    return rule === undefined ? leaf('figure', false, `control test ${key} exists`, null) : rule.judge(facts);
  });
}

/** The judge of a test in a provision. */
export function judgeOf(test: Test, at: RuleRef): Judge {
  const inner = (part: Test) => judgeOf(part, at);
  if ('all' in test) return judgeAll(test.all.map(inner));
  if ('any' in test) return judgeAny(test.any.map(inner));
  if ('not' in test) return judgeNot(inner(test.not));
  if ('maybe' in test) return judgeMaybe(inner(test.maybe), at);
  if ('metric' in test) return judgeMetric(test);
  if ('chip' in test) return judgeChip(test.chip);
  if ('eccn' in test) return judgeEccn(test.eccn);
  if ('test' in test) return judgeTest(test.test);
  if ('destination' in test) return judgeDestination(test.destination);
  if ('party' in test) return judgeParty(test.party.roles, test.party.headquarters);
  if ('activity' in test) return judgeActivity(test.activity);
  if ('from' in test) return judgeFrom(test.from);
  return judgeInput(test.input);
}
