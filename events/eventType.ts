/** How is an event type declared? Its name, version, subjects, one sentence of meaning, and the shape of its data. */
import type { z } from 'zod';
import type { SubjectKind } from './identity.ts';

export interface EventType<Name extends string, Data extends z.ZodObject> {
  readonly type: Name;
  /** Integer, raised when the shape of `data` changes; upcasters.ts brings older versions up to it. */
  readonly version: number;
  /** The kinds of subject it may speak of. */
  readonly about: readonly SubjectKind[];
  /** What it says, in one sentence, for events/README.md and the OpenAPI description. */
  readonly says: string;
  readonly data: Data;
}

/** Declares an event type; add it to its family's list, and registry.ts has it. */
export function eventType<const Name extends string, Data extends z.ZodObject>(
  type: Name,
  version: number,
  about: readonly SubjectKind[],
  says: string,
  data: Data,
): EventType<Name, Data> {
  return { type, version, about, says, data };
}
