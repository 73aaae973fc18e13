// Does the index of ids answer as a Map from id to position would?

import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { IdIndex, IDS_PER_PAGE } from '../../src/ledger/id-index.ts';
import { idNumber } from './given.ts';

/** Ids that look alike: the same but for a few digits at either end, as UUIDv7 of one millisecond are. */
const similarId = fc
  .tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 0, max: 255 }))
  .map(
    ([first, last]) =>
      `${first.toString(16)}190a1b2-c3d4-7e5f-8a9b-0000000000${last.toString(16).padStart(2, '0')}`,
  );

describe('the index of ids', () => {
  it('answers as a Map does, for any ids', () => {
    const ids = fc.uniqueArray(fc.oneof(fc.uuid(), similarId), { maxLength: 300 });
    fc.assert(
      fc.property(ids, fc.array(fc.oneof(fc.uuid(), similarId)), (added, asked) => {
        const index = new IdIndex();
        const map = new Map(added.map((id, place) => [id, place + 1]));
        for (const id of added) index.add(id);
        for (const id of [...added, ...asked]) expect(index.positionOf(id)).toBe(map.get(id));
      }),
      { numRuns: 30 },
    );
  });

  it('finds every one of ten thousand, and none that was not added', () => {
    const index = new IdIndex();
    for (let n = 1; n <= 10_000; n += 1) index.add(idNumber(n));
    const wrong = Array.from({ length: 20_000 }, (_, n) => n + 1).filter(
      (n) => index.positionOf(idNumber(n)) !== (n <= 10_000 ? n : undefined),
    );
    expect(wrong).toEqual([]);
  });

  it('can be built again from its saved pages and the ids after them', () => {
    const original = new IdIndex();
    for (let n = 1; n <= 2 * IDS_PER_PAGE + 5; n += 1) original.add(idNumber(n));
    const rebuilt = new IdIndex();
    for (const page of [0, 1]) rebuilt.addPage(original.fullPage(page));
    for (let n = rebuilt.size + 1; n <= original.size; n += 1) rebuilt.add(idNumber(n));
    expect(rebuilt.size).toBe(2 * IDS_PER_PAGE + 5);
    const positions = Array.from({ length: rebuilt.size + 10 }, (_, n) => rebuilt.positionOf(idNumber(n)));
    expect(positions).toEqual(
      Array.from({ length: rebuilt.size + 10 }, (_, n) => original.positionOf(idNumber(n))),
    );
  });

  it('refuses a page that is cut short', () => {
    expect(() => new IdIndex().addPage(new Uint8Array(100))).toThrow('expected to have 16384 bytes, saw 100');
  });
});
