/** What does an event claim, and of whom? The first of the three functions of a projection. */
import type { Subject } from '../../events/identity.ts';
import { kindOf, slugOf, subjectOf } from '../../events/identity.ts';
import { utc } from '../../events/dates.ts';
import type { Recorded } from '../../events/registry.ts';
import type { ChipQuantity } from '../../events/values.ts';
import type { Claim, Reading } from '../claim.ts';
import { Pen, zoneOfInstrument } from './assert.ts';
import { sayChipEvents, sayDeals } from './compute.ts';
import { sayModels } from './models.ts';
import { sayParties } from './parties.ts';
import { instrumentsNamedIn, sayOfOtherInstruments, sayRegulation } from './regulation.ts';

/** Every claim of one reading, about all subjects that it speaks of. Pure. */
export function claimsOf(reading: Reading): Claim[] {
  const { event } = reading;
  const claims: Claim[] = [];
  const zone = kindOf(event.subject) === 'instrument' ? zoneOfInstrument(event.subject) : utc;
  const pen = new Pen(claims, reading, event.subject, zone);
  if (event.type === 'CoverageDeclared') pen.say('coverage', event.data);
  else if (event.type === 'SubjectsMerged') sayMerge(event, pen);
  else if (sayRegulation(event, pen)) sayOfOtherInstruments(event, pen);
  else if (!sayParties(event, pen) && !sayDeals(event, pen) && !sayChipEvents(event, pen))
    sayModels(event, pen);
  return claims;
}

/** Two subjects are one: the old id points to the new one, and the new one takes in what the old one has. */
function sayMerge(event: Recorded<'SubjectsMerged'>, pen: Pen): void {
  const { into, from } = event.data;
  pen.on(kindOf(from), slugOf(from)).say('mergedInto', into);
  pen.on(kindOf(into), slugOf(into)).say('absorbs', from);
}

/** Adds the parties that an event names in its data. A replay asks this of every event, so it makes no lists of its own. */
function addParties(event: Recorded, parties: (string | null)[]): void {
  switch (event.type) {
    case 'RentalDealReported':
      parties.push(...event.data.lessees, ...event.data.lessors, ...event.data.sellers);
      return addSharers(event.data.chips, parties);
    case 'PurchaseReported':
      parties.push(...event.data.buyers, ...event.data.sellers);
      return addSharers(event.data.chips, parties);
    case 'ClusterDisclosed':
      parties.push(...event.data.operator, ...event.data.owner, ...event.data.users);
      return;
    case 'StockReported':
      parties.push(event.data.holder);
      return addSharers(event.data.chips, parties);
    case 'SpendingPlanReported':
      parties.push(event.data.party, ...event.data.comparedWith);
      return;
    case 'DiversionAlleged':
    case 'DeploymentChanged':
      parties.push(...event.data.who);
      return;
    case 'LicenseDecided':
      parties.push(...event.data.licensee, ...event.data.recipients);
      return addSharers(event.data.items, parties);
    case 'InvestmentReported':
      parties.push(event.data.investor, event.data.investee);
      return;
    case 'DirectionGiven':
      parties.push(...event.data.addressees);
      return;
    default:
      parties.push(oneParty(event));
  }
}

function addSharers(chips: readonly ChipQuantity[], parties: (string | null)[]): void {
  for (const { sharedBy } of chips) parties.push(...sharedBy);
}

/** The one party that an event names in its data, where it names one. */
function oneParty(event: Recorded): string | null {
  switch (event.type) {
    case 'ModelReleased':
      return event.data.developer;
    case 'SupplyReported':
      return event.data.maker;
    case 'FinancialDisclosed':
      return event.data.party;
    case 'EnforcementActionTaken':
      return event.data.target;
    case 'ChipAnnounced':
      return event.data.vendor;
    case 'LetterIssued':
      return event.data.recipient;
    case 'ClaimDenied':
    case 'TrainingClaimed':
    case 'TrainingDisputed':
      return event.data.by;
    case 'PartyRegistered':
      return event.data.parent;
    default:
      return null;
  }
}

function addChips(event: Recorded, chips: (string | null)[]): void {
  if (event.type === 'ChipSalesChanged') chips.push(...event.data.chips);
  else if (event.type === 'SupplyReported') for (const { chip } of event.data.chips) chips.push(chip);
}

/** Every subject that an event speaks of, its own first; one may stand there twice. Holds every subject of `claimsOf`. */
export function subjectsIn(event: Recorded): readonly Subject[] {
  const subjects = [event.subject];
  if (event.type === 'SubjectsMerged') subjects.push(event.data.into, event.data.from);
  const names: (string | null)[] = [];
  addParties(event, names);
  const parties = names.length;
  addChips(event, names);
  for (const [at, name] of names.entries())
    if (name !== null) subjects.push(subjectOf(at < parties ? 'party' : 'chip', name));
  for (const { instrument } of instrumentsNamedIn(event)) subjects.push(subjectOf('instrument', instrument));
  return subjects;
}

/** Every subject that an event speaks of, once. */
export function subjectsOf(event: Recorded): ReadonlySet<Subject> {
  return new Set(subjectsIn(event));
}
