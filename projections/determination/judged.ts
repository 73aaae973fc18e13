/** Why does a test hold, fail or stay open? The tree of what was read, and what in it decided. */
import type { Truth } from './kleene.ts';

/** What a condition reads. Those after `transaction` settle an open answer, in this order, cheapest first. */
export const leafKinds = [
  'date',
  'activity',
  'transaction',
  'figure',
  'exporter',
  'party',
  'listing',
  'input',
  'gap',
] as const;
export type LeafKind = (typeof leafKinds)[number];

/** A Country Group membership that rests on a later source, or on none. */
export interface GroupAssumption {
  readonly country: string;
  readonly group: string;
  /** `YYYY-MM-DD` of the later source; null: there is none. */
  readonly laterSource: string | null;
}

/** One condition that was read. */
export interface Leaf {
  readonly node: 'leaf';
  readonly kind: LeafKind;
  readonly holds: Truth;
  /** The condition, in words. */
  readonly text: string;
  /** What was found; null: nothing is known, or (of a date) the date of the question. */
  readonly input: string | number | boolean | null;
  /** Where the question takes what is open here; null: nobody can settle it by answering. */
  readonly settledBy: string | null;
  /** What is assumed here, so that it holds or not; null: nothing is. */
  readonly assumption: string | null;
  readonly doubts: readonly string[];
  readonly groups: readonly GroupAssumption[];
}

/** A node with parts; only the parts that were read. `rule`: the provision whose test this is. */
export interface Branch {
  readonly node: 'all' | 'any' | 'other';
  readonly holds: Truth;
  readonly parts: readonly Judged[];
  readonly rule: RuleRef | null;
}
export type Judged = Leaf | Branch;

/** A provision by its place in the rule book. */
export interface RuleRef {
  readonly key: string;
  readonly instrument: string;
  readonly event: string;
  /** Place in the order of the log. */
  readonly order: number;
}

type More = Partial<Pick<Leaf, 'settledBy' | 'assumption' | 'doubts' | 'groups'>>;
const none: readonly never[] = [];

/** A leaf; what is not given is empty. Written out field by field: this is the hot path of every answer. */
export function leaf(kind: LeafKind, holds: Truth, text: string, input: Leaf['input'], more?: More): Leaf {
  return {
    node: 'leaf',
    kind,
    holds,
    text,
    input,
    settledBy: more?.settledBy ?? null,
    assumption: more?.assumption ?? null,
    doubts: more?.doubts ?? none,
    groups: more?.groups ?? none,
  };
}

/** Whether anything that was read is assumed. */
export function isAssuming(judged: Judged): boolean {
  return judged.node === 'leaf' ? judged.assumption !== null : judged.parts.some(isAssuming);
}

/** Adds the unknown leaves that keep it open; none of a node that something else decides. */
function addOpen(judged: Judged, found: Leaf[]): void {
  if (judged.holds !== 'unknown') return;
  if (judged.node === 'leaf') found.push(judged);
  else for (const part of judged.parts) addOpen(part, found);
}

/** The unknown leaves that keep a test open, in order. */
export function openLeavesOf(judged: Judged): Leaf[] {
  const found: Leaf[] = [];
  addOpen(judged, found);
  return found;
}

/** The parts that count as read: the first that decides an `any` that is true or an `all` that is false, else all. */
function decidingParts(branch: Branch): readonly Judged[] {
  const decisive = branch.node === 'any' ? true : branch.node === 'all' ? false : null;
  if (branch.holds !== decisive) return branch.parts;
  const part = branch.parts.find(({ holds }) => holds === decisive);
  return part === undefined ? branch.parts : [part];
}

function addDeciding(judged: Judged, found: Leaf[]): void {
  if (judged.node === 'leaf') found.push(judged);
  else for (const part of decidingParts(judged)) addDeciding(part, found);
}

/** The leaves that decided, in order (determination.md, step 10). */
export function decidingLeavesOf(judged: Judged): Leaf[] {
  const found: Leaf[] = [];
  addDeciding(judged, found);
  return found;
}

function addRules(judged: Judged, found: RuleRef[]): void {
  if (judged.node === 'leaf') return;
  if (judged.rule !== null && judged.holds !== false) found.push(judged.rule);
  for (const part of decidingParts(judged)) addRules(part, found);
}

/** The provisions that hold, or may hold, on the way to the decision; the outermost first. */
export function decidingRulesOf(judged: Judged): RuleRef[] {
  const found: RuleRef[] = [];
  addRules(judged, found);
  return found;
}
