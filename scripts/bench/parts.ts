/** Which parts does the bench have? */
import { rememberedAnswers, randomPosture } from './answers.ts';
import { append } from './append.ts';
import { determinations } from './determinations.ts';
import { memory } from './memory.ts';
import type { Part } from './part.ts';
import { questions } from './questions.ts';
import { replay } from './replay.ts';
import { start } from './start.ts';
import { wholeState } from './wholeState.ts';
import { durableWriters } from './writers.ts';

/** By the name that `--only` takes, in the order of the table. */
export const parts: Readonly<Record<string, Part>> = {
  remembered: rememberedAnswers,
  posture: randomPosture,
  determinations,
  questions,
  state: wholeState,
  writers: durableWriters,
  append,
  replay,
  start,
  memory,
};
