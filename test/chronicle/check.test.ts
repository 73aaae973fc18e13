/** Does the check of the chronicle say what is wrong, in which file, on which line, and what to do? */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { checkChronicle } from '../../src/service/chronicle/checkChronicle.ts';
import { changed, chronicleWith, small } from './given.ts';

const plan = 'deals/bytedance-plan.yaml';
const letter = 'instruments/us-letter.yaml';
const party = 'parties/bytedance.yaml';
const source = /\n {4}sources: .*/;

const problemsOf = (files: Record<string, string | null>) =>
  checkChronicle(chronicleWith(files)).problems.map(({ file, line, path, message }) => [
    `${file}:${line}`,
    path,
    message,
  ]);

describe('the check', () => {
  it('finds nothing where nothing is wrong', () => {
    expect(problemsOf({})).toEqual([]);
  });

  it.each<[string, Record<string, string | null>, string, string, RegExp]>([
    [
      'no source',
      { [party]: String(small[party]).replace(source, '') },
      `${party}:3`,
      'sources',
      /has no source – add one/,
    ],
    [
      'no attribution',
      { [party]: String(small[party]).replace(/\n {4}attribution: .*/, '') },
      `${party}:3`,
      '',
      /attribution: null/,
    ],
    [
      'an unknown field',
      changed(plan, 'lessors: []', 'landlords: []\n      lessors: []'),
      `${plan}:10`,
      'data.landlords',
      /no field of this event; remove it/,
    ],
    [
      'a text that a comma broke',
      changed(
        letter,
        'text: Because of the risk.',
        'text: There is no military, intelligence or weapons use.',
      ),
      `${letter}:22`,
      'data.provisions.1.intelligence or weapons use.',
      /put that text in quotes/,
    ],
    [
      'no such day',
      changed(letter, 'publishedOn: 2022-08-31', 'publishedOn: 2022-08-32'),
      `${letter}:5`,
      'publishedOn',
      /a date that exists/,
    ],
    [
      'a reference to no entry',
      changed(plan, 'bytedance-plan#reported', 'bytedance-plan#told'),
      `${plan}:25`,
      'data.denies.0',
      /"deal:bytedance-plan#told", which is no entry/,
    ],
    [
      'a party without a file',
      changed(plan, 'lessees: [bytedance]', 'lessees: [bytedanse]'),
      `${plan}:9`,
      'data.lessees.0',
      /parties\/bytedanse\.yaml/,
    ],
    [
      'a report from before it happened',
      changed(plan, 'publishedOn: 2024-12-30', 'publishedOn: 2024-12-30\n    occurredOn: 2025-01'),
      `${plan}:5`,
      'publishedOn',
      /cannot be before 2025-01-01/,
    ],
    [
      'an act announced years ahead',
      changed(letter, 'occurredOn: 2022-08-26', 'occurredOn: 2032-08-26'),
      `${letter}:5`,
      'publishedOn',
      /more than a year ahead/,
    ],
    [
      'two entries of one name',
      changed(plan, 'slug: denied', 'slug: reported'),
      `${plan}:20`,
      'slug',
      /names two entries/,
    ],
    [
      'a file in the wrong place',
      { [party]: null, 'parties/tiktok.yaml': String(small[party]) },
      'parties/tiktok.yaml:3',
      'slug',
      /move it to parties\/bytedance\.yaml/,
    ],
    [
      'a second file for a subject',
      { 'parties/copy.yaml': String(small[party]).replace('registered', 'again') },
      'parties/copy.yaml:1',
      'subject',
      /also the subject of parties\/bytedance\.yaml/,
    ],
    ['no YAML', changed(plan, '  - slug: denied', '  - slug: "denied'), `${plan}:20`, '', /this is no YAML/],
    [
      'no events',
      { [party]: 'subject: party:bytedance\nevents: []\n' },
      `${party}:2`,
      'events',
      /at least one event/,
    ],
    [
      'an unknown input',
      changed(letter, 'knows-military-end-use', 'knows-it'),
      `${letter}:20`,
      'data.provisions.0.item.input',
      /no such question stands in inputs\.yaml/,
    ],
    [
      'an input nobody asks for',
      { 'inputs.yaml': `${small['inputs.yaml']}  idle: { question: "Why?", assumed: null }\n` },
      'inputs.yaml:3',
      'inputs.idle',
      /no provision asks/,
    ],
    [
      'an input without its answer',
      { 'inputs.yaml': `${small['inputs.yaml']}  idle: { question: "Why?" }\n` },
      'inputs.yaml:3',
      'inputs.idle.assumed',
      /is missing; give assumed, true or false/,
    ],
    [
      'an ECCN without a test',
      changed(
        letter,
        'item: { input: knows-military-end-use }',
        'item: { any: [{ input: knows-military-end-use }, { eccn: 9A999 }] }',
      ),
      `${letter}:20`,
      'data.provisions.0.item.any.1.eccn',
      /no control-test of the record is of this ECCN/,
    ],
    [
      'a Country Group without members',
      changed(
        letter,
        'activities: [export]',
        'activities: [export]\n          destination: { groups: ["D:9"] }',
      ),
      `${letter}:22`,
      'data.provisions.0.destination.groups.0',
      /was ever in this Country Group/,
    ],
    [
      'a key used twice',
      changed(letter, 'key: reason', 'key: letter-license'),
      `${letter}:16`,
      'data.provisions.0.key',
      /choose a new one/,
    ],
    [
      'a policy for no requirement',
      changed(
        letter,
        '- { key: reason, kind: text,',
        '- { key: policy, kind: review-policy, for: [no-license], order: 1, policy: case-by-case,',
      ),
      `${letter}:22`,
      'data.provisions.1.for',
      /no evaluable provision/,
    ],
  ])('says where there is %s', (_, files, place, path, message) => {
    expect(problemsOf(files)).toContainEqual([place, path, expect.stringMatching(message)]);
  });

  it('takes an entry that is marked as unsourced', () => {
    const text = String(small[party]).replace(
      source,
      '\n    doubts: [{ field: sources, why: "unsourced: general knowledge" }]',
    );
    expect(problemsOf({ [party]: text })).toEqual([]);
  });

  it('wants a removed key to be one of the same instrument', () => {
    const amended = (key: string) => `${small[letter]}
  - slug: amended
    type: RestrictionAmended
    publishedOn: 2022-10-07
    standing: official
    summary: A rule takes over.
    data: { by: null, citation: null, removes: [${key}], removesFrom: 2022-10-21 }
    attribution: null
    sources: [{ url: null, title: A, publisher: B, publishedOn: null, quality: primary }]
`;
    expect(problemsOf({ [letter]: amended('letter-license') })).toEqual([]);
    expect(problemsOf({ [letter]: amended('other') })).toEqual([
      [`${letter}:31`, 'data.removes.0', expect.stringContaining('no provision of instrument:us-letter')],
    ]);
  });
});

