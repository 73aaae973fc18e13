/** How is an event of an older version read today? One table, one step per version, applied when the log is read. */

/** A parsed leaf, whatever its version. */
export type Leaf = Readonly<Record<string, unknown>> & { readonly type: string; readonly version: number };
/** Brings `data` from one version to the next; pure. */
export type Upcaster = (data: Readonly<Record<string, unknown>>) => Record<string, unknown>;
/** By event type, the step from version n (key) to n + 1. */
export type UpcasterTable = Readonly<Record<string, Readonly<Record<number, Upcaster>>>>;

/** Empty until a type has a second version: every type is at version 1. */
export const upcasters: UpcasterTable = {};

/**
 * The leaf at its current version. Returns the same object where there is nothing to do. Throws a RangeError for a
 * version that is newer than the program, or for which a step is missing.
 */
export function upcast<L extends Leaf>(leaf: L, current: number, table: UpcasterTable = upcasters): L {
  if (leaf.version === current) return leaf;
  if (leaf.version > current) {
    throw new RangeError(
      `${leaf.type} has version ${leaf.version}, this program knows ${current}: run a newer Tidemark on this log`,
    );
  }
  let data = leaf['data'] as Readonly<Record<string, unknown>>;
  for (let version = leaf.version; version < current; version += 1) {
    const step = table[leaf.type]?.[version];
    if (step === undefined) throw new RangeError(`${leaf.type} has no upcaster from version ${version}`);
    data = step(data);
  }
  return { ...leaf, version: current, data };
}
