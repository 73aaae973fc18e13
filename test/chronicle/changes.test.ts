/** What does a later release of the chronicle add to a log? New entries, and corrections of changed ones; nothing is rewritten. */
import { describe, expect, it } from '@jest/globals';
import type { Recorded } from '../../events/registry.ts';
import { readDraft } from '../../events/registry.ts';
import type { IdentifiedDraft } from '../../src/service/chronicle/changesSince.ts';
import { changesSince } from '../../src/service/chronicle/changesSince.ts';
import { entryId } from '../../src/service/chronicle/entryId.ts';
import { readChronicle } from '../../src/service/chronicle/readChronicle.ts';
import { changed, chronicleWith, logOf } from './given.ts';

const today = '2026-11-25';
const plan = 'deals/bytedance-plan.yaml';
const release = (files: Record<string, string | null> = {}) => readChronicle(chronicleWith(files)).entries;
const first = changesSince(new Map(), release(), today).drafts;
const toAdd = (drafts: readonly IdentifiedDraft[], files: Record<string, string | null>) =>
  changesSince(logOf(...drafts), release(files), today);
const changesOf = (draft: IdentifiedDraft | undefined) =>
  draft?.type === 'EventCorrected' ? draft.data.changes : 'no correction';

describe('a changed entry', () => {
  const cheaper = changed(plan, 'best: 7000000000', 'best: 6000000000');
  const [correction, ...others] = toAdd(first, cheaper).drafts;

  it('is recorded as one correction of only what changed', () => {
    expect(others).toEqual([]);
    expect(correction).toMatchObject({
      type: 'EventCorrected',
      subject: 'deal:bytedance-plan',
      publishedOn: today,
      data: {
        event: entryId('deal:bytedance-plan#reported'),
        kind: 'record',
        changes: [{ pointer: '/data/amount/value/best', value: 6_000_000_000 }],
        reason: "The chronicle's entry was changed in a later release.",
      },
    });
    expect(readDraft(correction)).toMatchObject({ ok: true });
  });

  it('is recorded once, however often the release starts', () => {
    expect(toAdd(first, cheaper).drafts[0]?.id).toBe(correction?.id);
    expect(correction === undefined ? null : toAdd([...first, correction], cheaper).drafts).toEqual([]);
  });

  it('that is changed back, and changed again, gets a new correction each time', () => {
    let log = [...first];
    for (const files of [cheaper, {}, cheaper, {}]) log = [...log, ...toAdd(log, files).drafts];
    const corrections = log.slice(first.length);
    expect(corrections.map((draft) => changesOf(draft)).flat()).toEqual(
      [6e9, 7e9, 6e9, 7e9].map((value) => ({ pointer: '/data/amount/value/best', value })),
    );
    expect(new Set(corrections.map(({ id }) => id)).size).toBe(4);
  });

  it.each([
    [
      'a text in a list',
      'taken from follow-ups',
      'read in a copy',
      [{ pointer: '/doubts/0/why', value: 'read in a copy' }],
    ],
    [
      'a list that grows',
      'lessees: [bytedance]',
      'lessees: [bytedance, bytedance]',
      [{ pointer: '/data/lessees', value: ['bytedance', 'bytedance'] }],
    ],
    [
      'a value that nobody knows any more',
      'publishedOn: 2024-12-30\n    standing',
      'publishedOn: 2024-12\n    standing',
      [{ pointer: '/publishedOn', value: '2024-12' }],
    ],
    [
      'an object that becomes null',
      'period: { from: 2025, to: 2025 }',
      'period: null',
      [{ pointer: '/data/amount/period', value: null }],
    ],
  ])('says of %s the smallest value that holds the change', (_, from, to, changes) => {
    expect(toAdd(first, changed(plan, from, to)).drafts.map(changesOf)).toEqual([changes]);
  });

  it('of which a field is gone has the object around it replaced, as no value says "gone"', () => {
    const files = changed(
      'instruments/us-letter.yaml',
      '          item: { input: knows-military-end-use }\n',
      '',
    );
    const [change] = toAdd(first, files).drafts.map(changesOf).flat();
    expect(change).toMatchObject({ pointer: '/data/provisions/0', value: { key: 'letter-license' } });
    expect(change).not.toHaveProperty('value.item');
  });

  it('is no change where only the way of writing it changed', () => {
    const files = changed(plan, 'publishedOn: 2024-12-30', 'notes: null\n    publishedOn: "2024-12-30"');
    expect(toAdd(first, files).drafts).toEqual([]);
  });

  it('is no change where the program has given an old event a new field with a default', () => {
    const older = logOf(...first);
    for (const [id, event] of older) {
      const { relates: _, ...without } = event;
      older.set(id, without as Recorded);
    }
    expect(changesSince(older, release(), today).drafts).toEqual([]);
  });

  it('of another type is refused, with what to do', () => {
    const type = changed(plan, '    type: RentalDealReported', '    type: DealUpdated');
    const text = String(type[plan]).replace(
      /data:\n[\s\S]*?stage: planned/,
      'data: { stage: paused, what: x, amount: null, place: null }',
    );
    const { drafts, problems } = toAdd(first, { [plan]: text });
    expect(drafts).toEqual([]);
    expect(problems).toMatchObject([{ file: plan, line: 4, path: 'type' }]);
    expect(problems[0]?.message).toMatch(/RentalDealReported.*EventRetracted.*new slug/);
  });
});

describe('an entry that is gone', () => {
  const without = { 'instruments/us-letter.yaml': null };

  it('is named, and never retracted silently', () => {
    const { drafts, missing } = toAdd(first, without);
    expect(drafts).toEqual([]);
    expect(missing).toMatchObject([{ subject: 'instrument:us-letter', type: 'LetterIssued' }]);
  });

  it('is not named once somebody retracted it', () => {
    const reading = readDraft({
      id: entryId('test#retraction'),
      type: 'EventRetracted',
      subject: 'instrument:us-letter',
      publishedOn: today,
      standing: 'official',
      summary: 'There was no such letter.',
      data: { event: entryId('instrument:us-letter#disclosed'), kind: 'record', reason: 'No such letter.' },
    });
    const log = logOf(...first, ...(reading.ok ? [reading.event as IdentifiedDraft] : []));
    for (const event of log.values())
      if (event.type === 'EventRetracted') log.set(event.id, { ...event, actor: 'editor' });
    expect(changesSince(log, release(without), today).missing).toEqual([]);
  });
});

describe('a new entry', () => {
  it('is recorded as it is, before the corrections of others', () => {
    const log = first.filter(({ type }) => type !== 'LetterIssued');
    const drafts = toAdd(log, changed(plan, 'best: 7000000000', 'best: 1')).drafts;
    expect(drafts.map(({ type }) => type)).toEqual(['LetterIssued', 'EventCorrected']);
  });
});
