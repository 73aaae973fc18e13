/** Does the record say what a domain expert says it says? The cases of this folder, asked of the real chronicle. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { DayOrInstant } from '../../events/dates.ts';
import type { Subject } from '../../events/identity.ts';
import { ClaimIndex } from '../../projections/claimIndex.ts';
import type { Evidence } from '../../projections/evidence.ts';
import { chipView } from '../../projections/views/chip.ts';
import { clusterView } from '../../projections/views/cluster.ts';
import { companiesView, companyView } from '../../projections/views/company.ts';
import { controlsView } from '../../projections/views/controls.ts';
import { dealView } from '../../projections/views/deal.ts';
import { destinationView } from '../../projections/views/destination.ts';
import { instrumentView } from '../../projections/views/instrument.ts';
import { instrumentsView } from '../../projections/views/instruments.ts';
import { modelView } from '../../projections/views/model.ts';
import { postureView } from '../../projections/views/posture.ts';
import { timelineView } from '../../projections/views/timeline.ts';
import { upcomingView } from '../../projections/views/upcoming.ts';
import { standpointOf, whereItStands } from '../../src/service/standpoint.ts';
import { recordedHistory } from '../recordedHistory.ts';

/** When these cases are asked: just after the chronicle was recorded. */
const askedAtMs = Date.parse('2026-11-26T12:00:00.000Z');

/** What of an answer is said: of an object some fields, of a list some items, and else the value itself. */
type Pattern = null | string | number | boolean | readonly Pattern[] | { readonly [field: string]: Pattern };
const Pattern: z.ZodType<Pattern> = z.json();
const Fields = z.record(z.string(), Pattern);

const Case = z
  .strictObject({
    case: z.string().min(1),
    ask: z.string().regex(/^[a-z]+( [a-zA-Z0-9:-]+)?$/, 'must be a question, such as "posture bytedance"'),
    asOf: DayOrInstant,
    publishedBy: DayOrInstant.optional(),
    /** Parts of the answer. */
    expect: Fields.optional(),
    /** Parts that the answer must not have: no item of a list may match. */
    absent: Fields.optional(),
    /** How many items a list has. */
    count: z.record(z.string(), z.int().nonnegative()).optional(),
    /** Words that must not stand anywhere in the answer. */
    mustNotSay: z.array(z.string().min(1)).optional(),
    /** Nothing visible speaks of it. */
    notKnown: z.literal(true).optional(),
  })
  .refine((one) => (one.expect ?? one.absent ?? one.count ?? one.mustNotSay ?? one.notKnown) !== undefined, {
    message: 'must say what is expected: expect, absent, count, mustNotSay or notKnown',
  });
type Case = z.infer<typeof Case>;

const questions: Readonly<Record<string, (evidence: Evidence, about: string) => unknown>> = {
  posture: postureView,
  company: companyView,
  instrument: instrumentView,
  deal: dealView,
  cluster: clusterView,
  model: modelView,
  chip: chipView,
  destination: destinationView,
  instruments: (evidence) => ({ items: instrumentsView(evidence) }),
  companies: (evidence) => ({ items: companiesView(evidence) }),
  controls: (evidence) => ({ items: controlsView(evidence) }),
  timeline: (evidence, about) => ({ items: timelineView(evidence, about as Subject) }),
  upcoming: (evidence, about) => ({ items: upcomingView(evidence, Number(about)) }),
};

function indexOfTheChronicle(): ClaimIndex {
  const index = new ClaimIndex();
  for (const event of recordedHistory()) index.add(event);
  return index;
}

const index = indexOfTheChronicle();

type Answer = { readonly [field: string]: Pattern };

function answerTo({ ask, asOf, publishedBy }: Case): Answer | null {
  const [question = '', about = ''] = ask.split(' ');
  const view = questions[question];
  if (view === undefined)
    throw new Error(`"${ask}" asks nothing that there is: ${Object.keys(questions).join(', ')}`);
  const standpoint = standpointOf({ asOf, publishedBy }, index, askedAtMs);
  const evidence = index.at(standpoint.clocks);
  const answer = view(evidence, about);
  if (answer === null) return null;
  const whole = { ...answer, at: whereItStands(standpoint, evidence, index) };
  return JSON.parse(JSON.stringify(whole)) as Answer;
}

const isObject = (value: Pattern | undefined): value is { readonly [field: string]: Pattern } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a value has what the pattern says; an empty list in a pattern means an empty list. */
function matches(value: Pattern | undefined, pattern: Pattern): boolean {
  if (Array.isArray(pattern)) {
    if (!Array.isArray(value)) return false;
    if (pattern.length === 0) return value.length === 0;
    return pattern.every((wanted) => value.some((item) => matches(item, wanted)));
  }
  if (!isObject(pattern)) return value === pattern;
  return isObject(value) && Object.entries(pattern).every(([field, wanted]) => matches(value[field], wanted));
}

