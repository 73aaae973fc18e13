/** Where are the texts of a log kept, so that even many cost the garbage collector nothing? As bytes outside the heap. */

const slabBytes = 4 * 1024 * 1024;

interface Stretch {
  readonly slab: Buffer;
  readonly begin: number;
  readonly end: number;
}

/** Texts by their place, from 0, in UTF-8. */
export class LeafTexts {
  #slab = Buffer.alloc(0);
  /** How much of the slab is taken. */
  #taken = 0;
  readonly #stretches: Stretch[] = [];

  add(text: string): void {
    // No unit of UTF-16 takes more than three bytes in UTF-8.
    const most = text.length * 3;
    if (this.#slab.length - this.#taken < most) {
      this.#slab = Buffer.allocUnsafeSlow(Math.max(slabBytes, most));
      this.#taken = 0;
    }
    const begin = this.#taken;
    this.#taken += this.#slab.write(text, begin);
    this.#stretches.push({ slab: this.#slab, begin, end: this.#taken });
  }

  /** Throws a RangeError for a place at which there is no text. */
  at(place: number): string {
    const stretch = this.#stretches[place];
    if (stretch === undefined) throw new RangeError(`there is no text at ${place}`);
    return stretch.slab.toString('utf8', stretch.begin, stretch.end);
  }
}
