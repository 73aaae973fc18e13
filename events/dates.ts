/** What does a date in the record mean? Dates with precision, civil days, and the zones of authorities. */
import { DateTime } from 'luxon';
import { z } from 'zod';

/** Whole days since 1970-01-01, of a civil calendar that the context names. */
export type Day = number & { readonly __day: true };

/**
 * What a date text stands for: the civil days `earliest` to `latest`, both included, and the millisecond of the
 * instant where the text names one (`null` for a date without a time).
 */
export interface Span {
  readonly earliest: Day;
  readonly latest: Day;
  readonly instantMs: number | null;
}

const dayMs = 86_400_000;
const wholePattern =
  /^(?:(\d{4})|(\d{4})-Q([1-4])|(\d{4})-(\d{2})|(\d{4})-(\d{2})-(\d{2})|(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})))$/;

/** Time zones in which the civil dates of an authority are read; every other jurisdiction counts in UTC. */
const zoneByCountry: Readonly<Record<string, string>> = {
  US: 'America/New_York',
  CN: 'Asia/Shanghai',
  JP: 'Asia/Tokyo',
  NL: 'Europe/Amsterdam',
  TW: 'Asia/Taipei',
  MY: 'Asia/Kuala_Lumpur',
  SG: 'Asia/Singapore',
  AE: 'Asia/Dubai',
  KR: 'Asia/Seoul',
  GB: 'Europe/London',
};

/** An IANA time zone name. */
export type Zone = string;
export const utc: Zone = 'utc';
/** No zone: the date as it is printed, in whatever zone that was. */
const asPrinted: Zone = 'as-printed';

/** The zone of an authority by its country code; UTC for all that domain.md does not name. */
export function zoneOf(countryCode: string): Zone {
  return zoneByCountry[countryCode] ?? utc;
}

function dayOf(date: DateTime): Day {
  return Math.floor(DateTime.utc(date.year, date.month, date.day).toMillis() / dayMs) as Day;
}

function wholeSpan(start: DateTime, unit: 'year' | 'quarter' | 'month' | 'day'): Span | null {
  if (!start.isValid) return null;
  const earliest = dayOf(start);
  return { earliest, latest: unit === 'day' ? earliest : dayOf(start.endOf(unit)), instantMs: null };
}

function instantSpan(text: string, zone: Zone): Span | null {
  const instant = DateTime.fromISO(text, zone === asPrinted ? { setZone: true } : { zone });
  if (!instant.isValid) return null;
  const day = dayOf(instant);
  return { earliest: day, latest: day, instantMs: instant.toMillis() };
}

function parse(text: string, zone: Zone): Span | null {
  const parts = wholePattern.exec(text);
  if (parts === null) return null;
  const [, year, quarterYear, quarter, monthYear, month, dayYear, dayMonth, day, instant] = parts;
  if (year !== undefined) return wholeSpan(DateTime.utc(Number(year)), 'year');
  if (quarterYear !== undefined)
    return wholeSpan(DateTime.utc(Number(quarterYear), Number(quarter) * 3 - 2), 'quarter');
  if (monthYear !== undefined) return wholeSpan(DateTime.utc(Number(monthYear), Number(month)), 'month');
  if (dayYear !== undefined)
    return wholeSpan(DateTime.utc(Number(dayYear), Number(dayMonth), Number(day)), 'day');
  return instant === undefined ? null : instantSpan(instant, zone);
}

const memo = new Map<string, Span | null>();
const memoLimit = 200_000;

function remembered(text: string, zone: Zone): Span | null {
  const key = text.length > 10 ? `${zone} ${text}` : text;
  const known = memo.get(key);
  if (known !== undefined) return known;
  if (memo.size >= memoLimit) memo.clear();
  const span = parse(text, zone);
  memo.set(key, span);
  return span;
}

function required(span: Span | null, text: string): Span {
  if (span === null)
    throw new RangeError(`"${text}" is no date: use YYYY, YYYY-Qn, YYYY-MM, YYYY-MM-DD or RFC 3339`);
  return span;
}

/** The span of a legal or factual date, civil in `zone`. Throws a RangeError for text that is no date. */
export function spanIn(text: string, zone: Zone): Span {
  return required(remembered(text, zone), text);
}

/** The span of a publication date: the civil date as printed, in whatever zone it was printed. */
export function spanAsPrinted(text: string): Span {
  return required(remembered(text, asPrinted), text);
}

/** The civil day on which an instant falls in a zone. */
export function dayInZone(instantMs: number, zone: Zone): Day {
  return dayOf(DateTime.fromMillis(instantMs, { zone }));
}

/** The millisecond at which a civil day begins in a zone. */
export function startOfDayMs(day: Day, zone: Zone): number {
  const date = DateTime.fromMillis(day * dayMs, { zone: 'utc' });
  return DateTime.fromObject({ year: date.year, month: date.month, day: date.day }, { zone }).toMillis();
}

/** `YYYY-MM-DD` of a day. */
export function dayText(day: Day): string {
  return DateTime.fromMillis(day * dayMs, { zone: 'utc' }).toISODate() ?? '';
}

/** `2025-01-05T00:00:00.000Z` of a millisecond. */
export function instantText(instantMs: number): string {
  return DateTime.fromMillis(instantMs, { zone: 'utc' }).toISO() ?? '';
}

/** The day that follows `days` days after `day` (before it, where negative). */
export function addDays(day: Day, days: number): Day {
  return (day + days) as Day;
}

/** `YYYY`, `YYYY-Qn`, `YYYY-MM`, `YYYY-MM-DD` or an RFC 3339 instant, and a date that exists. */
export const ImpreciseDate = z.string().refine((text) => remembered(text, asPrinted) !== null, {
  message: 'must be YYYY, YYYY-Qn, YYYY-MM, YYYY-MM-DD or an RFC 3339 instant, and a date that exists',
});
export type ImpreciseDate = z.infer<typeof ImpreciseDate>;

/** `YYYY-MM-DD`, a day that exists. */
export const CivilDate = z
  .string()
  .refine((text) => text.length === 10 && remembered(text, asPrinted) !== null, {
    message: 'must be YYYY-MM-DD, a day that exists',
  });
export type CivilDate = z.infer<typeof CivilDate>;

/** `YYYY-MM-DD` or an RFC 3339 instant; the form of a clock. */
export const DayOrInstant = z
  .string()
  .refine((text) => text.length >= 10 && remembered(text, asPrinted) !== null, {
    message: 'must be YYYY-MM-DD, a day that exists, or an RFC 3339 instant such as 2025-01-05T12:00:00Z',
  });
export type DayOrInstant = z.infer<typeof DayOrInstant>;
