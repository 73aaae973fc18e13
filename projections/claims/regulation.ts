/** What do the events of regulation claim about instruments? (events.md, "Three attributes are separate".) */
import { spanIn } from '../../events/dates.ts';
import type { Slug } from '../../events/identity.ts';
import { slugOf } from '../../events/identity.ts';
import type { Recorded } from '../../events/registry.ts';
import type { Effectivity } from '../../events/values.ts';
import type { Provision } from '../../events/provision.ts';
import type { Pen, Since } from './assert.ts';
import { sinceDate } from './assert.ts';

type Binding = Recorded<
  'RestrictionIssued' | 'LetterIssued' | 'GuidanceIssued' | 'DirectionGiven' | 'TariffImposed'
>;

function earlier(a: Since, b: Since): Since {
  return b.from.earliest < a.from.earliest ? b : a;
}

/** From the first `effective` or `applicability` date of its own effectivity, else occurrence, else publication. */
export function inForceSince(event: Binding, pen: Pen): Since {
  const starts = event.data.effectivity
    .filter((entry) => entry.kind === 'effective' || entry.kind === 'applicability')
    .map((entry): Since => ({ from: spanIn(entry.on, pen.zone), assumed: false }));
  return starts.length === 0 ? pen.since : starts.reduce(earlier);
}

/** From the earlier of publication and occurrence. */
function issuedSince(event: Binding, pen: Pen): Since {
  const published: Since = { from: spanIn(event.publishedOn, pen.zone), assumed: event.occurredOn === null };
  return earlier(pen.since, published);
}

function sayBinding(event: Binding, pen: Pen): void {
  const issued = issuedSince(event, pen);
  const inForce = inForceSince(event, pen);
  if (issued.from.earliest < inForce.from.earliest) {
    pen.say('legalStatus', 'issued', { since: issued, until: inForce.from });
  }
  pen.say('legalStatus', 'in-force', { since: inForce });
}

function sayEffectivity(entries: readonly Effectivity[], by: string | null, pen: Pen): void {
  for (const entry of entries) pen.say('effectivity', { ...entry, by });
}

function sayProvisions(provisions: readonly Provision[], pen: Pen): void {
  for (const provision of provisions) pen.say('provision', provision, { key: provision.key });
}

function sayHead(
  data: { title: string; jurisdiction: string; authority: string; provisions: readonly Provision[] },
  pen: Pen,
): void {
  pen.say('title', data.title);
  pen.say('jurisdiction', data.jurisdiction);
  pen.say('authority', data.authority);
  sayProvisions(data.provisions, pen);
}

function sayAmendment(event: Recorded<'RestrictionAmended' | 'RestrictionCorrected'>, pen: Pen): void {
  const { by, effectivity, provisions, removes, removesFrom, why } = event.data;
  sayEffectivity(effectivity, by, pen);
  sayProvisions(provisions, pen);
  pen.sayIfKnown('amendedBy', by);
  if (removes.length > 0) {
    const effective = effectivity.find((entry) => entry.kind === 'effective');
    const since = sinceDate(removesFrom ?? effective?.on ?? null, event, pen.zone);
    pen.say('removal', { keys: removes, by, why }, { since });
  }
}

function saySuspension(event: Recorded<'RestrictionSuspended'>, pen: Pen): void {
  const { from, until, provisions } = event.data;
  const since = sinceDate(from, event, pen.zone);
  const end = until === null ? null : spanIn(until, pen.zone);
  pen.say('suspension', event.data, { since, until: end });
  if (provisions !== undefined) return;
  pen.say('legalStatus', 'suspended', { since, until: end });
  if (end !== null) pen.say('legalStatus', 'unknown', { since: { from: end, assumed: false } });
}

function sayBill(event: Recorded<'BillAdvanced'>, pen: Pen): void {
  const { title, congress, step, provisions } = event.data;
  pen.say('title', title);
  pen.say('form', 'bill');
  // A number of a Congress is one of the United States; of a bill without it the record does not say whose it is.
  if (congress !== null) {
    pen.say('jurisdiction', 'US');
    pen.say('authority', 'US Congress');
  }
  pen.say('billStep', event.data);
  sayProvisions(provisions, pen);
  if (step === 'dropped') pen.say('legalStatus', 'withdrawn');
  else if (step === 'enacted') pen.say('legalStatus', 'in-force');
  else pen.say('legalStatus', 'proposed');
}

