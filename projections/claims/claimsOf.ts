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

const sharersOf = (chips: readonly ChipQuantity[]) => chips.flatMap((chip) => chip.sharedBy);

/** The parties that an event names in its data. */
function partiesIn(event: Recorded): readonly string[] {
  switch (event.type) {
    case 'RentalDealReported':
      return [
        ...event.data.lessees,
        ...event.data.lessors,
        ...event.data.sellers,
        ...sharersOf(event.data.chips),
      ];
    case 'PurchaseReported':
      return [...event.data.buyers, ...event.data.sellers, ...sharersOf(event.data.chips)];
    case 'ClusterDisclosed':
      return [...event.data.operator, ...event.data.owner, ...event.data.users];
    case 'StockReported':
      return [event.data.holder, ...sharersOf(event.data.chips)];
    case 'SpendingPlanReported':
      return [event.data.party, ...event.data.comparedWith];
    case 'DiversionAlleged':
    case 'DeploymentChanged':
      return event.data.who;
    case 'LicenseDecided':
      return [...event.data.licensee, ...event.data.recipients, ...sharersOf(event.data.items)];
    case 'InvestmentReported':
      return [event.data.investor, event.data.investee];
    case 'DirectionGiven':
      return event.data.addressees;
    default:
      return [oneParty(event)].filter((party) => party !== null);
  }
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

function chipsIn(event: Recorded): readonly string[] {
  if (event.type === 'ChipSalesChanged') return event.data.chips;
  if (event.type !== 'SupplyReported') return [];
  return event.data.chips.map((line) => line.chip).filter((chip) => chip !== null);
}

/** Every subject that an event speaks of: its own, and those that it names. Holds every subject of `claimsOf`. */
export function subjectsOf(event: Recorded): ReadonlySet<Subject> {
  const subjects = new Set<Subject>([event.subject]);
  if (event.type === 'SubjectsMerged') subjects.add(event.data.into).add(event.data.from);
  for (const party of partiesIn(event)) subjects.add(subjectOf('party', party));
  for (const chip of chipsIn(event)) subjects.add(subjectOf('chip', chip));
  for (const { instrument } of instrumentsNamedIn(event)) subjects.add(subjectOf('instrument', instrument));
  return subjects;
}
