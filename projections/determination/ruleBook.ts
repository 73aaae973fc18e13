/** Which provisions does the record hold, at a log position and a limit of publication, ordered to be asked? */
import type { Day } from '../../events/dates.ts';
import { zoneOf } from '../../events/dates.ts';
import { slugOf } from '../../events/identity.ts';
import type { Provision, ProvisionKind } from '../../events/provision.ts';
import type { EventTypeName, Recorded } from '../../events/registry.ts';
import { families } from '../../events/registry.ts';
import { chipsOf } from './chips.ts';
import { countryGroups } from './countryGroups.ts';
import type { ChangeDay, Facts, Judge, JudgedForce, NamedInput, Rule, RuleBook, RuleOf } from './facts.ts';
import { activitiesOf, dayIn, legalZone, requiringKinds } from './facts.ts';
import type { Dated, Force, Instruments, Supposing } from './force.ts';
import { actDaysOf, datedOf, forceOver, instrumentOf, ownDaysOf } from './force.ts';
import { grouped } from './grouped.ts';
import {
  judgeActivity,
  judgeAll,
  judgeDestination,
  judgeNot,
  judgeOf,
  judgeParty,
  judgeRecipient,
} from './judge.ts';
import type { Judged, RuleRef } from './judged.ts';
import { leaf } from './judged.ts';
import { judgeListing } from './listings.ts';
import { partiesOf } from './parties.ts';
import { stepOn } from './timeline.ts';

/** How far the record reaches, and the named inputs that its provisions may read. */
export interface Record {
  /** Current readings of all events recorded by the position; retracted ones are gone. */
  readonly recorded: readonly Recorded[];
  /** Those of them that were also public by the limit; the same list where there is none. */
  readonly visible: readonly Recorded[];
  readonly inputs: readonly NamedInput[];
}

function instrumentsOf(visible: readonly Recorded[]): Instruments {
  const events = visible.filter(({ subject }) => subject.startsWith('instrument:'));
  const byId = grouped(events, (event) => slugOf(event.subject));
  return new Map([...byId].map(([id, list]) => [id, instrumentOf(id, list, zoneOf)]));
}

const assumedLeaf = leaf('date', true, 'in force (as the question assumes)', null);
const assumed: JudgedForce = {
  force: { holds: true, status: 'assumed', why: assumedLeaf.text },
  leaf: assumedLeaf,
  stopped: assumedLeaf,
};

/** How a rule stands for a question: over time, or as assumed. */
export function forceOf(rule: Rule, facts: Facts): JudgedForce {
  if (rule.dated.isProposed && facts.proposed.has(rule.instrument)) return assumed;
  return stepOn(rule.force[facts.supposing], dayIn(facts, rule.dated.instrument.zone)).value;
}

function judgedForce(force: Force, at: RuleRef): JudgedForce {
  const said = leaf(force.holds === 'unknown' ? 'gap' : 'date', force.holds, force.why, null);
  return { force, leaf: said, stopped: { node: 'all', holds: force.holds, parts: [said], rule: at } };
}

/** What a provision asks for beside being in force, in the order of determination.md, step 1. */
function partsOf(provision: Provision, at: RuleRef): Judge[] {
  const activities = activitiesOf(provision);
  const byActivity = activities === null || provision.kind === 'duty' ? [] : [judgeActivity(activities)];
  if (provision.kind === 'listing-policy') return [...byActivity, judgeListing(provision)];
  if (provision.kind === 'license-exception')
    return [
      judgeOf(provision.when, at),
      ...provision.conditions.map(({ input, text }) => judgeAnswered(input, text)),
    ];
  if (provision.kind === 'interpretation')
    return provision.item === undefined ? [] : [judgeOf(provision.item, at)];
  if (provision.kind === 'license-requirement') return [...byActivity, ...requirementParts(provision, at)];
  return 'when' in provision && provision.when !== undefined
    ? [...byActivity, judgeOf(provision.when, at)]
    : byActivity;
}

function requirementParts(
  provision: Extract<Provision, { kind: 'license-requirement' }>,
  at: RuleRef,
): Judge[] {
  const { binds, item, destination, parties, unless } = provision;
  return [
    ...(binds === undefined ? [] : [judgeRecipient(binds.recipient)]),
    ...(item === undefined ? [] : [judgeOf(item, at)]),
    ...(destination === undefined ? [] : [judgeDestination(destination)]),
    ...(parties === undefined ? [] : [judgeParty(parties.roles, parties.headquarters)]),
    ...(unless === undefined ? [] : [judgeNot(judgeOf(unless, at))]),
  ];
}

