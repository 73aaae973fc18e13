/** When does an answer change next, when did it last, and because of what? */
import type { Day, Span, Zone } from '../../events/dates.ts';
import { addDays, dayText, instantText } from '../../events/dates.ts';
import type { Subject } from '../../events/identity.ts';
import { subjectOf } from '../../events/identity.ts';
import type { Claim, Reading } from '../claim.ts';
import type { Moment } from '../clocks.ts';
import { hasBegun } from '../clocks.ts';

/** A date on which something begins or ends; of an imprecise one the earliest day counts. */
export interface Boundary {
  readonly at: Span;
  readonly zone: Zone;
  readonly because: Subject;
}
/** `on`: a civil day, or an instant where the record has one. `because`: the instrument that acts, else what changes. */
export interface Change {
  readonly on: string;
  readonly because: Subject;
}

/** The instrument by which an event acts on its subject, as the event names it; null where it names none. */
export function actorOf(reading: Reading): string | null {
  const { event } = reading;
  switch (event.type) {
    case 'RestrictionAmended':
    case 'RestrictionCorrected':
    case 'RestrictionSuspended':
    case 'EnforcementChanged':
    case 'RestrictionEnded':
    case 'PartyListed':
    case 'PartyDelisted':
    case 'CountryGroupsChanged':
      return event.data.by;
    default:
      return null;
  }
}

/** The instrument that brings the change about, or the subject that the event is on. */
export function causeOf(reading: Reading): Subject {
  const actor = actorOf(reading);
  return actor === null ? reading.event.subject : subjectOf('instrument', actor);
}

/** The dates on which claims begin and end. */
export function boundariesOf(claims: readonly Claim[]): Boundary[] {
  return claims.flatMap((claim) => {
    const because = causeOf(claim.reading);
    const start = { at: claim.from, zone: claim.zone, because };
    return claim.until === null ? [start] : [start, { at: claim.until, zone: claim.zone, because }];
  });
}

const codeUnits = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Negative where `a` comes first: by day, then instant, then what causes it. */
function inTime(a: Boundary, b: Boundary): number {
  return (
    a.at.earliest - b.at.earliest ||
    (a.at.instantMs ?? -Infinity) - (b.at.instantMs ?? Infinity) ||
    codeUnits(a.because, b.because)
  );
}

function changeAt(boundary: Boundary | null): Change | null {
  if (boundary === null) return null;
  const { earliest, instantMs } = boundary.at;
  return { on: instantMs === null ? dayText(earliest) : instantText(instantMs), because: boundary.because };
}

/** The first boundary after the moment. */
export function nextOf(boundaries: Iterable<Boundary>, asOf: Moment): Change | null {
  let first: Boundary | null = null;
  for (const boundary of boundaries) {
    if (hasBegun(boundary.at, boundary.zone, asOf)) continue;
    if (first === null || inTime(boundary, first) < 0) first = boundary;
  }
  return changeAt(first);
}

/** The last boundary at or before the moment. */
export function previousOf(boundaries: Iterable<Boundary>, asOf: Moment): Change | null {
  let last: Boundary | null = null;
  for (const boundary of boundaries) {
    if (!hasBegun(boundary.at, boundary.zone, asOf)) continue;
    if (last === null || inTime(boundary, last) > 0) last = boundary;
  }
  return changeAt(last);
}

/** The first date after the moment on which one of the claims begins or ends; null: as far as visible, none does. */
export function nextChangeOf(claims: readonly Claim[], asOf: Moment): Change | null {
  return nextOf(boundariesOf(claims), asOf);
}

/** The last date, up to the moment, on which one of the claims began or ended; null: none did. */
export function previousChangeOf(claims: readonly Claim[], asOf: Moment): Change | null {
  return previousOf(boundariesOf(claims), asOf);
}

function periodText(start: string, after: string): string | null {
  if (!start.endsWith('-01') || !after.endsWith('-01')) return null;
  const monthOf = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
  const first = monthOf(start);
  const months = monthOf(after) - first;
  if (months === 1) return start.slice(0, 7);
  if (months === 3 && first % 3 === 0) return `${start.slice(0, 4)}-Q${(first % 12) / 3 + 1}`;
  return months === 12 && first % 12 === 0 ? start.slice(0, 4) : null;
}

const periods = new Map<string, string>();

function spanOfDays(earliest: Day, latest: Day): string {
  const key = `${earliest} ${latest}`;
  const known = periods.get(key);
  if (known !== undefined) return known;
  if (periods.size >= 10_000) periods.clear();
  const start = dayText(earliest);
  const text = periodText(start, dayText(addDays(latest, 1))) ?? `${start}/${dayText(latest)}`;
  periods.set(key, earliest === latest ? start : text);
  return earliest === latest ? start : text;
}

/** A date as it was written: `2025-01-05`, `2025-01`, `2025-Q2`, `2025`, an instant; else its first and last day. */
export function dateText(span: Span): string {
  return span.instantMs === null ? spanOfDays(span.earliest, span.latest) : instantText(span.instantMs);
}
