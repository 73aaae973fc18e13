/** Does the quick reader of plain YAML ever say anything else than the full parser? */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseDocument, stringify } from 'yaml';
import { readPlainYaml } from '../../src/service/chronicle/plainYaml.ts';
import { shipped } from './given.ts';

/** One file in forty: every shape is met, and the full parser is slow. */
const texts = readdirSync(shipped, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml'))
  .toSorted()
  .filter((_, at) => at % 40 === 0)
  .map((file) => readFileSync(join(shipped, file), 'utf8'));

/** What the full parser says; undefined for an error or a warning. */
function fully(text: string): unknown {
  const document = parseDocument(text, { prettyErrors: false });
  return document.errors.length + document.warnings.length > 0 ? undefined : document.toJS();
}

describe('the quick reader', () => {
  it('reads most files, and says of them what the full parser says', () => {
    const read = texts.filter((text) => readPlainYaml(text) !== null);
    expect(read.length).toBeGreaterThan(texts.length * 0.9);
    for (const text of read) expect(readPlainYaml(text)?.value).toEqual(fully(text));
  });

  it('says what the full parser says of any file that somebody spoilt, or leaves it to that one', () => {
    const spoilt = fc
      .record({
        text: fc.constantFrom(...texts),
        from: fc.nat(),
        at: fc.nat(),
        gone: fc.integer({ min: 0, max: 2 }),
        put: fc.oneof(
          fc.constantFrom(
            ...': # - "\' [ ] { } & * | > % ? ~ \\ \n 0x1 null'.split(' '),
            ' ',
            '\n- ',
            '\nk: v\n',
            ': ',
            ' #',
          ),
          fc.string({ maxLength: 3 }),
        ),
      })
      .map(({ text, from, at, gone, put }) => {
        const lines = text.split('\n');
        const start = from % lines.length;
        const part = `${[...lines.slice(0, 2), ...lines.slice(start, start + 20)].join('\n')}\n`;
        return part.slice(0, at % part.length) + put + part.slice((at % part.length) + gone);
      });
    fc.assert(
      fc.property(spoilt, (text) => {
        const plain = readPlainYaml(text);
        return plain === null || isDeepStrictEqual(plain.value, fully(text));
      }),
      { numRuns: 600 },
    );
  });

  it('says of what the library writes what was meant', () => {
    const value = fc.object({
      key: fc.stringMatching(/^[a-z]{1,6}$/),
      maxDepth: 3,
      values: [fc.string(), fc.double(), fc.boolean(), fc.constant(null)],
    });
    fc.assert(
      fc.property(value, (meant) => {
        const text = stringify(meant, { lineWidth: 40 });
        const plain = readPlainYaml(text);
        return plain === null || isDeepStrictEqual(plain.value, fully(text));
      }),
      { numRuns: 200 },
    );
  });

  it('knows where the entries begin', () => {
    expect(readPlainYaml('subject: a\nevents:\n  - slug: b\n    tags:\n      - x\n\n  - slug: c\n')).toEqual({
      value: { subject: 'a', events: [{ slug: 'b', tags: ['x'] }, { slug: 'c' }] },
      eventLines: [3, 7],
    });
  });
});
