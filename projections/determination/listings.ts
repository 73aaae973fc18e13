/** Is a party on a list, or owned by listed parties, and what does the entry say? (15 CFR 744.11, 744.16.) */
import type { ProvisionOf, ReviewPolicyName } from '../../events/provision.ts';
import { reviewPolicies } from '../../events/provision.ts';
import type { Facts, Judge, OwnerFacts, PartyFacts } from './facts.ts';
import type { Leaf } from './judged.ts';
import { leaf } from './judged.ts';
import type { Truth } from './kleene.ts';
import { any } from './kleene.ts';
import type { Entry } from './parties.ts';
import { policiesNamed, standsOn } from './parties.ts';

type ListingPolicy = ProvisionOf<'listing-policy'>;

/** The entries on some lists that stand, or may stand, on the day. */
function standing(entries: readonly Entry[], lists: readonly string[], facts: Facts): Entry[] {
  return entries.filter((entry) => lists.includes(entry.list) && standsOn(entry, facts.day) !== false);
}

function isListed(entries: readonly Entry[], lists: readonly string[], facts: Facts): Truth {
  return any(standing(entries, lists, facts).map((entry) => standsOn(entry, facts.day)));
}

function entryText(entry: Entry): string {
  const footnotes = entry.footnotes.length === 0 ? '' : ` with footnote ${entry.footnotes.join(', ')}`;
  const policy = entry.reviewPolicy === null ? '' : ` (${entry.reviewPolicy})`;
  return `${entry.list}${footnotes}${policy}`;
}

/** A party that is not known to be listed counts as unlisted, which is an assumption: the lists are not complete. */
function readListing(party: PartyFacts, lists: readonly string[], facts: Facts): Leaf {
  const text = `${party.label} (${party.role}) is on the ${lists.join(' or ')}`;
  const settledBy = `${party.pointer.slice(1).replaceAll('/', '.')}.listings`;
  const entries = standing(party.entries, lists, facts);
  const holds = isListed(party.entries, lists, facts);
  if (holds !== false) return leaf('listing', holds, text, entries.map(entryText).join('; '), { settledBy });
  const assumption = `${party.label} (${party.role}): counted as not on the ${lists.join(', ')}, since the record has no such entry and is not complete`;
  return leaf('listing', facts.isAssuming ? false : 'unknown', text, 'no entry in the record', {
    settledBy,
    assumption,
  });
}

/** What share the listed owners hold together; `least` without, `most` with the owners whose share is not recorded. */
function listedShare(owners: readonly OwnerFacts[], lists: readonly string[], facts: Facts) {
  const listed = owners.filter(({ entries }) => isListed(entries, lists, facts) !== false);
  const sure = listed.filter(({ entries }) => isListed(entries, lists, facts) === true);
  const sum = (some: readonly OwnerFacts[], open: number) =>
    some.reduce((total, { percent }) => total + (percent ?? open), 0);
  return { least: sum(sure, 0), most: Math.min(100, sum(listed, 100)), listed };
}

function shareText(owners: readonly OwnerFacts[]): string {
  return owners
    .map(
      ({ label, percent }) => `${label} (${percent === null ? 'share not recorded' : `${percent} percent`})`,
    )
    .join(', ');
}

/** Whether the owners that are known hold so much that the others cannot reach the limit. */
function leavesTooLittle(owners: readonly OwnerFacts[], limit: number): boolean {
  const shares = owners.map(({ percent }) => percent).filter((percent) => percent !== null);
  return shares.reduce((sum, percent) => sum + percent, 0) > 100 - limit;
}

/** A recorded owner that is listed and whose share nobody gives leaves it open; without one the share counts as below. */
function readOwnership(party: PartyFacts, limit: number, lists: readonly string[], facts: Facts): Leaf {
  const text = `${party.label} (${party.role}) is owned ${limit} percent or more by parties on the ${lists.join(' or ')}`;
  const settledBy = `${party.pointer.slice(1).replaceAll('/', '.')}.owners`;
  const { least, most, listed } = listedShare(party.owners, lists, facts);
  if (least >= limit) return leaf('listing', true, text, shareText(listed), { settledBy });
  if (most >= limit) return leaf('listing', 'unknown', text, shareText(listed), { settledBy });
  if (leavesTooLittle(party.owners, limit))
    return leaf('listing', false, text, shareText(party.owners), { settledBy });
  const assumption = `${party.label} (${party.role}): the share owned by parties on the ${lists.join(', ')} is not known and counted as below ${limit} percent`;
  return leaf('listing', facts.isAssuming ? false : 'unknown', text, 'share not known', {
    settledBy,
    assumption,
  });
}

const noParty = leaf('listing', false, 'a party is named', 'none');

function readParty(provision: ListingPolicy, party: PartyFacts, facts: Facts): Leaf {
  const { lists, ownedAtLeastPercent } = provision;
  if (ownedAtLeastPercent === undefined) return readListing(party, lists, facts);
  return readOwnership(party, ownedAtLeastPercent, lists, facts);
}

/** Whether a party of the question falls under a listing policy. */
export function judgeListing(provision: ListingPolicy): Judge {
  return (facts) => {
    if (facts.parties.length === 0) return noParty;
    const parts = facts.parties.map((party) => readParty(provision, party, facts));
    return { node: 'any', holds: any(parts.map(({ holds }) => holds)), parts, rule: null };
  };
}

/** The entries by which a party falls under a listing policy: its own, or those of its owners. */
function entriesUnder(provision: ListingPolicy, party: PartyFacts, facts: Facts): Entry[] {
  if (readParty(provision, party, facts).holds === false) return [];
  if (provision.ownedAtLeastPercent === undefined) return standing(party.entries, provision.lists, facts);
  return party.owners.flatMap(({ entries }) => standing(entries, provision.lists, facts));
}

function strictest(policies: readonly ReviewPolicyName[]): ReviewPolicyName | null {
  return reviewPolicies.findLast((policy) => policies.includes(policy)) ?? null;
}

/** The policy of review that the entries name, the strictest of several; `doubts`: where an entry makes distinctions. */
export function policyOfEntries(
  provision: ListingPolicy,
  facts: Facts,
): { policy: ReviewPolicyName | null; doubts: string[] } {
  const entries = facts.parties.flatMap((party) => entriesUnder(provision, party, facts));
  const policies: ReviewPolicyName[] = [];
  const doubts: string[] = [];
  for (const { reviewPolicy, list } of entries) {
    const named = reviewPolicy === null ? [] : policiesNamed(reviewPolicy);
    policies.push(...named);
    if (named.length === 0 && provision.otherwisePolicy !== undefined)
      policies.push(provision.otherwisePolicy);
    if (named.length > 1)
      doubts.push(`The entry on the ${list} makes distinctions; the strictest is taken: ${reviewPolicy}`);
    if (named.length === 0) doubts.push(`The entry on the ${list} in the record names no policy of review.`);
  }
  return { policy: strictest(policies), doubts: [...new Set(doubts)] };
}