/** The paths at which the answer lacks what is expected, each with what stands there. */
function missing(value: Pattern | undefined, pattern: Pattern, path: string): string[] {
  if (matches(value, pattern)) return [];
  if (isObject(pattern) && isObject(value)) {
    return Object.entries(pattern).flatMap(([field, wanted]) =>
      missing(value[field], wanted, `${path}.${field}`),
    );
  }
  if (Array.isArray(pattern) && Array.isArray(value) && pattern.length > 0) {
    return pattern
      .filter((wanted) => !value.some((item) => matches(item, wanted)))
      .map((wanted) => `${path} has no item with ${JSON.stringify(wanted)}; it has ${shortly(value)}`);
  }
  return [`${path} is ${shortly(value)}, expected ${JSON.stringify(pattern)}`];
}

function shortly(value: Pattern | undefined): string {
  const text = value === undefined ? 'not there' : JSON.stringify(value);
  return text.length > 1500 ? `${text.slice(0, 1500)}…` : text;
}

/** The paths at which the answer has what must not be there. */
function present(value: Pattern | undefined, pattern: Pattern, path: string): string[] {
  if (Array.isArray(pattern)) {
    const items = Array.isArray(value) ? value : [];
    return pattern.flatMap((unwanted) =>
      items.some((item) => matches(item, unwanted))
        ? [`${path} has an item with ${JSON.stringify(unwanted)}`]
        : [],
    );
  }
  if (isObject(pattern)) {
    const fields = isObject(value) ? value : {};
    return Object.entries(pattern).flatMap(([field, unwanted]) =>
      present(fields[field], unwanted, `${path}.${field}`),
    );
  }
  return value === pattern ? [`${path} is ${JSON.stringify(pattern)}`] : [];
}

function counted(answer: Answer, counts: Readonly<Record<string, number>>): string[] {
  return Object.entries(counts).flatMap(([field, expected]) => {
    const list = answer[field];
    const length = Array.isArray(list) ? list.length : null;
    return length === expected ? [] : [`${field} has ${length ?? 'no list of'} items, expected ${expected}`];
  });
}

/** What is wrong with the answer; nothing where it is as the case says. */
function faultsOf(one: Case): string[] {
  const answer = answerTo(one);
  if (one.notKnown === true) return answer === null ? [] : ['something is known'];
  if (answer === null) return ['nothing is known'];
  const text = JSON.stringify(answer).toLowerCase();
  const said = (one.mustNotSay ?? []).filter((word) => text.includes(word.toLowerCase()));
  return [
    ...missing(answer, one.expect ?? {}, 'answer'),
    ...present(answer, one.absent ?? {}, 'answer'),
    ...counted(answer, one.count ?? {}),
    ...said.map((word) => `the answer says "${word}"`),
  ];
}

function casesIn(file: string): Case[] {
  const read = z.array(Case).safeParse(parse(readFileSync(join(import.meta.dirname, file), 'utf8')));
  if (!read.success) throw new Error(`${file}: ${z.prettifyError(read.error)}`);
  return read.data;
}

const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.yaml'));

describe.each(files)('%s', (file) => {
  it.each(casesIn(file))('$case', (one) => {
    expect(faultsOf(one)).toEqual([]);
  });
});

describe('the cases', () => {
  const all = files.flatMap(casesIn);

  it('are many', () => {
    expect(all.length).toBeGreaterThanOrEqual(60);
  });

  it('each have a name of their own', () => {
    expect(new Set(all.map((one) => one.case)).size).toBe(all.length);
  });
});

describe('a pattern', () => {
  const answer = {
    access: [
      { deal: 'plan', chips: [{ chip: 'h100', count: 1500 }] },
      { deal: 'order', chips: [] },
    ],
  };

  it('names some fields of some items', () => {
    expect(missing(answer, { access: [{ deal: 'plan', chips: [{ chip: 'h100' }] }] }, 'answer')).toEqual([]);
    expect(missing(answer, { access: [{ deal: 'order', chips: [] }] }, 'answer')).toEqual([]);
  });

  it('fails where no one item has all that it names', () => {
    expect(
      missing(answer, { access: [{ deal: 'order', chips: [{ chip: 'h100' }] }] }, 'answer'),
    ).toHaveLength(1);
    expect(missing(answer, { access: [] }, 'answer')).toHaveLength(1);
    expect(missing(answer, { spending: [{ of: 'chips' }] }, 'answer')).toHaveLength(1);
  });

  it('of what must be absent fails where an item has it', () => {
    expect(present(answer, { access: [{ deal: 'plan' }] }, 'answer')).toHaveLength(1);
    expect(present(answer, { access: [{ deal: 'other' }] }, 'answer')).toEqual([]);
  });
});
