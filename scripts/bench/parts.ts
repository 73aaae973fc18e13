/** Which parts does the bench have? */
import { append } from './append.ts';
import { memory } from './memory.ts';
import type { Part } from './part.ts';
import { questions } from './questions.ts';
import { replay } from './replay.ts';
import { wholeState } from './wholeState.ts';

/** By the name that `--only` takes, in the order of the table. */
export const parts = { replay, append, memory, questions, state: wholeState } satisfies Record<string, Part>;
export type PartName = keyof typeof parts;
