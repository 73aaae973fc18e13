/** Which event types exist? The closed union, and the one door through which an event is read. */
import { z } from 'zod';
import { compute } from './compute.ts';
import { clientFields, recordedFields } from './envelope.ts';
import type { EventType } from './eventType.ts';
import { EventId } from './identity.ts';
import { models } from './models.ts';
import { parties } from './parties.ts';
import { recordKeeping } from './recordKeeping.ts';
import { regulation } from './regulation.ts';
import { check, choiceText, missingText } from './wording.ts';

/** The families of event types, in the order of events/README.md. */
export const families = { regulation, parties, compute, models, recordKeeping } as const;

/** Every event type. */
export const eventTypes = [...regulation, ...parties, ...compute, ...models, ...recordKeeping] as const;

type Declared = (typeof eventTypes)[number];
/** The name of an event type. */
export type EventTypeName = Declared['type'];
type DeclaredAs<Name extends EventTypeName> = Extract<Declared, { type: Name }>;
/** The data of an event type. */
export type DataOf<Name extends EventTypeName> = z.infer<DeclaredAs<Name>['data']>;

type Client = z.infer<z.ZodObject<typeof clientFields>>;
type Stamped = z.infer<z.ZodObject<typeof recordedFields>>;
/** An event as a client gives it, after defaults; `id` where the client named one. */
export type Draft<Name extends EventTypeName = EventTypeName> = {
  [N in Name]: Client & { id?: EventId | undefined; type: N; version: number; data: DataOf<N> };
}[Name];
/** An event that has been recorded. */
export type Recorded<Name extends EventTypeName = EventTypeName> = {
  [N in Name]: Client & Stamped & { type: N; version: number; data: DataOf<N> };
}[Name];

const byName = new Map<string, EventType<string, z.ZodObject>>(eventTypes.map((type) => [type.type, type]));

/** The declaration of an event type, or undefined for a name that is none. */
export function declarationOf(name: string): EventType<string, z.ZodObject> | undefined {
  return byName.get(name);
}

/** Every name, in order. */
export const eventTypeNames = eventTypes.map((type) => type.type) as [EventTypeName, ...EventTypeName[]];

/** The schema of a draft of one type, `version` defaulting to the current one. */
export function draftSchemaOf(declaration: EventType<string, z.ZodObject>) {
  return z.strictObject({
    id: EventId.optional(),
    type: z.literal(declaration.type),
    version: z.literal(declaration.version).default(declaration.version),
    ...clientFields,
    data: declaration.data,
  });
}
const draftSchemas = new Map(eventTypes.map((type) => [type.type as string, draftSchemaOf(type)]));

/** What is wrong with an event: where (RFC 6901 pointer) and what to do about it. */
export interface Flaw {
  readonly pointer: string;
  readonly message: string;
}
export type Reading = { ok: true; event: Draft } | { ok: false; flaws: readonly Flaw[] };

const escapePointer = (part: PropertyKey) => String(part).replaceAll('~', '~0').replaceAll('/', '~1');

/** The RFC 6901 pointer of a zod path. */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${escapePointer(part)}`).join('');
}

type Issue = z.core.$ZodIssue;

/** Of the alternatives of a union, the one that came furthest: what the writer most likely meant. */
function nearest(alternatives: readonly (readonly Issue[])[]): readonly Issue[] {
  const depthOf = (issues: readonly Issue[]) => Math.max(0, ...issues.map((issue) => issue.path.length));
  const unknownFields = (issues: readonly Issue[]) =>
    issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 0), 0);
  const [first] = alternatives.toSorted(
    (one, other) =>
      depthOf(other) - depthOf(one) || unknownFields(one) - unknownFields(other) || one.length - other.length,
  );
  return first === undefined ? [] : first;
}

function flawsOfIssue(issue: Issue, under: readonly PropertyKey[]): Flaw[] {
  const path = [...under, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    const message = 'is no field of this event; remove it';
    return issue.keys.map((key) => ({ pointer: pointerOf([...path, key]), message }));
  }
  const within = issue.code === 'invalid_union' ? nearest(issue.errors) : [];
  if (within.length > 0) return within.flatMap((inner) => flawsOfIssue(inner, path));
  return [{ pointer: pointerOf(path), message: issue.message }];
}

/** What a schema says is wrong, one flaw per field. */
export function flawsOf(error: z.ZodError): Flaw[] {
  return error.issues.flatMap((issue) => flawsOfIssue(issue, []));
}

function subjectFlaw(event: Draft, declaration: EventType<string, z.ZodObject>): Flaw | null {
  const kind = event.subject.slice(0, event.subject.indexOf(':'));
  if (declaration.about.some((about) => about === kind)) return null;
  const message = `is of kind "${kind}"; a ${event.type} speaks of ${declaration.about.join(', ')}`;
  return { pointer: '/subject', message };
}

/**
 * Reads one event as a client, or the chronicle, gives it: strict, with defaults filled in. Only the current version
 * of a type is accepted at the door; older ones live in the log and are upcast on read.
 */
export function readDraft(input: unknown): Reading {
  const name = typeof input === 'object' && input !== null && 'type' in input ? input.type : undefined;
  const declaration = typeof name === 'string' ? declarationOf(name) : undefined;
  const schema = typeof name === 'string' ? draftSchemas.get(name) : undefined;
  if (declaration === undefined || schema === undefined) {
    const expected = `${choiceText(eventTypeNames)}; /openapi.json has all`;
    const message = name === undefined ? missingText('type', expected) : `must be ${expected}`;
    return { ok: false, flaws: [{ pointer: '/type', message }] };
  }
  const result = check(schema, input);
  if (!result.success) return { ok: false, flaws: flawsOf(result.error) };
  const event = result.data as Draft;
  const flaw = subjectFlaw(event, declaration);
  return flaw === null ? { ok: true, event } : { ok: false, flaws: [flaw] };
}
