// At which position is the event with this id, if anywhere?
//
// A UNIQUE index on random ids in the database costs two thirds of the batch rate, paid at every append. The one writer
// can instead keep all ids in memory. A Map from text to number would take about 120 bytes an event; this takes 16 bytes
// for the id and 5 to 11 for its slot, some 25 MB for a million events, and is exact: ids are compared in full. The price:
// the ids must be loaded before the first append, which is why the store keeps them in pages of their own (`savedPage`).

import { corrupt } from './failures.ts';

/** Ids in one page: 16 KiB. */
export const IDS_PER_PAGE = 1024;

const ID_BYTES = 16;
const PAGE_BYTES = IDS_PER_PAGE * ID_BYTES;
const HEX_DIGITS = new Uint8Array(128);
for (let digit = 0; digit < 16; digit += 1) HEX_DIGITS[digit.toString(16).charCodeAt(0)] = digit;

/** Where the eight hex digits of each 32-bit word stand in a UUID; the hyphens are at 8, 13, 18 and 23. */
const DIGIT_PLACES = Uint8Array.of(
  ...[0, 1, 2, 3, 4, 5, 6, 7],
  ...[9, 10, 11, 12, 14, 15, 16, 17],
  ...[19, 20, 21, 22, 24, 25, 26, 27],
  ...[28, 29, 30, 31, 32, 33, 34, 35],
);

/**
 * All ids in the order of their positions, found by open addressing (Knuth, TAOCP vol. 3, 6.4, algorithm L) over slots
 * that hold positions, 0 for an empty one.
 */
export class IdIndex {
  #size = 0;
  readonly #pages: DataView<ArrayBuffer>[] = [];
  #slots = new Uint32Array(2 * IDS_PER_PAGE);
  readonly #wanted = new DataView(new ArrayBuffer(ID_BYTES));

  get size(): number {
    return this.#size;
  }

  /** @param id a UUID in lower case. */
  positionOf(id: string): number | undefined {
    writeId(id, this.#wanted, 0);
    const position = this.#slots[this.#slotFor(this.#wanted, 0)];
    return position === 0 ? undefined : position;
  }

  /** Gives the id the next position. It must not be there yet. */
  add(id: string): void {
    const { page, offset } = this.#placeOf(this.#size + 1);
    writeId(id, page, offset);
    this.#settle(page, offset);
  }

  /** Takes over a full page as `fullPage` gave it. Pages come first, in order; single ids after them. */
  addPage(bytes: Uint8Array): void {
    if (bytes.length !== PAGE_BYTES)
      throw corrupt(`a page of ids was expected to have ${PAGE_BYTES} bytes, saw ${bytes.length}`);
    const page = new DataView(Uint8Array.from(bytes).buffer);
    this.#pages.push(page);
    for (let offset = 0; offset < PAGE_BYTES; offset += ID_BYTES) this.#settle(page, offset);
  }

  /** The bytes of a page that is full, counted from 0: 16 for each id. */
  fullPage(number: number): Uint8Array {
    return new Uint8Array(this.#placeOf(number * IDS_PER_PAGE + 1).page.buffer);
  }

  #settle(page: DataView, offset: number): void {
    this.#size += 1;
    if (this.#size * 4 > this.#slots.length * 3) this.#grow();
    else this.#slots[this.#slotFor(page, offset)] = this.#size;
  }

  #grow(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2);
    for (let position = 1; position <= this.#size; position += 1) {
      const { page, offset } = this.#placeOf(position);
      this.#slots[this.#slotFor(page, offset)] = position;
    }
  }

  /** The slot that has this id, or the empty one where it belongs. Three quarters full at most, so there is one. */
  #slotFor(page: DataView, offset: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash(page, offset) & mask; ; slot = (slot + 1) & mask) {
      const position = this.#slots[slot];
      if (position === undefined || position === 0) return slot;
      const there = this.#placeOf(position);
      if (sameId(page, offset, there.page, there.offset)) return slot;
    }
  }

  #placeOf(position: number): { readonly page: DataView<ArrayBuffer>; readonly offset: number } {
    const number = Math.floor((position - 1) / IDS_PER_PAGE);
    const page = this.#pages[number] ?? new DataView(new ArrayBuffer(PAGE_BYTES));
    this.#pages[number] = page;
    return { page, offset: ((position - 1) % IDS_PER_PAGE) * ID_BYTES };
  }
}

function writeId(id: string, page: DataView, offset: number): void {
  let word = 0;
  for (let digit = 0; digit < DIGIT_PLACES.length; digit += 1) {
    const unit = id.charCodeAt(DIGIT_PLACES[digit] as number);
    word = (word << 4) | (HEX_DIGITS[unit] as number);
    if (digit % 8 === 7) page.setUint32(offset + (digit >> 3) * 4, word);
  }
}

function sameId(page: DataView, offset: number, other: DataView, otherOffset: number): boolean {
  return (
    page.getUint32(offset) === other.getUint32(otherOffset) &&
    page.getUint32(offset + 4) === other.getUint32(otherOffset + 4) &&
    page.getUint32(offset + 8) === other.getUint32(otherOffset + 8) &&
    page.getUint32(offset + 12) === other.getUint32(otherOffset + 12)
  );
}

/** Mixes all four words (the finalizer of MurmurHash3): in UUIDv7 only the last two are random. */
function hash(page: DataView, offset: number): number {
  let mixed = page.getUint32(offset) ^ Math.imul(page.getUint32(offset + 4), 0x9e3779b1);
  mixed ^=
    Math.imul(page.getUint32(offset + 8), 0x85ebca77) ^ Math.imul(page.getUint32(offset + 12), 0xc2b2ae3d);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
