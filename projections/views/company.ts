/** Who is a company? Its name, headquarters, owners, and the lists it stands on. */
import { subjectOf } from '../../events/identity.ts';
import type { Evidence } from '../evidence.ts';
import { described } from '../resolve.ts';
import { alternativesOf, claimList, readingsBehind } from './claimList.ts';
import { listingsOf, pastListingsOf } from './listings.ts';

const identity = [
  'name',
  'aliases',
  'partyKind',
  'headquarters',
  'parent',
  'ultimateParentHeadquarters',
  'identifiers',
] as const;

/**
 * The identity of a company. `null`: nothing visible says. `ultimateParentHeadquarters: "self"`: it is its own top
 * owner.
 */
export function identityOf(evidence: Evidence, slug: string) {
  const subject = subjectOf('party', slug);
  const value = <A extends (typeof identity)[number]>(attribute: A) =>
    described(evidence, subject, attribute)?.winner.value ?? null;
  return {
    id: slug,
    name: value('name'),
    aliases: value('aliases'),
    kind: value('partyKind'),
    headquarters: value('headquarters'),
    parent: value('parent'),
    ultimateParentHeadquarters: value('ultimateParentHeadquarters'),
    identifiers: value('identifiers'),
  };
}

/** A company with its identity, where it comes from, and its listings; null where nothing visible names it. */
export function companyView(evidence: Evidence, slug: string) {
  const subject = subjectOf('party', slug);
  if (evidence.readings(subject).length === 0) return null;
  const found = identity.map((attribute) => described(evidence, subject, attribute));
  const behind = readingsBehind(
    found.flatMap((resolution) => (resolution === null ? [] : [resolution.winner])),
  );
  return {
    ...identityOf(evidence, slug),
    listings: listingsOf(evidence, slug),
    pastListings: pastListingsOf(evidence, slug),
    claims: claimList(behind, evidence),
    alternatives: alternativesOf(found),
  };
}

/** Every company that a visible event names, by id. */
export function companiesView(evidence: Evidence) {
  return evidence.subjects('party').map((slug) => {
    const lists = listingsOf(evidence, slug).map((listing) => listing.list);
    return { ...identityOf(evidence, slug), lists: [...new Set(lists)].toSorted() };
  });
}
