// Are our canonical bytes the canonical bytes of everyone else? (RFC 8785)

import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import independent from 'canonicalize';
import { canonicalize, NotCanonical } from '../../src/ledger/canonical.ts';
import { anyCharacter } from './anyCharacter.ts';

/** RFC 8785, appendix B: the bits of a double, and how it is written. */
const NUMBERS: readonly (readonly [bits: string, text: string])[] = [
  ['0000000000000000', '0'],
  ['8000000000000000', '0'],
  ['0000000000000001', '5e-324'],
  ['8000000000000001', '-5e-324'],
  ['7fefffffffffffff', '1.7976931348623157e+308'],
  ['ffefffffffffffff', '-1.7976931348623157e+308'],
  ['4340000000000000', '9007199254740992'],
  ['c340000000000000', '-9007199254740992'],
  ['4430000000000000', '295147905179352830000'],
  ['44b52d02c7e14af5', '9.999999999999997e+22'],
  ['44b52d02c7e14af6', '1e+23'],
  ['44b52d02c7e14af7', '1.0000000000000001e+23'],
  ['444b1ae4d6e2ef4e', '999999999999999700000'],
  ['444b1ae4d6e2ef4f', '999999999999999900000'],
  ['444b1ae4d6e2ef50', '1e+21'],
  ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
  ['3eb0c6f7a0b5ed8d', '0.000001'],
  ['41b3de4355555553', '333333333.3333332'],
  ['41b3de4355555554', '333333333.33333325'],
  ['41b3de4355555555', '333333333.3333333'],
  ['41b3de4355555556', '333333333.3333334'],
  ['41b3de4355555557', '333333333.33333343'],
  ['becbf647612f3696', '-0.0000033333333333333333'],
  ['43143ff3c1cb0959', '1424953923781206.2'],
];

/** github.com/cyberphone/json-canonicalization, testdata: the vectors of the author of the RFC, input and output. */
const DOCUMENTS: readonly (readonly [name: string, input: string, output: string])[] = [
  ['arrays', '[56, {"d": true, "10": null, "1": [ ]}]', '[56,{"1":[],"10":null,"d":true}]'],
  [
    'french',
    '{"peach": "This sorting order", "péché": "is wrong according to French", "pêche": "but canonicalization MUST", "sin":   "ignore locale"}',
    '{"peach":"This sorting order","péché":"is wrong according to French","pêche":"but canonicalization MUST","sin":"ignore locale"}',
  ],
  [
    'structures',
    '{"1": {"f": {"f": "hi","F": 5} ,"\\n": 56.0}, "10": { }, "": "empty", "a": { }, "111": [ {"e": "yes","E": "no" } ], "A": { }}',
    '{"":"empty","1":{"\\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{"E":"no","e":"yes"}],"A":{},"a":{}}',
  ],
  ['unicode', '{"Unnormalized Unicode":"A\\u030a"}', '{"Unnormalized Unicode":"A\u030a"}'],
  [
    'weird',
    '{"\\u20ac": "Euro Sign", "\\r": "Carriage Return", "\\u000a": "Newline", "1": "One", "\\u0080": "Control\\u007f", "\\ud83d\\ude02": "Smiley", "\\u00f6": "Latin Small Letter O With Diaeresis", "\\ufb33": "Hebrew Letter Dalet With Dagesh", "</script>": "Browser Challenge"}',
    '{"\\n":"Newline","\\r":"Carriage Return","1":"One","</script>":"Browser Challenge","\u0080":"Control\u007f","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😂":"Smiley","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
  ],
];

/** RFC 8785, section 3.2.2, and its UTF-8 bytes from section 3.2.4. */
const SAMPLE = String.raw`{
  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
  "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
  "literals": [null, true, false]
}`;
const SAMPLE_BYTES =
  '7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a5b3333333333333333332e333333' +
  '333333332c31652b33302c342e352c302e3030322c31652d32375d2c22737472696e67223a22e282ac245c75303030665c6e4127425c' +
  '225c5c5c5c5c222f227d';

