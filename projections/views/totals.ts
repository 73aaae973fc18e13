/** How much compute does that come to, and how sure is it? The totals of domain.md, line by line. */
import type { Standing } from '../../events/values.ts';
import type { ClaimStatus } from '../status.ts';
import type { Line } from './lines.ts';

/** Numbers of an interval; null: not known on that side. */
export interface Interval {
  readonly low: number | null;
  readonly best: number | null;
  readonly high: number | null;
}

/** A line with what decides whether it counts. `view`: what is counted, where several views show the same machines. */
export interface Countable {
  readonly line: Line;
  readonly standing: Standing;
  readonly status: ClaimStatus;
  /** Whether the stage is one that the total counts. */
  readonly countedStage: boolean;
  readonly view: 'rental' | 'order' | 'delivery' | 'stock' | 'cluster';
}

/** `units: null` with a reason where no line adds a number; `uncounted` lines give none, `excluded` ones never count. */
export type Total =
  | {
      readonly units: null;
      readonly reason: 'not-reported';
      readonly uncounted: number;
      readonly excluded: number;
    }
  | {
      readonly units: Interval;
      readonly tpp: (Interval & { readonly uncounted: number }) | null;
      readonly uncounted: number;
      readonly excluded: number;
    };

/** The TPP of one chip, or null where no figure is known. */
export type TppOf = (chip: string) => number | null;

/** By the word for its number, not for the stage: an estimate of the stage makes none of the count. */
const isEstimate = ({ line }: Countable) => line.standing === 'estimated' || line.basis === 'estimated';

/** Rumoured, planned, denied and shared lines, equivalents and upper bounds add nothing. */
function neverCounts({ line, standing, status, countedStage }: Countable): boolean {
  if (!countedStage || standing === 'rumoured' || line.standing === 'rumoured') return true;
  if (status === 'denied' || line.status === 'denied') return true;
  if (line.sharedBy.length > 0 || line.unit !== 'chips') return true;
  if (line.basis === 'planned' || line.basis === 'upper-bound') return true;
  return line.count !== null && line.count.low === null && line.count.best === null;
}

function hasBetter(countable: Countable, among: readonly Countable[]): boolean {
  return among.some(
    (other) => other.line.chip === countable.line.chip && other.line.count !== null && !isEstimate(other),
  );
}

const addKnown = (a: number | null, b: number | null) => (a === null || b === null ? null : a + b);

/** `low` adds low, else best; `best` adds best, else low; `high` is null as soon as one line has none. */
function add(sum: Interval | null, { low, best, high }: Interval): Interval {
  const line: Interval = { low: low ?? best, best: best ?? low, high };
  if (sum === null) return line;
  return {
    low: addKnown(sum.low, line.low),
    best: addKnown(sum.best, line.best),
    high: addKnown(sum.high, line.high),
  };
}

const sizeOf = (sum: Interval) => sum.best ?? sum.low ?? 0;

/** Per chip the largest of the sums of its views: they show the same machines and are never added up. */
function largestPerChip(counted: readonly Countable[]): Map<string, Interval> {
  const sums = new Map<string, Map<string, Interval>>();
  for (const { line, view } of counted) {
    if (line.count === null || line.chip === null) continue;
    const views = sums.get(line.chip) ?? new Map<string, Interval>();
    views.set(view, add(views.get(view) ?? null, line.count));
    sums.set(line.chip, views);
  }
  return new Map(
    [...sums].map(([chip, views]) => [
      chip,
      [...views.values()].reduce((largest, sum) => (sizeOf(sum) > sizeOf(largest) ? sum : largest)),
    ]),
  );
}

function scaled({ low, best, high }: Interval, factor: number): Interval {
  return {
    low: low === null ? null : low * factor,
    best: best === null ? null : best * factor,
    high: high === null ? null : high * factor,
  };
}

/** Where some line gives no number, nobody knows an upper end. */
const openEnded = (sum: Interval): Interval => ({ ...sum, high: null });

function tppOfAll(
  perChip: ReadonlyMap<string, Interval>,
  tppOf: TppOf,
): (Interval & { uncounted: number }) | null {
  let sum: Interval | null = null;
  let uncounted = 0;
  for (const [chip, units] of perChip) {
    const tpp = tppOf(chip);
    if (tpp === null) uncounted += 1;
    else sum = add(sum, scaled(units, tpp));
  }
  return sum === null ? null : { ...(uncounted > 0 ? openEnded(sum) : sum), uncounted };
}

/** The total of lines (domain.md, "Totals, line by line"). */
export function totalOf(lines: readonly Countable[], tppOf: TppOf): Total {
  const eligible = lines.filter((line) => !neverCounts(line));
  const counted = eligible.filter((line) => !isEstimate(line) || !hasBetter(line, eligible));
  const uncounted = counted.filter(({ line }) => line.count === null).length;
  const excluded = lines.length - counted.length;
  const perChip = largestPerChip(counted);
  const units = [...perChip.values()].reduce<Interval | null>((sum, chip) => add(sum, chip), null);
  if (units === null) return { units: null, reason: 'not-reported', uncounted, excluded };
  const tpp = tppOfAll(perChip, tppOf);
  return {
    units: uncounted > 0 ? openEnded(units) : units,
    tpp: tpp !== null && uncounted > 0 ? { ...tpp, high: null } : tpp,
    uncounted,
    excluded,
  };
}
