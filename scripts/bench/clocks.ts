/** From when is a question of the bench asked? Random days within the synthetic history. */
import type { Clocks, Moment } from '../../projections/clocks.ts';
import { momentOf } from '../../projections/clocks.ts';
import type { Dice } from './dice.ts';

/** A day from 2022 to 2026, as text. */
export function randomDay(dice: Dice): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${2022 + dice.below(5)}-${two(1 + dice.below(12))}-${two(1 + dice.below(28))}`;
}

const randomMoment = (dice: Dice): Moment => momentOf(randomDay(dice));

/** A valid day and a publication limit, at the head of a log of this size. */
export function randomClocks(dice: Dice, position: number): Clocks {
  return { asOf: randomMoment(dice), publishedBy: randomMoment(dice), position };
}
