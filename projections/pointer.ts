/** What does a JSON Pointer (RFC 6901) point to, and how is a value put there without touching the original? */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

function partsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether every step but the last exists, so that `withValue` can put something there. */
export function canPointTo(root: unknown, pointer: string): boolean {
  let at = root;
  for (const part of partsOf(pointer).slice(0, -1)) {
    if (Array.isArray(at)) at = at[Number(part)];
    else if (isRecord(at)) at = at[part];
    else return false;
  }
  return Array.isArray(at) || isRecord(at);
}

function put(at: unknown, parts: readonly string[], value: Json): unknown {
  const [part, ...rest] = parts;
  if (part === undefined) return value;
  if (Array.isArray(at)) {
    const copy: unknown[] = [...at];
    const index = part === '-' ? copy.length : Number(part);
    copy[index] = put(copy[index], rest, value);
    return copy;
  }
  if (isRecord(at)) return { ...at, [part]: put(at[part], rest, value) };
  return at;
}

/** A copy of `root` with the value at the pointer; `-` appends to a list. Where the way is missing, the root as it is. */
export function withValue<T>(root: T, pointer: string, value: Json): T {
  return put(root, partsOf(pointer), value) as T;
}
