/** Which parties, chips, models and instruments does the data of an event name? */
import { z } from 'zod';
import type { SubjectKind } from '../../../events/identity.ts';
import { referenceKinds } from '../../../events/identity.ts';
import type { Path } from './yamlText.ts';

/** A slug in the data of an event, the kind of subject that it names, and where it stands. */
export interface Reference {
  readonly kind: SubjectKind;
  readonly slug: string;
  readonly path: Path;
}

type Schema = z.core.$ZodTypes;

/** How a schema is built. */
export function definitionOf(schema: z.core.$ZodType): Schema['_zod']['def'] {
  const { _zod: internals } = schema as Schema;
  return internals.def;
}

/** Rules out, without reading the value, an alternative that lacks a field of it, or is an object where it is none. */
function mayBe(schema: z.core.$ZodType, value: unknown): boolean {
  const def = definitionOf(schema);
  if (def.type !== 'object') return true;
  if (typeof value !== 'object' || value === null) return false;
  return Object.keys(value).every((field) => field in def.shape);
}

/** The schema and value one step further in, with the step; the walk knows every kind of schema that events use. */
function partsOf(schema: z.core.$ZodType, value: unknown): [z.core.$ZodType, unknown, Path][] {
  const def = definitionOf(schema);
  switch (def.type) {
    case 'object':
      return Object.entries(def.shape).map(([name, part]) => [
        part,
        (value as Record<string, unknown>)[name],
        [name],
      ]);
    case 'array':
      return (value as unknown[]).map((item, at) => [def.element, item, [at]]);
    case 'nullable':
    case 'optional':
    case 'default':
    case 'readonly':
      return [[def.innerType, value, []]];
    case 'lazy':
      return [[def.getter(), value, []]];
    case 'union': {
      const option = def.options.find(
        (alternative) => mayBe(alternative, value) && z.core.safeParse(alternative, value).success,
      );
      return option === undefined ? [] : [[option, value, []]];
    }
    default:
      return [];
  }
}

const mentioning = new WeakMap<z.core.$ZodType, boolean>();

function decide(schema: z.core.$ZodType): boolean {
  const def = definitionOf(schema);
  switch (def.type) {
    case 'object':
      return Object.values(def.shape).some(canMention);
    case 'array':
      return canMention(def.element);
    case 'nullable':
    case 'optional':
    case 'default':
    case 'readonly':
      return canMention(def.innerType);
    case 'union':
      return def.options.some(canMention);
    default:
      return def.type === 'lazy';
  }
}

/** Whether a value of this schema may name a subject; most cannot, and need no walk. One that contains itself may. */
function canMention(schema: z.core.$ZodType): boolean {
  const known = mentioning.get(schema);
  if (known !== undefined) return known;
  const found = referenceKinds.has(schema) || decide(schema);
  mentioning.set(schema, found);
  return found;
}

/** Every reference in a value that `schema` has read. */
export function referencesIn(schema: z.core.$ZodType, value: unknown, path: Path = []): Reference[] {
  if (value === null || value === undefined || !canMention(schema)) return [];
  const named = referenceKinds.get(schema);
  if (named !== undefined && typeof value === 'string') return [{ kind: named.kind, slug: value, path }];
  return partsOf(schema, value).flatMap(([part, inner, steps]) =>
    referencesIn(part, inner, [...path, ...steps]),
  );
}
