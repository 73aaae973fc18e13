/** When, known by whom, according to which log? The three clocks and what they let through. */
import type { Day, Span, Zone } from '../events/dates.ts';
import { dayInZone, spanAsPrinted, utc } from '../events/dates.ts';

/** A point on the valid-time or publication axis: a civil day, or an instant in milliseconds. */
export type Moment =
  { readonly kind: 'day'; readonly day: Day } | { readonly kind: 'instant'; readonly ms: number };

/**
 * The question's three clocks. `publishedBy: null`: no limit. `position`: the last log position that counts, 0 for an
 * empty log.
 */
export interface Clocks {
  readonly asOf: Moment;
  readonly publishedBy: Moment | null;
  readonly position: number;
}

/** The moment that a date or an RFC 3339 instant names. */
export function momentOf(text: string): Moment {
  const span = spanAsPrinted(text);
  return span.instantMs === null
    ? { kind: 'day', day: span.earliest }
    : { kind: 'instant', ms: span.instantMs };
}

const days = new Map<string, Day>();
const daysLimit = 10_000;

/** The civil day of a moment in a zone; a day is that day in every zone. */
export function dayAt(moment: Moment, zone: Zone): Day {
  if (moment.kind === 'day') return moment.day;
  const key = `${zone} ${moment.ms}`;
  const known = days.get(key);
  if (known !== undefined) return known;
  if (days.size >= daysLimit) days.clear();
  const day = dayInZone(moment.ms, zone);
  days.set(key, day);
  return day;
}

/** Whether what starts with `start` has started: on D at D 00:00 in its zone, or at its instant. */
export function hasBegun(start: Span, zone: Zone, at: Moment): boolean {
  if (at.kind === 'instant' && start.instantMs !== null) return at.ms >= start.instantMs;
  return dayAt(at, zone) >= start.earliest;
}

/** Whether the moment falls inside the span of an imprecise date, so that nobody can say on which side it lies. */
export function isUncertain(date: Span, zone: Zone, at: Moment): boolean {
  const day = dayAt(at, zone);
  return date.earliest <= day && day < date.latest;
}

/** Whether something published in `publication` was public by the limit (domain.md, the second clock). */
export function wasPublic(publication: Span, by: Moment | null): boolean {
  if (by === null) return true;
  if (by.kind === 'day') return publication.latest <= by.day;
  if (publication.instantMs !== null) return publication.instantMs <= by.ms;
  return publication.latest < dayAt(by, utc);
}
