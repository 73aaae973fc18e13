/** Was this asked before? Answers by question, ready to be sent, for as long as they stand. */
import { LRUCache } from 'lru-cache';
import type { Encoding } from './representation.ts';

export interface RememberedAnswer {
  /** The head of the log when it was given; null: the question names its position, so it stands for ever. */
  readonly head: number | null;
  /** Names and values in turn, as `writeHead` takes them; all but the request id. */
  readonly headers: readonly string[];
  /** Those of a 304. */
  readonly validators: readonly string[];
  /** The opaque part of the ETag. */
  readonly tag: string;
  readonly encoding: Encoding;
  /** The bytes as a Latin-1 text, which Node sends together with the head in one write. */
  readonly body: string;
}

/** What the headers and the key of an answer add to its body, about. */
const overheadBytes = 1_500;

export class AnswerMemory {
  readonly #answers: Readonly<Record<Encoding, LRUCache<string, RememberedAnswer>>>;
  readonly #largestBytes: number;

  constructor(limitBytes: number) {
    this.#largestBytes = limitBytes / 8;
    const half = () =>
      new LRUCache<string, RememberedAnswer>({
        maxSize: limitBytes / 2,
        sizeCalculation: (answer, key) => answer.body.length + key.length + overheadBytes,
      });
    this.#answers = { identity: half(), gzip: half() };
  }

  /** The answer to a URL in an encoding, unless events came in since that it does not know. */
  find(url: string, encoding: Encoding, head: number): RememberedAnswer | undefined {
    const answer = this.#answers[encoding].get(url);
    return answer === undefined || answer.head === null || answer.head === head ? answer : undefined;
  }

  keep(url: string, encoding: Encoding, answer: RememberedAnswer): void {
    if (answer.body.length < this.#largestBytes) this.#answers[encoding].set(url, answer);
  }

  get count(): number {
    return this.#answers.identity.size + this.#answers.gzip.size;
  }
}
