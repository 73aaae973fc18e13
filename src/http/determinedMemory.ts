/** Was this body of questions asked before, since the log last grew? Its answer, ready to be sent. */
import { LRUCache } from 'lru-cache';
import type { Reply } from './reply.ts';

const rememberedCharacters = 32 * 1024 * 1024;

/** Answers by body, ready to be sent, for one head of the log. */
export class DeterminedMemory {
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
