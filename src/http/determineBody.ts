/** What is answered to a body with one question, or an array of them, for license determinations? */
import type { ServerResponse } from 'node:http';
import { LRUCache } from 'lru-cache';
import type { DeterminationQuestion } from '../../projections/determination/question.ts';
import type { Determinations, Determined } from '../service/determinations.ts';
import { Refusal } from '../service/refusal.ts';
import type { Desk } from './endpoint.ts';
import { parseJson } from './jsonBody.ts';
import { positionOf, waitFor } from './positionAsked.ts';
import { Problem } from './problems.ts';
import type { Reply } from './reply.ts';
import { readQuestion } from './simpleQuestion.ts';

/** The most questions of one request. */
export const questionLimit = 200;

function readQuestions(body: unknown): DeterminationQuestion[] {
  if (!Array.isArray(body)) return [readQuestion(body, '')];
  if (body.length === 0 || body.length > questionLimit) {
    const message = `must hold 1 to ${questionLimit} questions, and holds ${body.length}`;
    throw new Problem('invalid-question', `The array ${message}.`, { faults: [{ pointer: '', message }] });
  }
  return body.map((one, at) => readQuestion(one, `/${at}`));
}

/** Answers a question of a body. A clock that runs ahead is named by its place in the body, like every other flaw. */
function determineAt(
  determinations: Determinations,
  asked: DeterminationQuestion,
  prefix: string,
): Determined {
  try {
    return determinations.determine(asked, prefix);
  } catch (error) {
    if (!(error instanceof Refusal) || error.name !== 'clock-ahead') throw error;
    const faults = error.faults.map((fault) =>
      'parameter' in fault ? { pointer: `${prefix}/${fault.parameter}`, message: fault.message } : fault,
    );
    throw new Refusal('clock-ahead', error.message, faults, { cause: error });
  }
}

function replyOf(body: string): Reply {
  return { status: 200, headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }, body };
}

/** Answers the questions of a body, once this node knows the log positions that they name. */
async function determined(
  questions: readonly DeterminationQuestion[],
  isArray: boolean,
  response: ServerResponse,
  { tidemark }: Desk,
): Promise<{ readonly reply: Reply; readonly head: number }> {
  const position = Math.max(...questions.map(({ recordedBy }) => positionOf(recordedBy)));
  await waitFor(position, response, tidemark);
  const answers = questions.map((one, at) =>
    determineAt(tidemark.determinations, one, isArray ? `/${at}` : ''),
  );
  return { reply: replyOf(JSON.stringify(isArray ? answers : answers[0])), head: tidemark.position };
}

/** Answers a body that was read. Throws a Problem or Refusal that says what is wrong. `response`: while its client waits. */
export async function determineBody(body: unknown, response: ServerResponse, desk: Desk): Promise<Reply> {
  const { reply } = await determined(readQuestions(body), Array.isArray(body), response, desk);
  return reply;
}

/** Answers by body, ready to be sent, for one head of the log. */
class Remembered {
  readonly #replies = new LRUCache<string, Reply>({
    maxSize: rememberedCharacters,
    maxEntrySize: rememberedCharacters / 16,
    sizeCalculation: ({ body }, text) => body.length + text.length,
  });
  #head = -1;

  /** Those of this head of the log: what is recorded may change any answer. */
  at(head: number): LRUCache<string, Reply> {
    if (head !== this.#head) this.#replies.clear();
    this.#head = head;
    return this.#replies;
  }
}
const rememberedCharacters = 32 * 1024 * 1024;
const rememberedOf = new WeakMap<Desk, Remembered>();

function memoryOf(desk: Desk): LRUCache<string, Reply> {
  const memory = rememberedOf.get(desk) ?? new Remembered();
  rememberedOf.set(desk, memory);
  return memory.at(desk.tidemark.position);
}

/** Answers the text of a body: from memory, where the same was asked since the log last grew. Throws like `determineBody`. */
export async function determineText(text: string, response: ServerResponse, desk: Desk): Promise<Reply> {
  const known = memoryOf(desk).get(text);
  if (known !== undefined) return known;
  const body = parseJson(text);
  const questions = readQuestions(body);
  const { reply, head } = await determined(questions, Array.isArray(body), response, desk);
  // Where every question names its day, the log alone decides the answer.
  const isLasting = questions.every(({ asOf }) => asOf !== undefined);
  if (isLasting && head === desk.tidemark.position) memoryOf(desk).set(text, reply);
  return reply;
}
