/** Can every event that was ever written still be read, and is nothing read that is not lawful? */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { subjectKinds } from '../../events/identity.ts';
import { eventTypes, families, readDraft } from '../../events/registry.ts';
import type { Leaf, UpcasterTable } from '../../events/upcasters.ts';
import { upcast, upcasters } from '../../events/upcasters.ts';
import { eventsReadme } from '../../scripts/eventsReadme.ts';

const golden = new URL('golden/', import.meta.url);
const goldenFiles = readdirSync(golden);
const goldenLeaf = (file: string) =>
  JSON.parse(readFileSync(new URL(file, golden), 'utf8')) as Leaf & Record<string, unknown>;
const pointers = (input: unknown) => {
  const reading = readDraft(input);
  return reading.ok ? [] : reading.flaws.map((flaw) => flaw.pointer);
};
const messagesOf = (input: unknown) => {
  const reading = readDraft(input);
  return reading.ok ? [] : reading.flaws.map((flaw) => flaw.message);
};
/** The words of the library that checks the schemas. */
const raw =
  /Invalid|expected (?:one|string|number|array|object|boolean)|received|Too (?:small|big)|Unrecognized/;

describe.each(eventTypes.map((declared) => [declared.type, declared] as const))('%s', (type, declared) => {
  const current = goldenLeaf(`${type}.v${declared.version}.json`);

  it('is read as it was written', () => {
    expect(readDraft(current)).toEqual({ ok: true, event: current });
  });

  it('refuses a field that it does not have, wherever it stands', () => {
    expect(pointers({ ...current, colour: 'red' })).toEqual(['/colour']);
    expect(pointers({ ...current, data: { ...(current['data'] as object), colour: 'red' } })).toEqual([
      '/data/colour',
    ]);
  });

  it('says in plain words what to give for each field that is left out or of the wrong kind', () => {
    const data = current['data'] as Readonly<Record<string, unknown>>;
    const wrong = [undefined, 7.5, 'no such thing', [], {}, [{}], [7]];
    const inputs = wrong.flatMap((value) => [
      ...Object.keys(data).map((name) => ({ ...current, data: { ...data, [name]: value } })),
      ...Object.keys(current)
        .filter((name) => name !== 'type')
        .map((name) => ({ ...current, [name]: value })),
    ]);
    const messages = inputs.flatMap(messagesOf);
    expect(messages.length).toBeGreaterThan(0);
    expect(messages.filter((message) => message.length > 300 || raw.test(message))).toEqual([]);
    expect(messagesOf({ ...current, summary: undefined })).toEqual(['is missing; give summary, a text']);
  });

  it('speaks only of the kinds of subject that it is declared for', () => {
    const kinds: readonly string[] = declared.about;
    const other = [...subjectKinds, 'rumour'].find((kind) => !kinds.includes(kind));
    expect(pointers({ ...current, subject: `${other}:x` })).toEqual(['/subject']);
  });
});

describe('older versions', () => {
  it('have one file for every version that was ever declared, and no other', () => {
    const expected = eventTypes.flatMap(({ type, version }) =>
      Array.from({ length: version }, (_, at) => `${type}.v${at + 1}.json`),
    );
    expect(goldenFiles.toSorted()).toEqual(expected.toSorted());
  });

  it.each(goldenFiles)('%s still becomes a lawful event of today', (file) => {
    const leaf = goldenLeaf(file);
    const declared = eventTypes.find((known) => known.type === leaf.type);
    expect(readDraft(upcast(leaf, Number(declared?.version)))).toMatchObject({ ok: true });
  });

  it('of a type are brought up step by step, and a leaf of today is left alone', () => {
    const table: UpcasterTable = {
      RentalDealReported: {
        1: ({ lessee, ...data }) => ({ ...data, lessees: [lessee] }),
        2: (data) => ({ ...data, sellers: [] }),
      },
    };
    const old = { type: 'RentalDealReported', version: 1, data: { lessee: 'bytedance', stage: 'talks' } };
    expect(upcast(old, 3, table)).toEqual({
      type: 'RentalDealReported',
      version: 3,
      data: { stage: 'talks', lessees: ['bytedance'], sellers: [] },
    });
    expect(upcast(old, 1, table)).toBe(old);
    expect(() => upcast(old, 4, table)).toThrow('RentalDealReported has no upcaster from version 3');
    expect(() => upcast({ ...old, version: 2 }, 1, upcasters)).toThrow(/run a newer Tidemark/);
  });
});

describe('a flaw', () => {
  const rental = goldenLeaf('RentalDealReported.v1.json');
  const letter = goldenLeaf('LetterIssued.v1.json');

  it('is at the field that is wrong, also inside lists', () => {
    expect(pointers({ ...rental, publishedOn: '2025-02-30' })).toEqual(['/publishedOn']);
    const chips = [{ chip: 'h100', count: { low: 9, best: null, high: 1 }, basis: 'reported' }];
    expect(pointers({ ...rental, data: { ...(rental['data'] as object), chips } })).toEqual([
      '/data/chips/0/count',
    ]);
  });

  it('is found inside the test of a provision, not at the provision', () => {
    const provisions = [
      {
        key: 'a-test',
        kind: 'control-test',
        name: 'x',
        text: 'A test.',
        when: {
          all: [
            { metric: 'tpp', op: '>=', value: 4800 },
            { metric: 'speed', op: '>=', value: 1 },
          ],
        },
      },
    ];
    expect(pointers({ ...letter, data: { ...(letter['data'] as object), provisions } })).toEqual([
      '/data/provisions/0/when/all/1/metric',
    ]);
  });

  it('of an unknown type names those that exist', () => {
    const reading = readDraft({ ...rental, type: 'DealRumoured' });
    expect(reading).toMatchObject({ ok: false, flaws: [{ pointer: '/type' }] });
    expect(messagesOf({ ...rental, type: 'DealRumoured' })[0]).toMatch(
      /^must be one of RestrictionReported, /,
    );
    expect(messagesOf({})[0]).toMatch(/^is missing; give type, one of RestrictionReported, /);
    expect([...messagesOf({ type: 'DealRumoured' }), ...messagesOf({})].join('').length).toBeLessThan(600);
    expect(pointers('no event')).toEqual(['/type']);
  });

  it('of a correction is a field that cannot be corrected', () => {
    const correction = goldenLeaf('EventCorrected.v1.json');
    for (const pointer of ['/id', '/type', '/subject', '/seq', 'data', '']) {
      const data = { ...(correction['data'] as object), changes: [{ pointer, value: 1 }] };
      expect(pointers({ ...correction, data })).toContain('/data/changes/0/pointer');
    }
  });
});

describe('events/README.md', () => {
  it('says what the schemas say', () => {
    const written = readFileSync(new URL('../../events/README.md', import.meta.url), 'utf8');
    expect(written).toBe(eventsReadme());
  });

  it('has every type of every family', () => {
    for (const { type } of Object.values(families).flat()) expect(eventsReadme()).toContain(`### ${type}\n`);
  });
});
