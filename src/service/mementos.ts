/** When did this state of an answer begin, and which ones were there before and after it? (RFC 7089, over the diagonal.) */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { instantText } from '../../events/dates.ts';
import type { Subject, SubjectKind } from '../../events/identity.ts';
import type { Second } from '../../projections/changeMoments.ts';
import { placeAfter } from '../../projections/sorted.ts';
import type { Ask } from './ask.ts';
import { MomentsOfChange, Topics, only, watched } from './momentsOfChange.ts';
import { Moved, Refusal } from './refusal.ts';
import type { RunningIndex } from './runningIndex.ts';
import type { Standpoint } from './standpoint.ts';

/**
 * Where the first state begins, in which nothing is known: the first instant of which the year is written with four
 * digits and read by every program as it is written. It is a convention, as that state has no beginning.
 */
export const genesis: Second = Date.parse('1000-01-01T00:00:00Z') / 1000;

/** An answer, asked again and again at other instants. */
export type Answer = (ask: Ask, standpoint: Standpoint) => object;

/** An answer that has a history. */
export interface Original {
  readonly answer: Answer;
  /** The kinds of subjects of which it tells, each for itself; null: it is looked at as a whole. */
  readonly kinds: readonly SubjectKind[] | null;
}

/** A span in which nothing that the answer reads changes. `to`: exclusive; Infinity where nothing is scheduled. */
interface Piece {
  readonly from: Second;
  readonly to: Second;
  /** Of the answer without `at`. */
  readonly digest: string;
}

/** The place of the last piece that begins at or before the second; -1: none does. */
function placeIn(pieces: readonly Piece[], second: Second): number {
  return placeAfter(pieces, (piece) => piece.from <= second) - 1;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64').slice(0, 22);
}

/** When the states of an answer begin, at one log position: found as far as they are asked for, and remembered. */
export interface History {
  /** When the state of a second began; where that was before `floor`, some second up to it. */
  begins(second: Second, floor?: Second): Promise<Second>;
  /** When the state after that of a second begins; null: not up to `limit`. */
  ends(second: Second, limit: Second): Promise<Second | null>;
  /** When each state up to `limit` began, the genesis first. */
  all(limit: Second): Promise<readonly Second[]>;
}

type Pause = () => Promise<void>;

/** Lets others in between the steps of a long search. */
function pausing(clock: () => number): Pause {
  let began = clock();
  return async () => {
    if (clock() - began < sliceMs) return;
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    began = clock();
  };
}
/** How long the thread is kept before others are let in. */
const sliceMs = 20;

/** The history of an answer that is looked at as a whole. */
class OneHistory implements History {
  readonly #look: (second: Second) => Piece;
  readonly #pause: Pause;
  readonly #pieces: Piece[] = [];

  /** `look` gives the piece in which a second lies. */
  constructor(look: (second: Second) => Piece, pause: Pause) {
    this.#look = look;
    this.#pause = pause;
  }

  async #piece(second: Second): Promise<Piece> {
    const place = placeIn(this.#pieces, second);
    const known = this.#pieces[place];
    if (known !== undefined && second < known.to) return known;
    await this.#pause();
    return this.#insert(this.#look(second), second);
  }

  /** What is known of the neighbours stays; the log may have grown since, and with it the moments that are looked at. */
  #insert(found: Piece, second: Second): Piece {
    const place = placeIn(this.#pieces, second);
    const before = this.#pieces[place];
    if (before !== undefined && second < before.to) return before;
    const from = Math.max(found.from, before?.to ?? genesis);
    const to = Math.min(found.to, this.#pieces[place + 1]?.from ?? Infinity);
    const piece = { digest: found.digest, from, to };
    this.#pieces.splice(place + 1, 0, piece);
    return piece;
  }

  async begins(second: Second, floor: Second = genesis): Promise<Second> {
    let piece = await this.#piece(second);
    while (piece.from > floor) {
      const before = await this.#piece(piece.from - 1);
      if (before.digest !== piece.digest) break;
      piece = before;
    }
    return piece.from;
  }

  async ends(second: Second, limit: Second): Promise<Second | null> {
    let piece = await this.#piece(second);
    while (piece.to <= limit) {
      const after = await this.#piece(piece.to);
      if (after.digest !== piece.digest) return after.from;
      piece = after;
    }
    return null;
  }

  async all(limit: Second): Promise<Second[]> {
    const found: Second[] = [];
    for (let at: Second | null = genesis; at !== null; at = await this.ends(at, limit)) found.push(at);
    return found;
  }
}

/** The history of an answer that is made of parts: it changes when one of them does. */
class JoinedHistory implements History {
  readonly #parts: readonly History[];

