/** From where is a question asked? The three clocks as a caller gives them, and what every answer says about them. */
import type { Day } from '../../events/dates.ts';
import {
  addDays,
  dayInZone,
  dayText,
  instantText,
  spanAsPrinted,
  startOfDayMs,
  utc,
} from '../../events/dates.ts';
import type { Slug } from '../../events/identity.ts';
import { subjectOf } from '../../events/identity.ts';
import type { ClaimIndex } from '../../projections/claimIndex.ts';
import type { Clocks, Moment } from '../../projections/clocks.ts';
import { dayAt, momentOf } from '../../projections/clocks.ts';
import type { Evidence } from '../../projections/evidence.ts';
import { refuseParameter } from './refusal.ts';

/** The clocks as texts: days or instants, `recordedBy` also a log position; absent where the caller set none. */
export interface ClockTexts {
  readonly asOf?: string | undefined;
  readonly publishedBy?: string | undefined;
  readonly recordedBy?: string | undefined;
}

export interface Standpoint {
  readonly clocks: Clocks;
  /** As the answer prints it: the day as given, or the instant in UTC. */
  readonly asOf: string;
  readonly publishedBy: string | null;
  /** Whether the caller set `asOf`; otherwise it is the instant of the request. */
  readonly isAsOfGiven: boolean;
  /** Whether the caller limited the log, by a position or a time. */
  readonly isRecordedByGiven: boolean;
  /** Whether the caller named a log position, so that the answer is final. */
  readonly isPinned: boolean;
}

/** A part of the record that does not reach the date asked for. */
export interface CoverageNote {
  readonly subject: string;
  readonly scope: string;
  readonly from: string;
  readonly to: string;
  /** What is declared; not where the question lies only before `from`, as it may speak of what came later. */
  readonly text: string;
  /** Where the question lies: before `from`, after `to`, or, with two dates far apart, both. */
  readonly asked: 'before' | 'after' | 'both';
}
type Declared = Omit<CoverageNote, 'asked'>;

/** Where an answer stands (http-api.md, "Every answer says where it stands"). */
export interface At {
  readonly asOf: string;
  readonly publishedBy: string | null;
  readonly position: number;
  /** RFC 3339; null before the first event. */
  readonly recordedAt: string | null;
  readonly prospective: boolean;
  readonly coverage: readonly CoverageNote[];
}

function textOf(moment: Moment): string {
  return moment.kind === 'day' ? dayText(moment.day) : instantText(moment.ms);
}

