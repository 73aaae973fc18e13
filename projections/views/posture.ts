/** How does a company stand in compute? What it owns, rents, has on order or plans, what it spends, and who says so. */
import { kindOf, subjectOf } from '../../events/identity.ts';
import type { Subject } from '../../events/identity.ts';
import type { Channel, Claim, Role } from '../claim.ts';
import type { Evidence } from '../evidence.ts';
import { holding, rankOf, resolve } from '../resolve.ts';
import { statusOf } from '../status.ts';
import { tppOf } from './chip.ts';
import { claimList, readingsBehind, sinceText } from './claimList.ts';
import type { ClusterEntry } from './cluster.ts';
import { clusterEntry, roleIn } from './cluster.ts';
import { identityOf } from './company.ts';
import type { DealEntry } from './deal.ts';
import { dealEntry, entryStatus } from './deal.ts';
import { heldLinesOf } from './lines.ts';
import { listingsOf } from './listings.ts';
import { modelView } from './model.ts';
import { nextChangeOf } from './nextChange.ts';
import { rivalsOf, spendingOf } from './spending.ts';
import type { Countable } from './totals.ts';
import { totalOf } from './totals.ts';

const ownRoles: ReadonlySet<Role> = new Set(['lessee', 'buyer', 'holder', 'owner', 'operator', 'user']);

interface Involvement {
  readonly in: Subject;
  readonly role: Role;
  readonly channel: Channel;
}

function involvementsOf(evidence: Evidence, slug: string): Involvement[] {
  const found = new Map<string, Involvement>();
  for (const claim of holding(evidence, subjectOf('party', slug), 'involvement')) {
    const channel = claim.key as Channel;
    found.set(`${claim.value.in} ${channel} ${claim.value.role}`, { ...claim.value, channel });
  }
  return [...found.keys()].toSorted().flatMap((key) => found.get(key) ?? []);
}

function withoutSelf(parties: DealEntry['parties'], slug: string) {
  return parties.filter((party) => party.party !== slug);
}

function fromDeal(entry: DealEntry, role: Role, slug: string) {
  const { parties, channel, stage, ...rest } = entry;
  return { ...rest, role, channel, stage: stage as string, counterparties: withoutSelf(parties, slug) };
}
type AccessEntry = ReturnType<typeof fromDeal>;

function dealAccess(evidence: Evidence, slug: string): AccessEntry[] {
  return involvementsOf(evidence, slug).flatMap((involvement) => {
    if (involvement.channel === 'held' || !ownRoles.has(involvement.role)) return [];
    const entry = dealEntry(evidence, involvement.in, involvement.channel);
    return entry === null ? [] : [fromDeal(entry, involvement.role, slug)];
  });
}

function clusterParties(entry: ClusterEntry, slug: string): DealEntry['parties'] {
  const named = (role: Role, parties: readonly string[] | null) =>
    parties === null ? [] : parties.filter((party) => party !== slug).map((party) => ({ party, role }));
  return [
    ...named('owner', entry.owner),
    ...named('operator', entry.operator),
    ...named('user', entry.users),
  ];
}

function fromCluster(entry: ClusterEntry, role: Role, slug: string): AccessEntry {
  const { operator: _operator, owner: _owner, users: _users, powerMW: _power, ...rest } = entry;
  return {
    ...rest,
    deal: null,
    role,
    channel: 'held',
    amount: null,
    paused: [],
    counterparties: clusterParties(entry, slug),
  };
}

/** The clusters in which the company has a role by what holds, with that role. */
function clustersOf(evidence: Evidence, slug: string): { role: Role; entry: ClusterEntry }[] {
  const subjects = new Set(involvementsOf(evidence, slug).map((involvement) => involvement.in));
  return [...subjects].flatMap((subject) => {
    const entry = kindOf(subject) === 'cluster' ? clusterEntry(evidence, subject) : null;
    const role = entry === null ? null : roleIn(entry, slug);
    return entry === null || role === null ? [] : [{ role, entry }];
  });
}

/** What the company is said to have: one entry, one line for each chip that a stock report names. */
function heldAccess(evidence: Evidence, slug: string): AccessEntry[] {
  const subject = subjectOf('party', slug);
  const named = holding(evidence, subject, 'chips');
  const stock = holding(evidence, subject, 'involvement', 'held').filter(
    (claim) => claim.value.role === 'holder',
  );
  const best = resolve(stock, 'description');
  if (best === null) return [];
  const behind = readingsBehind(stock);
  return [
    {
      deal: null,
      cluster: null,
      role: 'holder',
      channel: 'held',
      stage: 'held',
      status: entryStatus(best.winner.reading, behind, evidence),
      standing: best.winner.standing,
      ...chipsAndAlternatives(evidence, subject, named),
      place: null,
      counterparties: [],
      amount: null,
      paused: [],
      since: sinceText(best.winner, evidence),
      claims: claimList(behind, evidence),
    },
  ];
}

function chipsAndAlternatives(evidence: Evidence, subject: Subject, named: readonly Claim<'chips'>[]) {
  const { lines, alternatives } = heldLinesOf(evidence, subject, named);
  return { chips: lines, alternatives };
}

