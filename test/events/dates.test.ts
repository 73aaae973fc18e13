/** Does a date mean the same days, however exactly it is given and in whatever zone? */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { Day } from '../../events/dates.ts';
import {
  CivilDate,
  DayOrInstant,
  ImpreciseDate,
  addDays,
  dayInZone,
  dayText,
  instantText,
  spanAsPrinted,
  spanIn,
  startOfDayMs,
  utc,
  zoneOf,
} from '../../events/dates.ts';

const zones = [
  'America/New_York',
  'Asia/Shanghai',
  'Europe/London',
  'Pacific/Kiritimati',
  'America/Los_Angeles',
  utc,
];
const days = fc.integer({ min: -3_650, max: 36_500 }).map((day) => day as Day);
const years = fc.integer({ min: 1960, max: 2060 });

const shown = (text: string) => {
  const { earliest, latest } = spanAsPrinted(text);
  return [dayText(earliest), dayText(latest)];
};

describe('an imprecise date', () => {
  it.each([
    ['2025', '2025-01-01', '2025-12-31'],
    ['2025-Q1', '2025-01-01', '2025-03-31'],
    ['2025-Q2', '2025-04-01', '2025-06-30'],
    ['2025-Q3', '2025-07-01', '2025-09-30'],
    ['2025-Q4', '2025-10-01', '2025-12-31'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2025-02', '2025-02-01', '2025-02-28'],
    ['2000-02', '2000-02-01', '2000-02-29'],
    ['2024-02-29', '2024-02-29', '2024-02-29'],
  ])('%s stands for %s to %s', (text, earliest, latest) => {
    expect(shown(text)).toEqual([earliest, latest]);
  });

  it.each([
    '2025-02-29',
    '2025-13',
    '2025-00',
    '2025-Q5',
    '2025-Q0',
    '25',
    '2025-1',
    '2025-01-32',
    '',
    '2025-01-05T12:00',
    'soon',
  ])('refuses "%s", which is no date', (text) => {
    expect(ImpreciseDate.safeParse(text).success).toBe(false);
    expect(() => spanAsPrinted(text)).toThrow(/is no date: use YYYY/);
  });

  it('covers its year by its quarters and by its months, without gap or overlap', () => {
    fc.assert(
      fc.property(years, (year) => {
        const quarters = [1, 2, 3, 4].map((quarter) => spanAsPrinted(`${year}-Q${quarter}`));
        const months = Array.from({ length: 12 }, (_, at) =>
          spanAsPrinted(`${year}-${String(at + 1).padStart(2, '0')}`),
        );
        for (const parts of [quarters, months]) {
          expect(parts[0]?.earliest).toBe(spanAsPrinted(`${year}`).earliest);
          expect(parts.at(-1)?.latest).toBe(spanAsPrinted(`${year}`).latest);
          parts.slice(1).forEach((part, at) => expect(part.earliest).toBe(Number(parts[at]?.latest) + 1));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('begins no later than it ends', () => {
    const texts = fc.oneof(
      years.map(String),
      fc.tuple(years, fc.integer({ min: 1, max: 4 })).map(([year, quarter]) => `${year}-Q${quarter}`),
      days.map(dayText),
      days.map((day) => dayText(day).slice(0, 7)),
    );
    fc.assert(
      fc.property(texts, fc.constantFrom(...zones), (text, zone) => {
        const { earliest, latest, instantMs } = spanIn(text, zone);
        expect(earliest).toBeLessThanOrEqual(latest);
        expect(instantMs).toBeNull();
      }),
    );
  });
});

describe('a day', () => {
  it('is what its text says, in every zone', () => {
    fc.assert(
      fc.property(days, fc.constantFrom(...zones), (day, zone) => {
        expect(spanIn(dayText(day), zone)).toEqual({ earliest: day, latest: day, instantMs: null });
      }),
    );
  });

  it('begins in a zone at an instant that falls on it, and the millisecond before does not', () => {
    fc.assert(
      fc.property(days, fc.constantFrom(...zones), (day, zone) => {
        const start = startOfDayMs(day, zone);
        expect(dayInZone(start, zone)).toBe(day);
        expect(dayInZone(start - 1, zone)).toBe(addDays(day, -1));
      }),
    );
  });
});

describe('an instant', () => {
  it('falls on the day that the clocks of the zone show', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), fc.constantFrom(...zones), (ms, zone) => {
        const span = spanIn(instantText(ms), zone);
        expect(span.instantMs).toBe(ms);
        expect(dayText(span.earliest)).toBe(DateTime.fromMillis(ms, { zone }).toISODate());
        expect(span.latest).toBe(span.earliest);
      }),
    );
  });

  it('is published on the day that its own offset prints', () => {
    expect(dayText(spanAsPrinted('2024-12-31T08:00:00+08:00').latest)).toBe('2024-12-31');
    expect(dayText(spanIn('2024-12-31T08:00:00+08:00', 'America/New_York').latest)).toBe('2024-12-30');
  });
});

describe('the zone of an authority', () => {
  it('is where its civil dates are read, and UTC for all that the domain does not name', () => {
    expect(['US', 'CN', 'NL', 'AE', 'FR'].map(zoneOf)).toEqual([
      'America/New_York',
      'Asia/Shanghai',
      'Europe/Amsterdam',
      'Asia/Dubai',
      utc,
    ]);
  });
});

describe('the clocks', () => {
  it('take a day or an instant, and a civil date only a day', () => {
    expect(DayOrInstant.safeParse('2025-01').success).toBe(false);
    expect(DayOrInstant.safeParse('2025-01-05T12:00:00Z').success).toBe(true);
    expect(CivilDate.safeParse('2025-01-05T12:00:00Z').success).toBe(false);
    expect(CivilDate.safeParse('2025-02-30').success).toBe(false);
    expect(CivilDate.safeParse('2025-02-28').success).toBe(true);
  });
});
