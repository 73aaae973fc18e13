/** What happened to a subject, step by step, and what is scheduled? */
import type { Span, Zone } from '../../events/dates.ts';
import { dayText, utc } from '../../events/dates.ts';
import type { Subject } from '../../events/identity.ts';
import { kindOf, slugOf } from '../../events/identity.ts';
import type { Claim, Reading } from '../claim.ts';
import { sinceOf, zoneOfInstrument } from '../claims/assert.ts';
import { hasBegun } from '../clocks.ts';
import type { Evidence } from '../evidence.ts';
import { statusOf } from '../status.ts';
import { dateText } from './nextChange.ts';
import type { StepKind } from './upcoming.ts';
import { stepsOf } from './upcoming.ts';

type PartyStep = 'listing' | 'delisting' | 'license' | 'group-change';
/** `occurred`: the event on its own day; `published`: where nobody says when it occurred. */
export type TimelineKind = 'occurred' | 'published' | PartyStep | StepKind;

interface Entry {
  readonly at: Span;
  readonly zone: Zone;
  readonly kind: TimelineKind;
  readonly what: string;
  readonly reading: Reading;
}

const labels: Readonly<Record<PartyStep | StepKind, string>> = {
  effective: 'Effective',
  'effective-end': 'No longer effective',
  compliance: 'Compliance due',
  'compliance-end': 'Compliance no longer due',
  applicability: 'Applies',
  'applicability-end': 'Applies no longer',
  'comment-deadline': 'Comments due',
  'comment-deadline-end': 'Comments closed',
  sunset: 'Sunset',
  'sunset-end': 'Sunset over',
  suspended: 'Suspended',
  'suspended-end': 'Suspension ends',
  suspension: 'Suspended',
  'suspension-end': 'Suspension ends',
  provision: 'Binds',
  'provision-end': 'Binds no longer',
  'enforcement-change': 'Enforcement',
  end: 'Ends',
  listing: 'On the list',
  delisting: 'Off the list',
  license: 'License',
  'group-change': 'Country Group',
};

function eventEntry(reading: Reading): Entry {
  const { event } = reading;
  const zone = kindOf(event.subject) === 'instrument' ? zoneOfInstrument(event.subject) : utc;
  const kind = event.occurredOn === null ? 'published' : 'occurred';
  return { at: sinceOf(event, zone).from, zone, kind, what: event.summary, reading };
}

/** The dated effects of an instrument; when each of its provisions begins to bind is left to the instrument itself. */
function instrumentEntries(evidence: Evidence, subject: Subject): Entry[] {
  return stepsOf(evidence, slugOf(subject))
    .filter((step) => step.kind !== 'provision')
    .map(({ at, zone, kind, scope, provisions, claim }) => {
      const keys = provisions.length === 0 ? '' : ` (${provisions.join(', ')})`;
      return { at, zone, kind, what: `${labels[kind]}: ${scope}${keys}`, reading: claim.reading };
    });
}

function entryOf(claim: Claim, kind: PartyStep, scope: string): Entry {
  const what = `${labels[kind]}: ${scope}`;
  return { at: claim.from, zone: claim.zone, kind, what, reading: claim.reading };
}

/** The dates that notices, licenses and changes of Country Groups name, where they are other than the event's own day. */
function legalEntries(evidence: Evidence, subject: Subject): Entry[] {
  const entries = [
    ...evidence.claims(subject, 'listing').map((claim) => entryOf(claim, 'listing', claim.value.list)),
    ...evidence.claims(subject, 'delisting').map((claim) => entryOf(claim, 'delisting', claim.value.list)),
    ...evidence.claims(subject, 'license').map((claim) => entryOf(claim, 'license', claim.value.decision)),
    ...evidence
      .claims(subject, 'countryGroup')
      .map((claim) => entryOf(claim, 'group-change', `${claim.value.change}, ${claim.value.group}`)),
  ];
  return entries.filter(({ at, reading }) => at.earliest !== eventEntry(reading).at.earliest);
}

type Phase = 'past' | 'scheduled' | 'later';

/** `scheduled`: announced by then and still to come; `later`: the event that brings it came after, as seen in hindsight. */
function phaseOf(entry: Entry, evidence: Evidence): Phase {
  const { asOf } = evidence.clocks;
  if (hasBegun(entry.at, entry.zone, asOf)) return 'past';
  return hasBegun(entry.reading.publication, entry.zone, asOf) ? 'scheduled' : 'later';
}

function itemOf(entry: Entry, evidence: Evidence) {
  const { event } = entry.reading;
  return {
    on: dateText(entry.at),
    day: dayText(entry.at.earliest),
    kind: entry.kind,
    what: entry.what,
    phase: phaseOf(entry, evidence),
    event: event.id,
    type: event.type,
    subject: event.subject,
    publishedOn: event.publishedOn,
    standing: event.standing,
    status: statusOf(entry.reading, evidence),
  };
}
export type TimelineItem = ReturnType<typeof itemOf>;

const codeUnits = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const isEvent = (entry: Entry) => entry.kind === 'occurred' || entry.kind === 'published';

/** By day, then instant, the events of a day before its dates, in the order of the log. */
function inOrder(a: Entry, b: Entry): number {
  return (
    a.at.earliest - b.at.earliest ||
    (a.at.instantMs ?? 0) - (b.at.instantMs ?? 0) ||
    Number(isEvent(b)) - Number(isEvent(a)) ||
    a.reading.position - b.reading.position ||
    codeUnits(`${a.kind}\n${a.what}`, `${b.kind}\n${b.what}`)
  );
}

/**
 * The dated steps of a subject of any kind, earliest first: every visible event that speaks of it, on the day it
 * occurred (else was published), and the dates that it sets. `day` is the first day of an imprecise `on`.
 */
export function timelineView(evidence: Evidence, subject: Subject): TimelineItem[] {
  const dates = kindOf(subject) === 'instrument' ? instrumentEntries(evidence, subject) : [];
  return [...evidence.readings(subject).map(eventEntry), ...dates, ...legalEntries(evidence, subject)]
    .toSorted(inOrder)
    .map((entry) => itemOf(entry, evidence));
}
