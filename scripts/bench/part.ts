/** What is a part of the bench? One comparison at one size, in a process of its own. */
import type { Compared } from './rounds.ts';

export interface Setting {
  /** How many events the ledger has. */
  readonly size: number;
  /** The directory of a ledger that holds the synthetic history of this size. */
  readonly directory: string;
  /** A directory for whatever the part writes. */
  readonly scratch: string;
  readonly rounds: number;
  /** Tells who waits what is being done. */
  readonly progress: (text: string) => void;
}

/** One line of the table. */
export interface Figure {
  readonly what: string;
  readonly against: string;
  readonly size: number;
  /** What is to be reached, and where the issue asks for it already now, that. */
  readonly reach: string;
  readonly ratio: string;
  readonly holds: boolean;
  readonly ours: string;
  readonly theirs: string;
  /** Seconds of ours, for the exponent between sizes; null: the work does not depend on the size. */
  readonly growing: number | null;
  /** What the reader should know about this line, or the empty text. */
  readonly note: string;
}

export type Part = (setting: Setting) => Promise<readonly Figure[]>;

const digits = (value: number) =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

/** `1.23 ms`, `4.50 µs`. */
export function timeText(seconds: number): string {
  if (seconds >= 1) return `${digits(seconds)} s`;
  return seconds >= 1e-3 ? `${digits(seconds * 1e3)} ms` : `${digits(seconds * 1e6)} µs`;
}

/** So many a second, from the seconds of one. */
export function rateText(seconds: number): string {
  return `${Math.round(1 / seconds).toLocaleString('en')}/s`;
}

interface Line {
  readonly what: string;
  readonly against: string;
  readonly size: number;
  /** At least so many times as fast as the other side. */
  readonly least: number;
  readonly show?: (seconds: number) => string;
  readonly growing?: boolean;
  readonly note?: string;
}

/** A line that says how many times as fast ours is. */
export function speedFigure(line: Line, compared: Compared): Figure {
  const speed = 1 / compared.costRatio;
  const show = line.show ?? timeText;
  return {
    what: line.what,
    against: line.against,
    size: line.size,
    reach: `≥ ${line.least}`,
    ratio: digits(speed),
    holds: speed >= line.least,
    ours: show(compared.oursSeconds),
    theirs: show(compared.theirsSeconds),
    growing: line.growing === true ? compared.oursSeconds : null,
    note: line.note ?? '',
  };
}