/** The last position recorded at or before the instant; `recordedAt` never decreases with position. */
function lastRecordedBy(index: ClaimIndex, isWithin: (recordedAt: string) => boolean): number {
  let low = 0;
  let high = index.size;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const event = index.recordedAt(middle);
    if (event !== undefined && isWithin(event.recordedAt)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function positionAt(text: string, index: ClaimIndex, nowMs: number): number {
  if (/^\d+$/.test(text)) {
    const position = Number(text);
    if (position <= index.size) return position;
    throw refuseParameter(
      'clock-ahead',
      'recordedBy',
      `is position ${text}, after the head of the log, which is ${index.size}; give one up to it`,
    );
  }
  const moment = momentOf(text);
  const isAhead = moment.kind === 'day' ? moment.day > dayInZone(nowMs, utc) : moment.ms > nowMs;
  if (isAhead) {
    throw refuseParameter(
      'clock-ahead',
      'recordedBy',
      `is ${text}, after the head of the log, which is of ${instantText(nowMs)}; give a time that has come`,
    );
  }
  const end = moment.kind === 'day' ? startOfDayMs(addDays(moment.day, 1), utc) - 1 : moment.ms;
  const endText = instantText(end);
  return lastRecordedBy(index, (recordedAt) => recordedAt <= endText);
}

function publicationLimit(text: string, nowMs: number): Moment {
  const moment = momentOf(text);
  const tomorrow = addDays(dayInZone(nowMs, utc), 1);
  if (dayAt(moment, utc) <= tomorrow) return moment;
  throw refuseParameter(
    'clock-ahead',
    'publishedBy',
    `is ${text}, after tomorrow (${dayText(tomorrow)} UTC): nobody knows what will be published; give a day up to it`,
  );
}

/**
 * Places a question on the three clocks. Texts must be dates that exist; throws a Refusal `clock-ahead` for a
 * `recordedBy` after the head of the log and for a `publishedBy` after tomorrow (UTC).
 */
export function standpointOf(texts: ClockTexts, index: ClaimIndex, nowMs: number): Standpoint {
  const asOf: Moment = texts.asOf === undefined ? { kind: 'instant', ms: nowMs } : momentOf(texts.asOf);
  const publishedBy = texts.publishedBy === undefined ? null : publicationLimit(texts.publishedBy, nowMs);
  const position = texts.recordedBy === undefined ? index.size : positionAt(texts.recordedBy, index, nowMs);
  return {
    clocks: { asOf, publishedBy, position },
    asOf: textOf(asOf),
    publishedBy: publishedBy === null ? null : textOf(publishedBy),
    isAsOfGiven: texts.asOf !== undefined,
    isRecordedByGiven: texts.recordedBy !== undefined,
    isPinned: texts.recordedBy !== undefined && /^\d+$/.test(texts.recordedBy),
  };
}

/** The two days on which the question hangs, in UTC, the earlier one first. */
function daysAsked(clocks: Clocks): readonly [Day, Day] {
  const asOf = dayAt(clocks.asOf, utc);
  const publishedBy = clocks.publishedBy === null ? asOf : dayAt(clocks.publishedBy, utc);
  return asOf < publishedBy ? [asOf, publishedBy] : [publishedBy, asOf];
}

/** On which side of a part of the record the question lies; null: within it. */
function sideOf({ from, to }: Declared, clocks: Clocks): CoverageNote['asked'] | null {
  const [first, last] = daysAsked(clocks);
  const isBefore = first < spanAsPrinted(from).earliest;
  const isAfter = last > spanAsPrinted(to).latest;
  if (isBefore && isAfter) return 'both';
  if (isBefore) return 'before';
  return isAfter ? 'after' : null;
}

/** How far a part of the record reaches, as it was declared last; null: it was not. */
function declaredOf(evidence: Evidence, slug: Slug): Declared | null {
  const subject = subjectOf('coverage', slug);
  const [last] = evidence
    .claims(subject, 'coverage')
    .toSorted((one, other) => other.reading.position - one.reading.position);
  return last === undefined ? null : { subject, ...last.value };
}

function noteOf(declared: Declared, asked: CoverageNote['asked']): CoverageNote {
  const begins = `The record on “${declared.scope}” begins with ${declared.from}; its silence on what came before says nothing.`;
  const text = { before: begins, after: declared.text, both: `${begins} ${declared.text}` }[asked];
  return { ...declared, text, asked };
}

/** The parts of the record that begin after the question, or end before it does, earliest end first. */
export function coverageOf(evidence: Evidence): CoverageNote[] {
  return evidence
    .subjects('coverage')
    .flatMap((slug) => {
      const declared = declaredOf(evidence, slug);
      const asked = declared === null ? null : sideOf(declared, evidence.clocks);
      return declared === null || asked === null ? [] : [noteOf(declared, asked)];
    })
    .map((note) => ({ note, end: spanAsPrinted(note.to).latest }))
    .toSorted((a, b) => a.end - b.end || (a.note.subject < b.note.subject ? -1 : 1))
    .map(({ note }) => note);
}

function isProspective(standpoint: Standpoint, recordedAt: string | null): boolean {
  if (!standpoint.isAsOfGiven || recordedAt === null) return false;
  return dayAt(standpoint.clocks.asOf, utc) > dayInZone(Date.parse(recordedAt), utc);
}

/**
 * The day up to which an answer can know what happened, where `asOf` lies after it: that on which the position was
 * recorded (where the answer is prospective, or the log was limited), or the limit of publication where it is earlier.
 * null: `asOf` lies after neither.
 */
export function knownUpTo(standpoint: Standpoint, { prospective, recordedAt }: At): Day | null {
  const { asOf, publishedBy } = standpoint.clocks;
  const isLimited = prospective || standpoint.isRecordedByGiven;
  const recorded = isLimited && recordedAt !== null ? [dayInZone(Date.parse(recordedAt), utc)] : [];
  const limit = publishedBy === null ? [] : [dayAt(publishedBy, utc)];
  const [first = null] = [...recorded, ...limit]
    .filter((day) => day < dayAt(asOf, utc))
    .toSorted((one, other) => one - other);
  return first;
}

/** What an answer says about where it stands. It depends on the question and the log alone, never on today. */
export function whereItStands(standpoint: Standpoint, evidence: Evidence, index: ClaimIndex): At {
  const { position } = standpoint.clocks;
  const recordedAt = index.recordedAt(position)?.recordedAt ?? null;
  return {
    asOf: standpoint.asOf,
    publishedBy: standpoint.publishedBy,
    position,
    recordedAt,
    prospective: isProspective(standpoint, recordedAt),
    coverage: coverageOf(evidence),
  };
}
