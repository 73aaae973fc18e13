/** What do the events of chips, deals and clusters claim? */
import { figureFields } from '../../events/compute.ts';
import type { ChipFigures, Figure } from '../../events/compute.ts';
import type { Recorded } from '../../events/registry.ts';
import type { Amount, ChipQuantity, Place, Standing } from '../../events/values.ts';
import type { Channel, Role } from '../claim.ts';
import { lineKey } from '../claim.ts';
import type { Pen } from './assert.ts';
import { sinceDate } from './assert.ts';

/** A figure derived from the vendor's figures ranks like the vendor's word; the others as their event stands. */
function standingOf(figure: Figure, pen: Pen): Standing {
  return figure.basis === 'derived' ? 'company' : pen.reading.event.standing;
}

function sayFigures(figures: ChipFigures, pen: Pen): void {
  for (const field of figureFields) {
    const figure = figures[field];
    if (figure !== null) pen.say(field, figure, { standing: standingOf(figure, pen) });
  }
  pen.sayIfKnown('marketedForDatacenter', figures.marketedForDatacenter);
  for (const [precision, rate] of Object.entries(figures.rates ?? {}))
    pen.say('rate', rate, { key: precision });
  const classified = figures.reportedClassification;
  if (classified === null) return;
  for (const [eccn, inEccn] of Object.entries(classified.eccn)) {
    pen.say('reportedClassification', { inEccn, basis: classified.basis }, { key: eccn });
  }
}

/** The chips that an event names, and for each the count where it gives one; `channel` parts a deal's channels. */
function sayChips(chips: readonly ChipQuantity[], channel: string, pen: Pen): void {
  pen.sayList('chips', chips, { key: channel });
  for (const { chip, unit, count, basis } of chips) {
    if (count !== null) pen.say('count', { count, basis }, { key: `${channel}/${lineKey(chip, unit)}` });
  }
}

interface Terms {
  readonly chips: readonly ChipQuantity[];
  readonly place: Place | null;
  readonly amount: Amount | null;
}

function sayTerms(terms: Terms, channel: Channel | '*', pen: Pen): void {
  sayChips(terms.chips, channel, pen);
  pen.sayIfKnown('place', terms.place, { key: channel });
  pen.sayIfKnown('amount', terms.amount, { key: channel });
}

/** The roles of parties in a deal: on the deal, and on each party a pointer to it. */
function sayRoles(roles: Partial<Record<Role, readonly string[]>>, channel: Channel, pen: Pen): void {
  for (const [role, parties] of Object.entries(roles) as [Role, readonly string[]][]) {
    for (const party of parties) {
      pen.say('party', { party, role }, { key: channel });
      pen.on('party', party).say('involvement', { in: pen.subject, role }, { key: channel });
    }
  }
}

function sharers(chips: readonly ChipQuantity[]): string[] {
  return [...new Set(chips.flatMap((chip) => chip.sharedBy))];
}

function sayCluster(event: Recorded<'ClusterDisclosed'>, pen: Pen): void {
  const { operator, owner, users, chips, place, powerMW, stage } = event.data;
  pen.sayList('operator', operator);
  pen.sayList('owner', owner);
  pen.sayList('users', users);
  pen.sayIfKnown('place', place);
  pen.sayIfKnown('powerMW', powerMW);
  pen.say('stage', stage);
  sayChips(chips, '', pen);
  sayRoles({ owner, operator, user: users }, 'held', pen);
}

function sayStock(event: Recorded<'StockReported'>, pen: Pen): void {
  const since = event.occurredOn === null ? sinceDate(event.data.asOf, event, pen.zone) : pen.since;
  for (const party of new Set([event.data.holder, ...sharers(event.data.chips)])) {
    const held = pen.on('party', party);
    held.say('involvement', { in: pen.subject, role: 'holder' }, { key: 'held', since });
    for (const line of event.data.chips) {
      const key = lineKey(line.chip, line.unit);
      held.say('chips', [line], { key: `held/${key}`, since });
      if (line.count !== null)
        held.say('count', { count: line.count, basis: line.basis }, { key: `held/${key}`, since });
    }
  }
}

/** The claims of one event of deals, stocks or clusters. */
export function sayDeals(event: Recorded, pen: Pen): boolean {
  switch (event.type) {
    case 'RentalDealReported': {
      const { lessees, lessors, sellers, stage } = event.data;
      pen.say('stage', stage, { key: 'rented' });
      sayTerms(event.data, 'rented', pen);
      sayRoles({ lessee: lessees, lessor: lessors, seller: sellers }, 'rented', pen);
      return true;
    }
    case 'PurchaseReported': {
      const { buyers, sellers, stage } = event.data;
      pen.say('stage', stage, { key: 'purchased' });
      sayTerms(event.data, 'purchased', pen);
      sayRoles({ buyer: buyers, seller: sellers }, 'purchased', pen);
      return true;
    }
    case 'DealUpdated':
      pen.say('update', event.data);
      sayTerms(event.data, '*', pen);
      if (event.data.stage === 'completed' || event.data.stage === 'cancelled') {
        pen.say('stage', event.data.stage, { key: '*' });
      }
      if (event.data.stage === 'paused') pen.say('paused', event.data.what);
      return true;
    case 'ClusterDisclosed':
      sayCluster(event, pen);
      return true;
    case 'StockReported':
      sayStock(event, pen);
      return true;
    case 'SpendingPlanReported':
      pen.on('party', event.data.party).say('spending', event.data);
      return true;
    case 'DeploymentChanged':
      pen.say('deployment', event.data);
      for (const party of event.data.who) {
        if (pen.subject !== `party:${party}`) pen.on('party', party).say('deployment', event.data);
      }
      return true;
    default:
      return false;
  }
}

/** The claims of one event about chips. */
export function sayChipEvents(event: Recorded, pen: Pen): boolean {
  switch (event.type) {
    case 'ChipAnnounced':
      pen.say('name', event.data.name);
      pen.say('vendor', event.data.vendor);
      pen.sayIfKnown('madeForMarket', event.data.madeForMarket);
      pen.sayIfKnown('released', event.data.released);
      if (event.data.figures !== null) sayFigures(event.data.figures, pen);
      return true;
    case 'ChipFiguresReported':
      sayFigures(event.data.figures, pen);
      return true;
    case 'ChipSalesChanged':
      for (const chip of new Set([...event.data.chips, pen.subject.slice('chip:'.length)])) {
        pen.on('chip', chip).say('sales', event.data, { key: event.data.market });
      }
      return true;
    case 'SupplyReported':
      pen.on('party', event.data.maker).say('supply', event.data);
      for (const { chip } of event.data.chips)
        if (chip !== null) pen.on('chip', chip).say('supply', event.data);
      return true;
    default:
      return false;
  }
}