const anyJson = fc.jsonValue({ maxDepth: 6, stringUnit: anyCharacter });

describe('canonical JSON', () => {
  it.each(NUMBERS)('writes the double %s as %s', (bits, text) => {
    const double = Buffer.from(bits, 'hex').readDoubleBE();
    expect(canonicalize(double)).toBe(text);
  });

  it.each(DOCUMENTS)('writes the published document "%s" as published', (_name, input, output) => {
    expect(canonicalize(JSON.parse(input))).toBe(output);
  });

  it('writes the sample of the RFC in the bytes of the RFC', () => {
    expect(Buffer.from(canonicalize(JSON.parse(SAMPLE))).toString('hex')).toBe(SAMPLE_BYTES);
  });

  it('sorts names by UTF-16 code units, as the example of section 3.2.3', () => {
    const names = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
    expect(
      [...canonicalize(names).matchAll(/"([^"]*)":/g)].map(([, name]) => JSON.parse(`"${name}"`) as string),
    ).toEqual(['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33']);
  });

  it('agrees with an independent library on every JSON value', () => {
    fc.assert(fc.property(anyJson, (value) => expect(canonicalize(value)).toBe(independent(value))));
  });

  it('agrees with it on objects of many names, in any order', () => {
    const manyNames = fc.dictionary(fc.string({ unit: anyCharacter, maxLength: 3 }), fc.integer(), {
      minKeys: 20,
      maxKeys: 60,
    });
    fc.assert(fc.property(manyNames, (value) => expect(canonicalize(value)).toBe(independent(value))));
  });

  it('agrees with it on every code unit that stands for a character', () => {
    const units = Array.from({ length: 0x10000 }, (_, unit) => unit);
    const characters = units
      .filter((unit) => unit < 0xd800 || unit > 0xdfff)
      .map((unit) => String.fromCharCode(unit));
    expect(characters.filter((text) => canonicalize(text) !== independent(text))).toEqual([]);
  });

  it('is read back as the value it was written from, and written again as the same text', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const text = canonicalize(value);
        expect(canonicalize(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('writes text that only looks like half a character, and names that JavaScript treats as special', () => {
    const value = JSON.parse(
      String.raw`{"b": "\\ud800", "__proto__": {"toJSON": 1}, "2": {"10": 1, "9": 2}, "a": "\\\\ud83d"}`,
    );
    expect(canonicalize(value)).toBe(
      String.raw`{"2":{"10":1,"9":2},"__proto__":{"toJSON":1},"a":"\\\\ud83d","b":"\\ud800"}`,
    );
  });

  it.each([
    ['half a character', 'a\ud800b', ''],
    ['half a character at the end of a long text', `${'x'.repeat(100)}\udc00`, ''],
    ['half a character in a name', { a: { '\ud800': 1 } }, '/a/\ud800'],
    ['NaN', { data: [1, Number.NaN] }, '/data/1'],
    ['infinity', [Number.POSITIVE_INFINITY], '/0'],
    ['a member without a value', { data: { chip: undefined } }, '/data/chip'],
    // oxlint-disable-next-line no-sparse-arrays
    ['a hole in an array', [1, , 3], '/1'],
    ['a bigint', { n: 1n }, '/n'],
    ['a function', { f: () => 1 }, '/f'],
    ['a Date', { 'on/at': new Date(0) }, '/on~1at'],
    ['a Map', new Map([['a', 1]]), ''],
  ])('refuses %s, and says where it is', (_what, value, pointer) => {
    const failure = failureOf(() => canonicalize(value));
    expect(failure).toBeInstanceOf(NotCanonical);
    expect(failure).toMatchObject({ pointer });
  });

  it('refuses a value that contains itself', () => {
    const value: Record<string, unknown> = {};
    value.self = value;
    expect(() => canonicalize(value)).toThrow('nesting deeper than 500');
  });
});

function failureOf(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}
