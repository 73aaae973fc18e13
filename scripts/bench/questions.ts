/** How fast is one attribute, or one subject, answered in process, beside a bitemporal table in SQLite? */
import { join } from 'node:path';
import type { Clocks } from '../../projections/clocks.ts';
import type { ClaimIndex } from '../../projections/claimIndex.ts';
import { resolved } from '../../projections/resolve.ts';
import type { AskedAttribute } from './bitemporalTable.ts';
import { BitemporalTable } from './bitemporalTable.ts';
import { randomClocks } from './clocks.ts';
import { Dice } from './dice.ts';
import { indexIn } from './indexed.ts';
import type { Part } from './part.ts';
import { speedFigure } from './part.ts';
import { interleaved, secondsOf } from './rounds.ts';

const attributesAsked = 3_000;
const subjectsAsked = 200;

/** The attributes of one question, all at the same clocks. */
interface Question {
  readonly clocks: Clocks;
  readonly attributes: readonly AskedAttribute[];
}

function winnerOf(index: ClaimIndex, { subject, attribute, key }: AskedAttribute, clocks: Clocks): unknown {
  const found = resolved(index.at(clocks), subject, attribute, key);
  return found === null ? null : found.winner.value;
}

/** Answers every question of a list; gives how many had an answer, so that no work can be left out. */
function answerAll(
  questions: readonly Question[],
  winner: (asked: AskedAttribute, clocks: Clocks) => unknown,
): number {
  let found = 0;
  for (const { attributes, clocks } of questions) {
    for (const asked of attributes) if (winner(asked, clocks) !== null) found += 1;
  }
  return found;
}

/** The share of answers that differ: the table knows a correction only as an end. */
function disagreement(questions: readonly Question[], index: ClaimIndex, table: BitemporalTable): number {
  const asked = questions.flatMap(({ attributes, clocks }) =>
    attributes.map((attribute) => ({ attribute, clocks })),
  );
  const differing = asked.filter(
    ({ attribute, clocks }) =>
      JSON.stringify(winnerOf(index, attribute, clocks)) !== JSON.stringify(table.winner(attribute, clocks)),
  );
  return differing.length / asked.length;
}

export const questions: Part = async ({ size, directory, scratch, rounds, progress }) => {
  const index = await indexIn(directory);
  const table = new BitemporalTable(join(scratch, 'bitemporal.db'));
  table.load(index, progress);
  const subjects = [...table.attributes().values()];
  const dice = new Dice(7);
  const about = (attributes: readonly AskedAttribute[]): Question => ({
    attributes,
    clocks: randomClocks(dice, size),
  });
  const single = Array.from({ length: attributesAsked }, () => about([dice.one(dice.one(subjects))]));
  const whole = Array.from({ length: subjectsAsked }, () => about(dice.one(subjects)));
  const compare = (asked: readonly Question[]) =>
    interleaved(
      rounds,
      async () =>
        (await secondsOf(() => answerAll(asked, (one, clocks) => winnerOf(index, one, clocks)))) /
        asked.length,
      async () =>
        (await secondsOf(() => answerAll(asked, (one, clocks) => table.winner(one, clocks)))) / asked.length,
    );
  progress('asking');
  const against = 'bitemporal table in SQLite';
  const note = `${(disagreement(single, index, table) * 100).toFixed(1)} % of the answers differ from the table's, which knows a correction only as an end`;
  const figures = [
    speedFigure(
      { what: 'one attribute in process', against, size, least: 30, growing: true, note },
      await compare(single),
    ),
    speedFigure(
      { what: 'one subject in process', against, size, least: 4, growing: true },
      await compare(whole),
    ),
  ];
  table.close();
  return figures;
};
