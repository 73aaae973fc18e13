/** What is an event about, and how is it named? Subjects, slugs and event ids. */
import { z } from 'zod';

/** The kinds of subject, in the order in which a whole state lists them. */
export const subjectKinds = [
  'instrument',
  'party',
  'chip',
  'deal',
  'cluster',
  'model',
  'destination',
  'coverage',
] as const;
export type SubjectKind = (typeof subjectKinds)[number];

/** Lower-case words joined by hyphens, or a country code for a destination. */
const slugPattern = /^(?:[a-z0-9]+(?:-[a-z0-9]+)*|[A-Z]{2})$/;

/** A bare slug: `bytedance`, `us-bis-acs-ifr-2023-10`; for a destination the ISO 3166-1 alpha-2 code. */
export const Slug = z
  .string()
  .max(120)
  .regex(slugPattern, 'must be lower-case words joined by hyphens, such as "bytedance"');
export type Slug = z.infer<typeof Slug>;

/** Which kind of subject a slug in the data of an event names. */
export const referenceKinds = z.registry<{ readonly kind: SubjectKind }>();
const slugOfA = (kind: SubjectKind) => Slug.clone().register(referenceKinds, { kind });

export const PartyId = slugOfA('party').brand<'party'>();
export type PartyId = z.infer<typeof PartyId>;
export const ChipId = slugOfA('chip').brand<'chip'>();
export type ChipId = z.infer<typeof ChipId>;
export const ModelId = slugOfA('model').brand<'model'>();
export type ModelId = z.infer<typeof ModelId>;
export const InstrumentId = slugOfA('instrument').brand<'instrument'>();
export type InstrumentId = z.infer<typeof InstrumentId>;

/** `<kind>:<slug>`, such as `party:bytedance`. */
export const Subject = z
  .string()
  .regex(
    /^(?:instrument|party|chip|deal|cluster|model|destination|coverage):(?:[a-z0-9]+(?:-[a-z0-9]+)*|[A-Z]{2})$/,
    'must be <kind>:<slug>, such as "party:bytedance"; kinds: ' + subjectKinds.join(', '),
  )
  .brand<'subject'>();
export type Subject = z.infer<typeof Subject>;

/** A UUID in lower case. Events of the chronicle have a UUIDv5, all others a UUIDv7 unless the client names one. */
export const EventId = z
  .string()
  .regex(
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
    'must be a UUID in lower case, the id of a recorded event',
  )
  .brand<'event'>();
export type EventId = z.infer<typeof EventId>;

/** Joins a kind and a slug that are known to be valid. */
export function subjectOf(kind: SubjectKind, slug: string): Subject {
  return `${kind}:${slug}` as Subject;
}

/** The kind of a subject. */
export function kindOf(subject: Subject): SubjectKind {
  return subject.slice(0, subject.indexOf(':')) as SubjectKind;
}

/** The slug of a subject. */
export function slugOf(subject: Subject): Slug {
  return subject.slice(subject.indexOf(':') + 1);
}
