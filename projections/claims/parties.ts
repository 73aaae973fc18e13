/** What do the events about companies and destinations claim? */
import type { Zone } from '../../events/dates.ts';
import { utc, zoneOf } from '../../events/dates.ts';
import type { ListName } from '../../events/parties.ts';
import type { Recorded } from '../../events/registry.ts';
import { Pen, sinceDate, sinceOf } from './assert.ts';

/** Whose law a list is. */
const listCountry: Readonly<Record<ListName, string>> = {
  'entity-list': 'US',
  'meu-list': 'US',
  uvl: 'US',
  sdn: 'US',
  'denied-persons': 'US',
  'cn-unreliable-entity': 'CN',
  'cn-export-control': 'CN',
  'tw-shtc': 'TW',
};

/** The zone of an authority that is given as a party (`us-bis`); UTC where the text does not say whose it is. */
function zoneOfAuthority(authority: string): Zone {
  const country = /^([a-z]{2})-/.exec(authority)?.[1];
  return country === undefined ? utc : zoneOf(country.toUpperCase());
}

function inZone(pen: Pen, zone: Zone): Pen {
  return new Pen(pen.claims, pen.reading, pen.subject, zone, sinceOf(pen.reading.event, zone));
}

function sayIdentity(event: Recorded<'PartyRegistered'>, pen: Pen): void {
  const { name, aliases, kind, headquarters, parent, ultimateParentHeadquarters, identifiers } = event.data;
  pen.say('name', name);
  pen.say('aliases', aliases);
  pen.say('partyKind', kind);
  pen.sayIfKnown('headquarters', headquarters);
  pen.say('parent', parent);
  pen.sayIfKnown('ultimateParentHeadquarters', ultimateParentHeadquarters);
  pen.say('identifiers', identifiers);
}

function sayListing(event: Recorded<'PartyListed' | 'PartyDelisted'>, pen: Pen): void {
  const legal = inZone(pen, zoneOf(listCountry[event.data.list]));
  const since = sinceDate(event.data.from, event, legal.zone);
  legal.say(event.type === 'PartyListed' ? 'listing' : 'delisting', event.data, { since });
}

function sayLicense(event: Recorded<'LicenseDecided'>, pen: Pen): void {
  const legal = inZone(pen, zoneOfAuthority(event.data.authority));
  const since = sinceDate(event.data.from, event, legal.zone);
  legal.say('license', event.data, { since });
  for (const party of new Set([...event.data.licensee, ...event.data.recipients])) {
    if (legal.subject !== `party:${party}`) legal.on('party', party).say('license', event.data, { since });
  }
}

function sayEnforcement(event: Recorded<'EnforcementActionTaken'>, pen: Pen): void {
  const legal = inZone(pen, zoneOfAuthority(event.data.authority));
  legal.say('enforcementAction', event.data);
  const { target } = event.data;
  if (target !== null && legal.subject !== `party:${target}`) {
    legal.on('party', target).say('enforcementAction', event.data);
  }
}

/** The claims of one event about parties or destinations. */
export function sayParties(event: Recorded, pen: Pen): boolean {
  switch (event.type) {
    case 'PartyRegistered':
      sayIdentity(event, pen);
      return true;
    case 'PartyListed':
    case 'PartyDelisted':
      sayListing(event, pen);
      return true;
    case 'LicenseDecided':
      sayLicense(event, pen);
      return true;
    case 'EnforcementActionTaken':
      sayEnforcement(event, pen);
      return true;
    case 'DiversionAlleged':
      pen.say('diversion', event.data);
      for (const party of event.data.who) {
        if (pen.subject !== `party:${party}`) pen.on('party', party).say('diversion', event.data);
      }
      return true;
    case 'FinancialDisclosed':
      pen.on('party', event.data.party).say('financial', event.data);
      return true;
    case 'InvestmentReported':
      pen.on('party', event.data.investor).say('investment', event.data);
      pen.on('party', event.data.investee).say('investment', event.data);
      return true;
    case 'CountryGroupsChanged': {
      const legal = inZone(pen, zoneOf('US'));
      const since = sinceDate(event.data.from, event, legal.zone);
      legal.say('countryGroup', event.data, { key: event.data.group, since });
      return true;
    }
    default:
      return false;
  }
}
