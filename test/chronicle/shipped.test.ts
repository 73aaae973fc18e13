/** Is the history that ships in order, complete, and the same every time it is loaded? */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { spanAsPrinted } from '../../events/dates.ts';
import { changesSince } from '../../src/service/chronicle/changesSince.ts';
import { checkChronicle } from '../../src/service/chronicle/checkChronicle.ts';
import { checkEntry } from '../../src/service/chronicle/checkEntry.ts';
import { count, readCounts } from '../../src/service/chronicle/counts.ts';
import { entryId } from '../../src/service/chronicle/entryId.ts';
import { inOrderOfPublication, spokenOf } from '../../src/service/chronicle/orderOfPublication.ts';
import { readChronicle } from '../../src/service/chronicle/readChronicle.ts';
import { chronicleWith, logOf, shipped } from './given.ts';

const { entries, problems } = checkChronicle(shipped);
const today = '2026-11-25';

describe('the shipped chronicle', () => {
  it('has nothing to mend', () => {
    expect(problems.map(({ file, line, path, message }) => `${file}:${line} ${path} ${message}`)).toEqual([]);
  });

  it('holds exactly what was last accepted', () => {
    expect(count(entries)).toEqual(readCounts(shipped));
  });

  it('credits Epoch AI, whose figures it uses', () => {
    const uses = entries.filter(({ draft }) =>
      draft.sources.some(({ publisher }) => publisher.includes('Epoch AI')),
    );
    expect(uses.length).toBeGreaterThan(0);
    expect(readFileSync(`${shipped}/README.md`, 'utf8')).toMatch(/Epoch AI[\s\S]*CC BY 4\.0/);
  });

  it('gives an event the same id for ever', () => {
    const idOf = (name: string) =>
      entries.find((entry) => `${entry.subject}#${entry.slug}` === name)?.draft.id;
    const known = {
      'deal:bytedance-7bn-overseas-rental-plan-2025#reported-by-the-information':
        '84789248-3d79-561f-bee2-54e786071b2e',
      'instrument:us-bis-acs-ifr-2023-10#issued': '4d626c00-4593-52ed-9f6d-571c83c761a6',
      'party:bytedance#registered': 'd4124f63-99f7-5684-b7a4-f738bfe57691',
    };
    for (const [name, id] of Object.entries(known)) {
      expect(idOf(name)).toBe(id);
      expect(entryId(name)).toBe(id);
    }
  });
});

describe('the first load', () => {
  const ordered = inOrderOfPublication(entries);

  it('records in order of publication, counting an imprecise date from its last day', () => {
    const days = ordered.map(({ draft }) => spanAsPrinted(draft.publishedOn).latest);
    expect(days).toEqual(days.toSorted((one, other) => one - other));
    expect(ordered).toHaveLength(entries.length);
  });

  it('records an event after those of its day that it speaks of', () => {
    const position = new Map(ordered.map(({ draft }, at) => [draft.id as string, at]));
    const day = new Map(
      ordered.map(({ draft }) => [draft.id as string, spanAsPrinted(draft.publishedOn).latest]),
    );
    const before = ordered.flatMap(({ draft }, at) =>
      spokenOf(draft).filter((id) => day.get(id) === day.get(draft.id) && Number(position.get(id)) > at),
    );
    expect(before).toEqual([]);
  });

  it('does not depend on the order in which the files are found', () => {
    const ids = (some: typeof entries) => some.map(({ draft }) => draft.id);
    expect(ids(inOrderOfPublication(entries.toReversed()))).toEqual(ids(ordered));
  });

  it('followed by a second one changes nothing', () => {
    const first = changesSince(new Map(), entries, today);
    expect(first.drafts.map(({ id }) => id)).toEqual(ordered.map(({ draft }) => draft.id));
    expect(changesSince(logOf(...first.drafts), entries, today)).toEqual({
      drafts: [],
      missing: [],
      problems: [],
    });
  });
});

describe('the example in CONTRIBUTING.md', () => {
  it('is an entry in which nothing is wrong', () => {
    const text = readFileSync(new URL('../../CONTRIBUTING.md', import.meta.url), 'utf8');
    const example = String(/```yaml\n([\s\S]*?)```/.exec(text)?.[1]);
    const subject = String(/^subject: deal:(.*)$/m.exec(example)?.[1]);
    const read = readChronicle(chronicleWith({ [`deals/${subject}.yaml`]: example }));
    expect(read.problems).toEqual([]);
    const subjects = new Set<string>(entries.map((entry) => entry.subject));
    const own = read.entries.filter((entry) => entry.subject === `deal:${subject}`);
    expect(own).toHaveLength(1);
    expect(own.flatMap((entry) => checkEntry(entry, subjects))).toEqual([]);
  });
});