describe('npm run chronicle', () => {
  const script = fileURLToPath(new URL('../../dist/scripts/chronicle.js', import.meta.url));
  const run = (...given: string[]) => {
    const { status, stdout } = spawnSync(process.execPath, [script, ...given], { encoding: 'utf8' });
    return { status, text: stdout };
  };
  const countsIn = (folder: string): unknown => JSON.parse(readFileSync(join(folder, 'counts.json'), 'utf8'));

  it('takes over what was added, and fails when something is gone, until that is accepted', () => {
    const folder = chronicleWith();
    const full = run(folder);
    expect(full).toMatchObject({ status: 0, text: expect.stringMatching(/all +3 +4 +4 +1 +0 +2/) });
    expect(countsIn(folder)).toMatchObject({ deals: { events: 2 }, instruments: { provisions: 2 } });

    const text = String(small[plan]);
    writeFileSync(join(folder, plan), text.slice(0, text.indexOf('  - slug: denied')));
    const less = run(folder);
    expect(less.status).toBe(1);
    expect(less.text).toMatch(
      /counts\.json:28 {2}deals\.events: deals had 2 events and has 1 – put back what is gone/,
    );
    expect(less.text).toContain('npm run chronicle -- --accept-counts');
    expect(readFileSync(join(folder, 'counts.json'), 'utf8').split('\n')[27]).toContain('"events": 2');

    expect(run('--accept-counts', folder).status).toBe(0);
    expect(countsIn(folder)).toMatchObject({ deals: { events: 1 } });
  });
});
