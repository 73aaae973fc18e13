/** How do two ways of doing the same compare? Both in one run, by turns, so that a busy machine slows both alike. */

/** Seconds that one unit of work took. */
export type Cost = number;
type Side = () => Cost | Promise<Cost>;

export interface Compared {
  readonly oursSeconds: number;
  readonly theirsSeconds: number;
  /** Ours in units of theirs: the median over the rounds of cost ÷ cost. */
  readonly costRatio: number;
}

/** The middle value; of an even number of values, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number) => sorted[Math.floor(index)] ?? Number.NaN;
  return (at((sorted.length - 1) / 2) + at(sorted.length / 2)) / 2;
}

/** One round that nobody counts, then so many that count; who begins changes from round to round. */
export async function interleaved(rounds: number, ours: Side, theirs: Side): Promise<Compared> {
  const counted: { readonly ours: Cost; readonly theirs: Cost }[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const costs = { ours: Number.NaN, theirs: Number.NaN };
    const order = round % 2 === 0 ? (['ours', 'theirs'] as const) : (['theirs', 'ours'] as const);
    for (const side of order) {
      globalThis.gc?.();
      costs[side] = await (side === 'ours' ? ours() : theirs());
    }
    if (round > 0) counted.push(costs);
  }
  return {
    oursSeconds: median(counted.map((costs) => costs.ours)),
    theirsSeconds: median(counted.map((costs) => costs.theirs)),
    costRatio: median(counted.map((costs) => costs.ours / costs.theirs)),
  };
}

/** The seconds that something takes. */
export async function secondsOf(work: () => unknown): Promise<Cost> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}