  constructor(parts: readonly History[]) {
    this.#parts = parts;
  }

  async begins(second: Second, floor: Second = genesis): Promise<Second> {
    let latest = floor;
    for (const part of this.#parts) latest = Math.max(latest, await part.begins(second, latest));
    return latest;
  }

  async ends(second: Second, limit: Second): Promise<Second | null> {
    let earliest: Second | null = null;
    for (const part of this.#parts) earliest = (await part.ends(second, earliest ?? limit)) ?? earliest;
    return earliest;
  }

  async all(limit: Second): Promise<Second[]> {
    const found = new Set<Second>([genesis]);
    for (const part of this.#parts) for (const second of await part.all(limit)) found.add(second);
    return [...found].toSorted((a, b) => a - b);
  }
}

/** How many histories are remembered; one that is made of parts counts for many. */
const historyLimit = 2000;
const joinedSize = 200;

/** The histories of answers on the diagonal: at a second T, how things stood at T from what was public by T. */
export class Mementos {
  readonly #ask: Ask;
  readonly #moments: MomentsOfChange;
  readonly #clock: () => number;
  readonly #histories = new LRUCache<string, History>({ maxSize: historyLimit });

  /** `clock`: milliseconds since 1970 in UTC. */
  constructor(running: RunningIndex, ask: Ask, clock: () => number) {
    this.#ask = ask;
    this.#moments = new MomentsOfChange(running.index);
    this.#clock = clock;
  }

  /** The last whole second that has come. */
  get now(): Second {
    return Math.floor(this.#clock() / 1000);
  }

  /** The standpoint on the diagonal. */
  standpoint(second: Second, position: number): Standpoint {
    const instant = instantText(second * 1000);
    return this.#ask.standpoint({ asOf: instant, publishedBy: instant, recordedBy: String(position) });
  }

  /** The history of an answer at a log position; `name` tells it from every other answer. */
  history(name: string, position: number, { answer, kinds }: Original): History {
    const key = `${position} ${name}`;
    const known = this.#histories.get(key);
    if (known !== undefined) return known;
    const pause = pausing(this.#clock);
    const part = (subject: Subject | null) =>
      new OneHistory((second) => this.#look(second, position, answer, subject), pause);
    const history = kinds === null ? part(null) : new JoinedHistory(this.#moments.subjects(kinds).map(part));
    this.#histories.set(key, history, { size: kinds === null ? 1 : joinedSize });
    return history;
  }

  #look(second: Second, position: number, answer: Answer, subject: Subject | null): Piece {
    const topics = new Topics();
    const ask = this.#ask.watched((evidence) => {
      const noted = watched(evidence, topics);
      return subject === null ? noted : only(subject, noted);
    });
    const digest = digestOf(this.#textOf(() => answer(ask, this.standpoint(second, position))));
    return { ...this.#moments.around(second, topics), digest };
  }

  /** The answer without where it stands; that nothing was known, or that it moved, is an answer too. */
  #textOf(answer: () => object): string {
    try {
      const { at: _at, ...rest } = answer() as { readonly at: unknown };
      return JSON.stringify(rest);
    } catch (error) {
      if (error instanceof Moved) return `moved to ${error.into}`;
      if (error instanceof Refusal && isUnknown(error)) return 'unknown';
      throw error;
    }
  }
}

/** Whether a refusal says that nothing was known of the subject. */
export function isUnknown({ name }: Refusal): boolean {
  return name === 'not-known-then' || name === 'unknown-subject';
}
