/** What did an answer rest on? The provisions considered, the assumptions, the doubts, and what would settle it. */
import type { Condition, ConsideredRule, Settling } from './answer.ts';
import { isUnnamed } from './chips.ts';
import type { Conclusion, Considered } from './conclude.ts';
import { countryName } from './countries.ts';
import type { Facts, Rule, RuleOf } from './facts.ts';
import { activitiesOf, supposing } from './facts.ts';
import { grouped } from './grouped.ts';
import type { Branch, GroupAssumption, Judged, Leaf, RuleRef } from './judged.ts';
import { decidingLeavesOf, decidingRulesOf, isAssuming, leafKinds, openLeavesOf } from './judged.ts';
import { policyOfEntries } from './listings.ts';

/** Everything that was considered for one answer. */
export interface Grounds {
  readonly facts: Facts;
  readonly conclusion: Conclusion;
  readonly readings: readonly Considered<RuleOf<'interpretation'>>[];
  /** The date of the question, as the answer prints it. */
  readonly date: string;
}

/** Adds the provisions inside a tree, without the one whose tree it is; a tree that is shared is searched once. */
function addInnerRules(judged: Judged, found: Set<Branch>, seen: Set<Judged>): void {
  if (judged.node === 'leaf' || seen.has(judged)) return;
  seen.add(judged);
  for (const part of judged.parts) {
    if (part.node !== 'leaf' && part.rule !== null) found.add(part);
    addInnerRules(part, found, seen);
  }
}

function condition(leaf: Leaf, prefix: string, date: string): Condition {
  const isDate = leaf.input === null && (leaf.kind === 'date' || leaf.kind === 'gap');
  const text = prefix === '' ? leaf.text : `${prefix}${leaf.text}`;
  return { text, input: isDate ? date : leaf.input, holds: leaf.holds };
}

/** Collects conditions in the order read, each once. */
interface Collecting {
  readonly own: string;
  readonly date: string;
  readonly found: Condition[];
  readonly seen: Set<Judged>;
}

/** That a control test within is in force is said only where it is not sure. */
function addPart(part: Judged, rule: RuleRef | null, collecting: Collecting): void {
  if (part.node !== 'leaf') {
    addConditions(part, collecting);
    return;
  }
  const isInner = rule !== null && rule.key !== collecting.own;
  if (collecting.seen.has(part) || (isInner && part.kind === 'date' && part.holds === true)) return;
  collecting.seen.add(part);
  const isForce = isInner && (part.kind === 'date' || part.kind === 'gap');
  collecting.found.push(condition(part, isForce ? `${rule.key}: ` : '', collecting.date));
}

function addConditions(judged: Judged, collecting: Collecting): void {
  if (judged.node === 'leaf' || collecting.seen.has(judged)) return;
  collecting.seen.add(judged);
  for (const part of judged.parts) addPart(part, judged.rule, collecting);
}

function conditionsOf(judged: Judged, own: string, date: string): Condition[] {
  const found: Condition[] = [];
  addConditions(judged, { own, date, found, seen: new Set() });
  return distinct(found);
}

function distinct(conditions: readonly Condition[]): Condition[] {
  if (conditions.length < 2) return [...conditions];
  return [...new Map(conditions.map((one) => [`${one.text}|${one.input}`, one])).values()];
}

/** A provision as the answer lists it. */
function consideredRule({ rule, judged }: Considered, { facts, date }: Grounds): ConsideredRule {
  const { provision } = rule;
  const activities = activitiesOf(provision);
  return {
    instrument: rule.instrument,
    provision: rule.key,
    kind: provision.kind,
    text: provision.text,
    cfr: provision.cfr,
    applies: judged.holds,
    reaches: activities === null ? null : activities.includes(facts.asked.activity),
    events: [rule.event],
    conditions: conditionsOf(judged, rule.key, date),
  };
}

/** The control tests and exclusions that were read on the way. */
function consulted(roots: readonly Considered[], facts: Facts): Considered[] {
  const branches = new Set<Branch>();
  const seen = new Set<Judged>();
  for (const { judged } of roots) addInnerRules(judged, branches, seen);
  const found = new Map<string, Considered>();
  for (const branch of branches) {
    const rule = branch.rule === null ? undefined : facts.book.rules.get(branch.rule.key);
    if (rule !== undefined && !found.has(rule.key)) found.set(rule.key, { rule, judged: branch });
  }
  return [...found.values()];
}

function consideredOf({ conclusion, readings, facts }: Grounds): Considered[] {
  const { requirements, exceptionRules, review } = conclusion;
  const roots: Considered[] = [...requirements, ...exceptionRules, ...review.considered];
  return [...roots, ...readings, ...consulted(roots, facts)];
}

const appliesFirst = (one: Considered) =>
  one.judged.holds === true ? 0 : one.judged.holds === false ? 2 : 1;

/** Every provision considered, those that hold first, then those that are open, each in the order of the record. */
export function rulesOf(grounds: Grounds): ConsideredRule[] {
  return consideredOf(grounds)
    .toSorted((one, other) => appliesFirst(one) - appliesFirst(other) || one.rule.order - other.rule.order)
    .map((considered) => consideredRule(considered, grounds));
}

/** The assumptions without which a provision would not be false, or would be open (step 10). */
function assumptionsOfRules({ conclusion, facts }: Grounds): string[] {
  const bare = supposing(facts, { isAssuming: false });
  const roots: Considered[] = [
    ...conclusion.requirements,
    ...conclusion.exceptionRules,
    ...conclusion.review.considered,
  ];
  return roots
    .filter(({ judged }) => isAssuming(judged))
    .flatMap(({ rule }) => openLeavesOf(rule.judge(bare)))
    .flatMap(({ assumption }) => (assumption === null ? [] : [assumption]));
}

