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
      const option = def.options.find((alternative) => z.core.safeParse(alternative, value).success);
      return option === undefined ? [] : [[option, value, []]];
    }
    default:
      return [];
  }
}

/** Every reference in a value that `schema` has read. */
export function referencesIn(schema: z.core.$ZodType, value: unknown, path: Path = []): Reference[] {
  if (value === null || value === undefined) return [];
  const named = referenceKinds.get(schema);
  if (named !== undefined && typeof value === 'string') return [{ kind: named.kind, slug: value, path }];
  return partsOf(schema, value).flatMap(([part, inner, steps]) =>
    referencesIn(part, inner, [...path, ...steps]),
  );
}