/** The claims of one event of regulation, written with a pen on its own instrument. */
export function sayRegulation(event: Recorded, pen: Pen): boolean {
  switch (event.type) {
    case 'RestrictionReported':
      sayHead(event.data, pen);
      pen.sayIfKnown('form', event.data.form);
      pen.say('legalStatus', 'reported');
      return true;
    case 'RestrictionProposed':
      sayHead(event.data, pen);
      pen.sayIfKnown('form', event.data.form);
      pen.sayIfKnown('citation', event.data.citation);
      sayEffectivity(event.data.effectivity, null, pen);
      pen.sayEach('implements', event.data.implements);
      pen.say('legalStatus', 'proposed');
      return true;
    case 'GuidanceIssued':
      pen.sayEach('interprets', event.data.interprets);
      sayRule(event, pen);
      return true;
    case 'RestrictionIssued':
      sayRule(event, pen);
      return true;
    case 'LetterIssued':
      sayHead(event.data, pen);
      pen.say('form', 'letter');
      pen.sayIfKnown('citation', event.data.citation);
      pen.sayIfKnown('recipient', event.data.recipient);
      sayEffectivity(event.data.effectivity, null, pen);
      sayBinding(event, pen);
      return true;
    case 'DirectionGiven':
      sayHead(event.data, pen);
      pen.say('form', 'direction');
      pen.sayEach('addressee', event.data.addressees);
      sayEffectivity(event.data.effectivity, null, pen);
      sayBinding(event, pen);
      return true;
    case 'TariffImposed':
      sayHead(event.data, pen);
      pen.say('form', 'tariff');
      pen.sayIfKnown('citation', event.data.citation);
      sayEffectivity(event.data.effectivity, null, pen);
      sayBinding(event, pen);
      return true;
    case 'PolicyStated':
      sayHead(event.data, pen);
      pen.sayEach('concerns', event.data.concerns);
      return true;
    case 'BillAdvanced':
      sayBill(event, pen);
      return true;
    default:
      return sayLaterStep(event, pen);
  }
}

function sayRule(event: Recorded<'RestrictionIssued' | 'GuidanceIssued'>, pen: Pen): void {
  const { form, citation, effectivity, amends, supersedes } = event.data;
  sayHead(event.data, pen);
  pen.sayIfKnown('form', form);
  pen.sayIfKnown('citation', citation);
  sayEffectivity(effectivity, null, pen);
  pen.sayEach('amends', amends);
  pen.sayEach('supersedes', supersedes);
  pen.sayEach('implements', event.data.implements);
  sayBinding(event, pen);
}

function sayLaterStep(event: Recorded, pen: Pen): boolean {
  switch (event.type) {
    case 'RestrictionAmended':
    case 'RestrictionCorrected':
      sayAmendment(event, pen);
      return true;
    case 'RestrictionSuspended':
      saySuspension(event, pen);
      return true;
    case 'EnforcementChanged': {
      const since = sinceDate(event.data.from, event, pen.zone);
      pen.say('enforcement', event.data.enforcement, { since });
      return true;
    }
    case 'RestrictionEnded': {
      const since = sinceDate(event.data.from, event, pen.zone);
      pen.say('legalStatus', event.data.how, { since });
      if (event.data.how === 'superseded') pen.sayIfKnown('supersededBy', event.data.by, { since });
      return true;
    }
    case 'DecisionIssued':
      pen.say('decision', event.data);
      return true;
    default:
      return false;
  }
}

type NamedAs = 'amendedBy' | 'supersededBy' | 'implementedBy' | 'interpretedBy' | 'concernedBy';
/** Another instrument that an event names, and what the event makes of it. */
export interface NamedInstrument {
  readonly instrument: Slug;
  readonly as: NamedAs;
}

function namedAs(as: NamedAs, instruments: readonly Slug[]): NamedInstrument[] {
  return instruments.map((instrument) => ({ instrument, as }));
}

function namedInRule(event: Recorded<'RestrictionIssued' | 'GuidanceIssued'>): NamedInstrument[] {
  const { amends, supersedes, implements: basis } = event.data;
  return [
    ...namedAs('amendedBy', amends),
    ...namedAs('supersededBy', supersedes),
    ...namedAs('implementedBy', basis),
    ...(event.type === 'GuidanceIssued' ? namedAs('interpretedBy', event.data.interprets) : []),
  ];
}

/** The other instruments that an event of regulation names: what it amends, supersedes, implements, reads or concerns. */
export function instrumentsNamedIn(event: Recorded): readonly NamedInstrument[] {
  switch (event.type) {
    case 'RestrictionIssued':
    case 'GuidanceIssued':
      return namedInRule(event);
    case 'RestrictionProposed':
      return namedAs('implementedBy', event.data.implements);
    case 'PolicyStated':
      return namedAs('concernedBy', event.data.concerns);
    default:
      return [];
  }
}

/** What an event of regulation says of the other instruments that it names. */
export function sayOfOtherInstruments(event: Recorded, pen: Pen): void {
  for (const { instrument, as } of instrumentsNamedIn(event)) {
    pen.on('instrument', instrument).say(as, slugOf(pen.subject));
  }
}
