/** What is answered to a body with one question, or an array of them, for license determinations? */
import type { ServerResponse } from 'node:http';
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

/** Answers the text of a body: from memory, where the same was asked since the log last grew. Throws like `determineBody`. */
export async function determineText(text: string, response: ServerResponse, desk: Desk): Promise<Reply> {
  const known = desk.determined.at(desk.tidemark.position).get(text);
  if (known !== undefined) return known;
  const body = parseJson(text);
  const questions = readQuestions(body);
  const { reply, head } = await determined(questions, Array.isArray(body), response, desk);
  // Where every question names its day, the log alone decides the answer.
  const isLasting = questions.every(({ asOf }) => asOf !== undefined);
  if (isLasting && head === desk.tidemark.position) desk.determined.at(head).set(text, reply);
  return reply;
}
