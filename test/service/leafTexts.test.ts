/** Do texts come back from their slabs as they were put in? */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LeafTexts } from '../../src/service/leafTexts.ts';
import { anyCharacter } from '../ledger/anyCharacter.ts';

describe('the texts of a log', () => {
  it('come back whatever they are made of', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: anyCharacter, maxLength: 50 })), (given) => {
        const texts = new LeafTexts();
        for (const text of given) texts.add(text);
        expect(given.map((_text, place) => texts.at(place))).toEqual(given);
      }),
    );
  });

  it('come back from every slab, also those too long for one', () => {
    const given = Array.from({ length: 12 }, (_, at) => '字a'.repeat(at === 7 ? 3_000_000 : 300_000 + at));
    const texts = new LeafTexts();
    for (const text of given) texts.add(text);
    expect(given.every((text, place) => texts.at(place) === text)).toBe(true);
  });

  it('are not there before they came', () => {
    expect(() => new LeafTexts().at(0)).toThrow(RangeError);
  });
});
