/** At which instants can what is known through an event change, where both clocks stand at the same instant? */
import type { Day, Span, Zone } from '../events/dates.ts';
import { ImpreciseDate, addDays, spanAsPrinted, spanIn, startOfDayMs, utc, zoneOf } from '../events/dates.ts';
import type { Subject } from '../events/identity.ts';
import { kindOf } from '../events/identity.ts';
import type { Recorded } from '../events/registry.ts';
import type { Attribute, Claim } from './claim.ts';
import { sinceOf } from './claims/assert.ts';
import { claimsOf } from './claims/claimsOf.ts';
import { readingOf } from './readings.ts';

/** Whole seconds since 1970 in UTC: the resolution of an HTTP date. */
export type Second = number;

/** Each list holds all the moments that there are, and may hold others; in no order. */
export interface ChangeMoments {
  /** When the event, and each of its sources, comes to be known. */
  readonly known: readonly Second[];
  /** When what it tells begins. */
  readonly begun: readonly Second[];
  /** When each of its claims begins, ends, or steps from one of the dates in its value to the next. */
  readonly claims: readonly {
    readonly subject: Subject;
    readonly attribute: Attribute;
    readonly seconds: readonly Second[];
  }[];
}

const starts = new Map<string, Second>();
const startsLimit = 20_000;

/** When a day begins; what begins within a second is seen at the next whole one. */
function startOf(day: Day, zone: Zone): Second {
  const key = `${day} ${zone}`;
  const known = starts.get(key);
  if (known !== undefined) return known;
  if (starts.size >= startsLimit) starts.clear();
  const second = secondAt(startOfDayMs(day, zone));
  starts.set(key, second);
  return second;
}

function secondAt(ms: number): Second {
  return Math.ceil(ms / 1000);
}

/** When a publication comes to count, by an instant as the limit (`wasPublic`). */
function publicationSecond({ latest, instantMs }: Span): Second {
  return instantMs === null ? startOf(addDays(latest, 1), utc) : secondAt(instantMs);
}

/** Where a date begins and where its uncertainty ends (`hasBegun`, `isUncertain`). */
function bounds({ earliest, latest, instantMs }: Span, zone: Zone): Second[] {
  const days = [startOf(earliest, zone), startOf(latest, zone)];
  return instantMs === null ? days : [...days, secondAt(instantMs)];
}

/** Every text in a value that is a date, at whatever depth. */
function datesIn(value: unknown): string[] {
  if (typeof value === 'string') {
    return /^\d{4}(?:-|$)/.test(value) && ImpreciseDate.safeParse(value).success ? [value] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((part) => datesIn(part));
}

/** Where a date within a value begins and ends: a phase runs through its last day. */
function phaseBounds(date: string, zone: Zone): Second[] {
  const span = spanIn(date, zone);
  return [...bounds(span, zone), startOf(addDays(span.latest, 1), zone)];
}

/** Views read the dates within the values of rules and destinations, and take those of others for content. */
function hasPhases(subject: Subject): boolean {
  const kind = kindOf(subject);
  return kind === 'instrument' || kind === 'destination';
}

/** Country Groups are read in the zone of the United States. */
function zonesOf(subject: Subject, zone: Zone): Zone[] {
  return kindOf(subject) === 'destination' ? [zone, zoneOf('US')] : [zone];
}

function claimSeconds({ subject, zone, from, until, value }: Claim): Second[] {
  const dates = hasPhases(subject) ? datesIn(value) : [];
  return zonesOf(subject, zone).flatMap((one) => [
    ...bounds(from, one),
    ...(until === null ? [] : bounds(until, one)),
    ...dates.flatMap((date) => phaseBounds(date, one)),
  ]);
}

/** The moments of one content of an event: between two of them nothing that a view reads of it changes. */
export function changeMomentsOf(event: Recorded): ChangeMoments {
  const claims = claimsOf(readingOf(event, event));
  const zones = new Set([utc, ...claims.flatMap((claim) => zonesOf(claim.subject, claim.zone))]);
  const sources = event.sources.map((source) => source.publishedOn).filter((date) => date !== null);
  return {
    known: [event.publishedOn, ...sources].map((date) => publicationSecond(spanAsPrinted(date))),
    begun: [...zones].flatMap((zone) => bounds(sinceOf(event, zone).from, zone)),
    claims: claims.map((claim) => ({
      subject: claim.subject,
      attribute: claim.attribute,
      seconds: claimSeconds(claim),
    })),
  };
}
