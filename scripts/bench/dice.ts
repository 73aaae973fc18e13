/** How do seeded chances fall? The same seed gives the same throws on every machine. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number of 32 bits (mulberry32). */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** From 0, below 1. */
  share(): number {
    return this.#next() / 2 ** 32;
  }

  /** A whole number from 0, below the limit. */
  below(limit: number): number {
    return Math.floor(this.share() * limit);
  }

  chance(share: number): boolean {
    return this.share() < share;
  }

  /** One of several; they must not be empty. */
  one<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item;
  }

  /** Throws ranks from 0, below the count, of which the n-th comes up in proportion to (n + 1)^-exponent. */
  zipf(count: number, exponent: number): () => number {
    const cumulative = new Float64Array(count);
    let sum = 0;
    for (let rank = 0; rank < count; rank += 1) {
      sum += (rank + 1) ** -exponent;
      cumulative[rank] = sum;
    }
    return () => firstAbove(cumulative, this.share() * sum);
  }

  /** A UUIDv7 (RFC 9562) of the millisecond. */
  uuidAt(ms: number): string {
    const time = ms.toString(16).padStart(12, '0');
    const hex = (digits: number) => this.#next().toString(16).padStart(8, '0').slice(0, digits);
    const variant = '89ab'.charAt(this.below(4));
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${variant}${hex(3)}-${hex(8)}${hex(4)}`;
  }
}

function firstAbove(cumulative: Float64Array, wanted: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cumulative[middle] as number) > wanted) high = middle;
    else low = middle + 1;
  }
  return low;
}