function subjectToTheEar({ activity, from }: Facts['asked']): string[] {
  if (activity === 'remote-access') return [];
  if (activity === 'export' && (from === undefined || from === 'US')) return [];
  return [
    'the item is subject to the EAR: foreign direct product rules and de minimis (15 CFR 734.4, 734.9) are not evaluated',
  ];
}

/** What the answer assumes, where it matters. */
export function assumptionsOf(grounds: Grounds): string[] {
  return [...new Set([...assumptionsOfRules(grounds), ...subjectToTheEar(grounds.facts.asked)])];
}

function doubtsOfRule(rule: Rule, facts: Facts): string[] {
  return rule.doubts
    .filter(({ when }) => when === null || when(facts).holds !== false)
    .map(({ why }) => `${rule.instrument}, ${rule.key}: ${why}`);
}

/** The provisions whose doubts are those of the answer: the true and the open ones, and what they rest on. */
function doubtfulRules({ conclusion, readings, facts }: Grounds): Rule[] {
  const refs = [
    ...conclusion.requirements.flatMap(({ judged }) => decidingRulesOf(judged)),
    ...conclusion.listedExceptions.flatMap(({ judged }) => decidingRulesOf(judged)),
    ...conclusion.review.taken,
    ...readings.map(({ rule }) => rule),
  ];
  return [...new Set(refs.map(({ key }) => key))]
    .map((key) => facts.book.rules.get(key))
    .filter((rule) => rule !== undefined);
}

function readingDoubts({ readings }: Grounds): string[] {
  return readings
    .filter(({ rule }) => rule.provision.reading === 'contested')
    .map(({ rule }) => `${rule.instrument}, ${rule.key}: ${rule.provision.text}`);
}

function entryDoubts({ conclusion, facts }: Grounds): string[] {
  return conclusion.requirements.flatMap(({ rule: { provision }, judged }) =>
    provision.kind === 'listing-policy' && judged.holds !== false && provision.policy !== null
      ? policyOfEntries(provision, facts).doubts
      : [],
  );
}

function groupDoubts(groups: readonly GroupAssumption[], date: string): string[] {
  const bySource = grouped(groups, ({ country, laterSource }) => `${country}|${laterSource}`);
  return [...bySource.values()].flatMap((list) => {
    const first = list[0];
    if (first === undefined) return [];
    const names = [...new Set(list.map(({ group }) => group))].toSorted().join(', ');
    const source =
      first.laterSource === null ? 'no source in the record' : `a later source, of ${first.laterSource}`;
    return [`Country Groups ${names} of ${countryName(first.country)} on ${date} rest on ${source}.`];
  });
}

/** The leaves that decided the requirements, the exceptions listed and the policies taken. */
function decisiveLeaves({ conclusion }: Grounds): Leaf[] {
  const taken = new Set<Rule>(conclusion.review.taken);
  const roots: Considered[] = [
    ...conclusion.requirements,
    ...conclusion.listedExceptions,
    ...conclusion.review.considered.filter(({ rule }) => taken.has(rule)),
  ];
  return roots.flatMap(({ judged }) => decidingLeavesOf(judged));
}

/** Whether a chip of the record is not shown on sale on the day; an item by figures, or an unnamed chip, never is. */
export function isBeforeSale({ item, day }: Facts): boolean {
  if (item.chip === null || isUnnamed(item.chip.id)) return false;
  return item.chip.onSaleFrom === null || day < item.chip.onSaleFrom;
}

/** What makes the answer doubtful (step 10). */
export function doubtsOf(grounds: Grounds): string[] {
  const { facts, date } = grounds;
  const leaves = decisiveLeaves(grounds);
  const chip = facts.item.chip;
  return [
    ...new Set([
      ...(isBeforeSale(facts) && chip !== null
        ? [`The record does not show the ${chip.name} on sale on ${date}; it is evaluated by its figures.`]
        : []),
      ...readingDoubts(grounds),
      ...doubtfulRules(grounds).flatMap((rule) => doubtsOfRule(rule, facts)),
      ...entryDoubts(grounds),
      ...leaves.flatMap(({ doubts }) => doubts),
      ...groupDoubts(
        leaves.flatMap(({ groups }) => groups),
        date,
      ),
    ]),
  ];
}

const settlingKinds = ['figure', 'exporter', 'party', 'listing', 'input', 'gap'] as const;

function settling(leaf: Leaf): Settling {
  const kind = settlingKinds.find((known) => known === leaf.kind) ?? 'gap';
  return { kind, input: kind === 'gap' ? null : leaf.settledBy, text: leaf.text };
}

/** What would settle an open outcome, or an open policy of review, cheapest first (step 4). */
export function settledBy({ conclusion }: Grounds): Settling[] {
  const open = [
    ...(conclusion.outcome === 'undetermined'
      ? [...conclusion.requirements, ...conclusion.exceptionRules]
      : []
    ).map(({ judged }) => judged),
    ...conclusion.review.open,
  ].flatMap(openLeavesOf);
  const sorted = open.toSorted((one, other) => leafKinds.indexOf(one.kind) - leafKinds.indexOf(other.kind));
  return [
    ...new Map(
      sorted.map((leaf) => [`${leaf.settledBy}|${leaf.settledBy === null ? leaf.text : ''}`, settling(leaf)]),
    ).values(),
  ];
}
