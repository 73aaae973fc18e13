/** Which items share a key? Kept in the order in which they come. */
export function grouped<Item, Key>(items: Iterable<Item>, keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** The items under a key; none where the key has none. */
export function under<Key, Item>(groups: ReadonlyMap<Key, readonly Item[]>, key: Key): readonly Item[] {
  const group = groups.get(key);
  return group === undefined ? [] : group;
}
