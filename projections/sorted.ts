/** Where in a sorted list? By halving. */

/** The first place whose item is not before; the length where all are. The items that are before must come first. */
export function placeAfter<T>(sorted: readonly T[], isBefore: (item: T) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    // `middle` lies in the list.
    if (isBefore(sorted[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low;
}