/** Conditions never make an outcome unknown: one that is open holds here and is listed elsewhere. */
function judgeAnswered(input: string, text: string): Judge {
  return ({ asked }) => {
    const given = asked.inputs[input];
    return leaf('input', given !== false, text, given === undefined ? null : given ? 'yes' : 'no');
  };
}

function noticeJudge(provision: Provision, at: RuleRef): Judge | null {
  const when = provision.kind === 'license-exception' ? provision.notice?.when : undefined;
  return when === undefined ? null : judgeOf(when, at);
}

function ruleOf(dated: Dated, event: Recorded, instruments: Instruments, actDays: readonly Day[]): Rule {
  const { provision } = dated;
  const at: RuleRef = {
    key: provision.key,
    instrument: slugOf(event.subject),
    event: event.id,
    order: event.seq,
  };
  const force = (supposing: Supposing) =>
    forceOver(dated, instruments, actDays, supposing).map(({ from, value }) => ({
      from,
      value: judgedForce(value, at),
    }));
  const whole = judgeAll([(facts): Judged => forceOf(rule, facts).leaf, ...partsOf(provision, at)], at);
  const rule: Rule = {
    ...at,
    provision,
    dated,
    force: { 'as-is': force('as-is'), enforced: force('enforced') },
    judge: (facts) => {
      const own = forceOf(rule, facts);
      return own.force.holds === false ? own.stopped : whole(facts);
    },
    doubts: provision.doubts.map(({ why, when }) => ({
      why,
      when: when === undefined ? null : judgeOf(when, at),
    })),
    noticeWhen: noticeJudge(provision, at),
  };
  return rule;
}

function provisionsOf(event: Recorded): readonly Provision[] {
  return 'provisions' in event.data && event.data.provisions !== undefined
    ? provisionList(event.data.provisions)
    : [];
}

/** A suspension names keys under the same field name; those are no provisions. */
function provisionList(list: readonly (Provision | string)[]): Provision[] {
  return list.filter((entry) => typeof entry !== 'string');
}

/** A text without a date of its own says nothing about dates; the page of its instrument shows it. */
function isShownHere(provision: Provision): boolean {
  return provision.kind !== 'text' || provision.from !== null;
}

interface Placed {
  readonly event: Recorded;
  readonly dated: Dated;
}

function placedOf(visible: readonly Recorded[], instruments: Instruments): Placed[] {
  return visible.flatMap((event) => {
    const instrument = instruments.get(slugOf(event.subject));
    if (instrument === undefined) return [];
    const provisions = provisionsOf(event).filter(isShownHere);
    return provisions.map((provision) => ({ event, dated: datedOf(provision, event, instrument) }));
  });
}

function actDaysOfAll(
  instruments: Instruments,
  keys: ReadonlySet<string>,
): { day: Day; instrument: string }[] {
  return [...instruments.values()].flatMap((instrument) => actDaysOf(instrument, keys));
}

function rulesOf(visible: readonly Recorded[], instruments: Instruments): Rule[] {
  const placed = placedOf(visible, instruments);
  const keys = new Set(placed.map(({ dated }) => dated.provision.key));
  const days = actDaysOfAll(instruments, keys).map(({ day }) => day);
  return placed.map(({ event, dated }) => ruleOf(dated, event, instruments, days));
}

function isOf<Kind extends ProvisionKind>(rule: Rule, kinds: readonly Kind[]): rule is RuleOf<Kind> {
  return kinds.some((kind) => kind === rule.provision.kind);
}

function ofKind<Kind extends ProvisionKind>(rules: readonly Rule[], ...kinds: Kind[]): RuleOf<Kind>[] {
  return rules.filter((rule) => isOf(rule, kinds));
}

const shownKinds = ['duty', 'cap', 'levy', 'text'] as const;

/** Whether a rule can change an outcome; the others are only shown. */
function decides(rule: Rule): boolean {
  return !isOf(rule, shownKinds);
}

function isProposedAndEvaluable({ dated, provision }: Rule): boolean {
  return dated.isProposed && provision.kind !== 'text';
}