const idOf = (entry: AccessEntry) =>
  `${entry.deal ?? ''} ${entry.cluster ?? ''} ${entry.channel} ${entry.role}`;
const bestFirst = (a: AccessEntry, b: AccessEntry) =>
  rankOf(a.standing) - rankOf(b.standing) || (idOf(a) < idOf(b) ? -1 : 1);

function countables(
  entries: readonly AccessEntry[],
  view: Countable['view'],
  stages: readonly string[],
): Countable[] {
  return entries.flatMap((entry) =>
    entry.chips.map((line) => ({
      line,
      standing: entry.standing,
      status: entry.status,
      countedStage: stages.includes(entry.stage),
      view,
    })),
  );
}

const deliveredStages = ['delivered', 'stockpiled'];

/** What somebody is said to have is told chip by chip, so each line stands as its own report does. */
function stockLines(held: readonly AccessEntry[]): Countable[] {
  return countables(held, 'stock', ['held']).map((countable) => ({
    ...countable,
    standing: countable.line.standing,
    status: countable.line.status,
  }));
}

/** Rented, owned and ordered. */
function totalsOf(evidence: Evidence, access: readonly AccessEntry[]) {
  const rented = access.filter((entry) => entry.channel === 'rented');
  const bought = access.filter((entry) => entry.channel === 'purchased');
  const delivered = bought.filter((entry) => deliveredStages.includes(entry.stage));
  const owned = access.filter((entry) => entry.channel === 'held' && entry.role === 'owner');
  const held = access.filter((entry) => entry.channel === 'held' && entry.role === 'holder');
  const tpp = (chip: string) => tppOf(evidence, chip);
  return {
    rented: totalOf(countables(rented, 'rental', ['signed', 'running']), tpp),
    owned: totalOf(
      [
        ...countables(delivered, 'delivery', deliveredStages),
        ...countables(owned, 'cluster', ['running']),
        ...stockLines(held),
      ],
      tpp,
    ),
    ordered: totalOf(
      countables(
        bought.filter((entry) => !deliveredStages.includes(entry.stage)),
        'order',
        ['ordered'],
      ),
      tpp,
    ),
  };
}

/** The entries of a set that hold, newest first, each with the event behind it. */
function entriesOf<
  A extends
    'license' | 'enforcementAction' | 'diversion' | 'deployment' | 'financial' | 'supply' | 'investment',
>(evidence: Evidence, subject: Subject, attribute: A) {
  return [...holding(evidence, subject, attribute)].toReversed().map((claim) => ({
    ...claim.value,
    standing: claim.standing,
    status: statusOf(claim.reading, evidence),
    since: sinceText(claim, evidence),
    claims: claimList([claim.reading], evidence),
  }));
}

function modelsOf(evidence: Evidence, subject: Subject) {
  const models = [...new Set(holding(evidence, subject, 'madeModel').map((claim) => claim.value))].toSorted();
  return models.flatMap((slug) => {
    const model = modelView(evidence, slug);
    if (model === null) return [];
    const { id, state: _state, ...rest } = model;
    return [{ model: id, ...rest }];
  });
}

/** Every claim on which the posture rests or will rest: the company's own, and those of what it is involved in. */
function claimsBehind(evidence: Evidence, slug: string): Claim[] {
  const subject = subjectOf('party', slug);
  const involved = evidence.claims(subject, 'involvement').map((claim) => claim.value.in);
  const models = evidence.claims(subject, 'madeModel').map((claim) => subjectOf('model', claim.value));
  return [...new Set([subject, ...involved, ...models])].flatMap((one) => [...evidence.allClaims(one)]);
}

/** The compute posture of a company (http-api.md, "Posture"); null where nothing visible names it. */
export function postureView(evidence: Evidence, slug: string) {
  const subject = subjectOf('party', slug);
  const readings = evidence.readings(subject);
  if (readings.length === 0) return null;
  const clusters = clustersOf(evidence, slug);
  const access = [
    ...dealAccess(evidence, slug),
    ...heldAccess(evidence, slug),
    ...clusters.map(({ entry, role }) => fromCluster(entry, role, slug)),
  ].toSorted(bestFirst);
  const spending = spendingOf(evidence, slug);
  return {
    company: identityOf(evidence, slug),
    access,
    spending,
    rivals: rivalsOf(evidence, spending),
    clusters: clusters.map(({ entry, role }) => ({ ...entry, role })),
    models: modelsOf(evidence, subject),
    listings: listingsOf(evidence, slug),
    licenses: entriesOf(evidence, subject, 'license'),
    enforcement: entriesOf(evidence, subject, 'enforcementAction'),
    diversions: entriesOf(evidence, subject, 'diversion'),
    deployments: entriesOf(evidence, subject, 'deployment'),
    supply: entriesOf(evidence, subject, 'supply'),
    financials: entriesOf(evidence, subject, 'financial'),
    investments: entriesOf(evidence, subject, 'investment'),
    totals: totalsOf(evidence, access),
    nextChange: nextChangeOf(claimsBehind(evidence, slug), evidence.clocks.asOf),
  };
}
