/** Is the logic Kleene's? Every table, written out. */
import { describe, expect, it } from '@jest/globals';
import type { Truth } from '../../projections/determination/kleene.ts';
import { all, any, maybe, not } from '../../projections/determination/kleene.ts';

const T = true;
const F = false;
const U = 'unknown';
const truths: readonly Truth[] = [T, F, U];

const tables: readonly { one: Truth; other: Truth; both: Truth; either: Truth }[] = [
  { one: T, other: T, both: T, either: T },
  { one: T, other: F, both: F, either: T },
  { one: T, other: U, both: U, either: T },
  { one: F, other: T, both: F, either: T },
  { one: F, other: F, both: F, either: F },
  { one: F, other: U, both: F, either: U },
  { one: U, other: T, both: U, either: T },
  { one: U, other: F, both: F, either: U },
  { one: U, other: U, both: U, either: U },
];

describe('Kleene logic', () => {
  it.each(tables)('$one and $other is $both', ({ one, other, both }) => {
    expect(all([one, other])).toBe(both);
  });

  it.each(tables)('$one or $other is $either', ({ one, other, either }) => {
    expect(any([one, other])).toBe(either);
  });

  it.each<[Truth, Truth]>([
    [T, F],
    [F, T],
    [U, U],
  ])('not %s is %s', (truth, negation) => {
    expect(not(truth)).toBe(negation);
  });

  it.each<[Truth, Truth]>([
    [T, U],
    [U, U],
    [F, F],
  ])('maybe %s is %s', (truth, perhaps) => {
    expect(maybe(truth)).toBe(perhaps);
  });

  it('all of nothing is true, any of nothing is false', () => {
    expect([all([]), any([])]).toEqual([T, F]);
  });

  it('obeys De Morgan, and more parts are read like two', () => {
    for (const one of truths) {
      for (const other of truths) {
        expect(not(all([one, other]))).toBe(any([not(one), not(other)]));
        for (const third of truths) expect(all([one, other, third])).toBe(all([all([one, other]), third]));
      }
    }
  });
});