function isEverUnenforced({ force }: Rule): boolean {
  return force['as-is'].some(({ value }) => value.force.status === 'not-enforced');
}

/** Under each of the keys that a rule names. */
function byKeys<R extends Rule>(
  rules: readonly R[],
  keysOf: (rule: R) => readonly string[],
): Map<string, R[]> {
  const pairs = rules.flatMap((rule) => keysOf(rule).map((key) => ({ key, rule })));
  return new Map(
    [...grouped(pairs, ({ key }) => key)].map(([key, list]) => [key, list.map(({ rule }) => rule)]),
  );
}

/** The subjects that have each day on which the force of a rule that decides something changes. */
function changeDaysOf(rules: readonly Rule[], instruments: Instruments): ChangeDay[] {
  const changing = new Set(
    rules.flatMap(({ force }) => [...force['as-is'], ...force.enforced].map(({ from }) => from)),
  );
  const having = [
    ...rules.flatMap(({ dated }) => ownDaysOf(dated)),
    ...actDaysOfAll(instruments, new Set(rules.map(({ key }) => key))),
  ].filter(({ day }) => changing.has(day));
  return [...grouped(having, ({ day }) => day)]
    .map(([day, list]) => ({
      day,
      subjects: [...new Set(list.map(({ instrument }) => `instrument:${instrument}`))],
    }))
    .toSorted((one, other) => one.day - other.day);
}

function namedInputs(inputs: readonly NamedInput[], rules: readonly Rule[]): Map<string, NamedInput> {
  const named = new Map(inputs.map((input) => [input.name, input]));
  const visit = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    if ('input' in value && typeof value.input === 'string' && !named.has(value.input))
      named.set(value.input, { name: value.input, question: value.input, assumed: null });
    for (const part of Object.values(value)) visit(part);
  };
  for (const rule of rules) visit(rule.provision);
  return named;
}

function countriesOf(recorded: readonly Recorded[]): Set<string> {
  const subjects = recorded.filter(({ subject }) => subject.startsWith('destination:'));
  return new Set(subjects.map(({ subject }) => slugOf(subject)));
}

/** The types of the events of which a rule book is made; others change nothing in it. */
export const ruleBookTypes: readonly EventTypeName[] = [
  ...families.regulation.map(({ type }) => type),
  ...families.parties.map(({ type }) => type),
  'ChipAnnounced',
  'ChipFiguresReported',
  'ChipSalesChanged',
];

/** The rule book of a record. Costs a few milliseconds for each hundred provisions; keep it for all its questions. */
export function ruleBook({ recorded, visible, inputs }: Record): RuleBook {
  const instruments = instrumentsOf(visible);
  const rules = rulesOf(visible, instruments);
  const tests = ofKind(rules, 'control-test');
  const policies = ofKind(rules, 'review-policy').toSorted(
    (one, other) => one.provision.order - other.provision.order,
  );
  const ids = new Set(visible.map(({ id }) => id as string));
  const deciding = rules.filter(decides);
  return {
    instruments,
    rules: new Map(deciding.map((rule) => [rule.key, rule])),
    unenforced: deciding.filter(isEverUnenforced),
    requirements: ofKind(rules, ...requiringKinds),
    testsByEccn: byKeys(tests, ({ provision }) => (provision.eccn === undefined ? [] : [provision.eccn])),
    testsByKey: new Map(tests.map((rule) => [rule.key, rule])),
    exclusionsByEccn: byKeys(ofKind(rules, 'exclusion'), ({ provision }) => provision.of),
    exceptionsFor: byKeys(ofKind(rules, 'license-exception'), ({ provision }) => provision.for),
    policiesFor: byKeys(policies, ({ provision }) => provision.for),
    interpretationsOf: byKeys(ofKind(rules, 'interpretation'), ({ provision }) => provision.of),
    shown: ofKind(rules, ...shownKinds),
    chips: chipsOf(recorded, ids),
    parties: partiesOf(visible),
    groups: countryGroups(recorded, ids, legalZone),
    countries: countriesOf(recorded),
    inputs: namedInputs(inputs, rules),
    proposed: new Set(rules.filter(isProposedAndEvaluable).map(({ instrument }) => instrument)),
    licenses: visible.filter((event) => event.type === 'LicenseDecided'),
    changeDays: changeDaysOf(deciding, instruments),
  };
}
