/** From which events does a spec start? Recorded events, with all filled in that the spec is not about. */
import { v5 } from 'uuid';
import type { EventId, Subject } from '../../events/identity.ts';
import { subjectOf } from '../../events/identity.ts';
import type { EventTypeName, Recorded } from '../../events/registry.ts';
import { readDraft } from '../../events/registry.ts';
import type { Standing } from '../../events/values.ts';
import { ClaimIndex } from '../../projections/claimIndex.ts';
import type { Clocks } from '../../projections/clocks.ts';
import { momentOf } from '../../projections/clocks.ts';
import type { Evidence } from '../../projections/evidence.ts';
import { fold } from '../../projections/fold.ts';

const namespace = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';

/** The id of the event that a spec calls by this name. */
export function idOf(name: string): EventId {
  return v5(name, namespace) as EventId;
}

/** What every event of a spec may say beside its data. */
export interface Envelope {
  /** By which other events of the spec call it. */
  readonly name?: string;
  readonly publishedOn?: string;
  readonly occurredOn?: string | null;
  readonly standing?: Standing;
  readonly summary?: string;
  /** The party whose statement it is. */
  readonly statementBy?: string;
  readonly confirms?: string;
  readonly follows?: string;
  readonly corrects?: string;
  readonly sources?: readonly { readonly publishedOn: string | null }[];
}

/** An event that is not recorded yet. */
export interface Given {
  readonly type: EventTypeName;
  readonly subject: Subject;
  readonly data: Readonly<Record<string, unknown>>;
  readonly envelope: Envelope;
}

function relationsOf({ confirms, follows, corrects }: Envelope) {
  return Object.entries({ confirms, follows, corrects })
    .filter(([, to]) => to !== undefined)
    .map(([how, to]) => ({ how, to: idOf(to as string) }));
}

function attributionOf({ statementBy }: Envelope) {
  if (statementBy === undefined) return null;
  return { outlet: null, statementBy, filing: null, anonymous: null, officials: null };
}

function sourceOf({ publishedOn }: { readonly publishedOn: string | null }) {
  return {
    url: 'https://example.org/',
    title: 'A report',
    publisher: 'A paper',
    publishedOn,
    quality: 'press',
  };
}

/** When an event of a spec is recorded: its position is the second. */
export function recordedAtOf(seq: number): string {
  return new Date(Date.UTC(2026, 0, 1) + seq * 1000).toISOString();
}

function recordedFrom({ type, subject, data, envelope }: Given, seq: number): Recorded {
  const reading = readDraft({
    type,
    subject,
    publishedOn: envelope.publishedOn ?? '2025-01-01',
    occurredOn: envelope.occurredOn ?? null,
    standing: envelope.standing ?? 'reported',
    summary: envelope.summary ?? `Event ${seq + 1}.`,
    data,
    attribution: attributionOf(envelope),
    sources: (envelope.sources ?? []).map(sourceOf),
    relates: relationsOf(envelope),
  });
  if (!reading.ok) throw new Error(`a spec gives an unlawful ${type}: ${JSON.stringify(reading.flaws)}`);
  const id = idOf(envelope.name ?? `event ${seq + 1}`);
  return { ...reading.event, id, seq, recordedAt: recordedAtOf(seq), actor: 'spec' };
}

/** The log that holds these events, in this order, from position 1. */
export function recorded(...given: readonly Given[]): Recorded[] {
  return given.map((event, seq) => recordedFrom(event, seq));
}

/** The clocks of a question, as texts; no position: the head of the log. */
export interface Question {
  readonly asOf: string;
  readonly publishedBy?: string;
  readonly position?: number;
}

function clocksOf({ asOf, publishedBy, position }: Question, head: number): Clocks {
  return {
    asOf: momentOf(asOf),
    publishedBy: publishedBy === undefined ? null : momentOf(publishedBy),
    position: position ?? head,
  };
}

/** Asks the index, once the fold has said that it knows nothing else of the subjects' claims. */
export function known(question: Question, ...given: readonly Given[]): Evidence {
  const log = recorded(...given);
  const index = new ClaimIndex();
  for (const event of log) index.add(event);
  const clocks = clocksOf(question, log.length);
  const [found, folded] = [index.at(clocks), fold(log, clocks)];
  if (JSON.stringify(found.everything()) !== JSON.stringify(folded.everything())) {
    throw new Error('the index and the fold know different things');
  }
  return found;
}

type Data = Readonly<Record<string, unknown>>;

function made(type: EventTypeName, subject: Subject, data: Data, envelope: Envelope): Given {
  return { type, subject, data, envelope };
}

/** So many of a chip, each exactly; `null`: no number given. */
export function chips(chip: string, count: number | null, more: Data = {}): Data {
  const quantity = count === null ? null : { low: count, best: count, high: count };
  return { chip, count: quantity, basis: 'reported', ...more };
}

/** An interval; what is left out is not stated. */
export function interval(values: { low?: number; best?: number; high?: number }): Data {
  return { low: values.low ?? null, best: values.best ?? null, high: values.high ?? null };
}

export function dollars(
  best: number,
  period: { from: string | null; to: string | null } | null = null,
): Data {
  return { value: interval({ best }), currency: 'USD', what: 'what it costs', period };
}

type RentalTerms = {
  lessees?: string[];
  lessors?: string[];
  stage?: string;
  chips?: Data[];
  amount?: Data;
  place?: Data;
};
/** A rental by ByteDance, signed, of nothing named. */
export function rental(deal: string, terms: RentalTerms = {}, envelope: Envelope = {}): Given {
  const data = { lessees: ['bytedance'], lessors: [], place: null, amount: null, stage: 'signed', ...terms };
  return made('RentalDealReported', subjectOf('deal', deal), data, envelope);
}

type PurchaseTerms = {
  buyers?: string[];
  sellers?: string[];
  stage?: string;
  chips?: Data[];
  amount?: Data;
  place?: Data;
};
/** A purchase by ByteDance, ordered, of nothing named. */
export function purchase(deal: string, terms: PurchaseTerms = {}, envelope: Envelope = {}): Given {
  const data = { buyers: ['bytedance'], place: null, amount: null, stage: 'ordered', ...terms };
  return made('PurchaseReported', subjectOf('deal', deal), data, envelope);
}

export function dealUpdate(
  deal: string,
  terms: { stage: string; chips?: Data[] },
  envelope: Envelope = {},
): Given {
  const data = { what: 'news of the deal', amount: null, place: null, ...terms };
  return made('DealUpdated', subjectOf('deal', deal), data, envelope);
}

/** What ByteDance is said to have. */
export function stock(lines: Data[], envelope: Envelope = {}, asOf: string | null = null): Given {
  const data = { holder: 'bytedance', chips: lines, asOf };
  return made('StockReported', subjectOf('party', 'bytedance'), data, envelope);
}

type ClusterTerms = {
  operator?: string[];
  owner?: string[];
  users?: string[];
  stage?: string;
  chips?: Data[];
};
/** A running cluster that nobody is named for. */
export function cluster(name: string, terms: ClusterTerms = {}, envelope: Envelope = {}): Given {
  const data = { operator: [], owner: [], place: null, powerMW: null, stage: 'running', ...terms };
  return made('ClusterDisclosed', subjectOf('cluster', name), data, envelope);
}

type Plan = { party?: string; amount?: Data | null; of?: string; comparedWith?: string[] };
export function spendingPlan(terms: Plan = {}, envelope: Envelope = {}): Given {
  const data = { party: 'bytedance', amount: null, of: 'chips', claim: null, ...terms };
  return made('SpendingPlanReported', subjectOf('party', data.party), data, envelope);
}

/** ByteDance denies events of a deal. */
export function denial(
  of: string[],
  terms: { scope: string; by?: string; on?: Subject },
  envelope: Envelope = {},
): Given {
  const data = {
    denies: of.map(idOf),
    by: terms.by ?? 'bytedance',
    scope: terms.scope,
    says: 'it is not so',
  };
  return made('ClaimDenied', terms.on ?? subjectOf('deal', 'plan'), data, {
    standing: 'company',
    ...envelope,
  });
}

export function trainingClaim(model: string, terms: Data = {}, envelope: Envelope = {}): Given {
  const data = {
    by: null,
    chips: [],
    chipHours: null,
    cost: null,
    costCovers: null,
    costExcludes: null,
    trainingFlop: null,
    ...terms,
  };
  return made('TrainingClaimed', subjectOf('model', model), data, envelope);
}

export function trainingDispute(of: string, model: string, envelope: Envelope = {}): Given {
  const data = { disputes: [idOf(of)], by: null, says: 'it cost more', chips: [], cost: null };
  return made('TrainingDisputed', subjectOf('model', model), data, envelope);
}

export function modelRelease(model: string, developer: string, envelope: Envelope = {}): Given {
  const data = { name: model, developer, openWeights: null, parametersTotal: null, parametersActive: null };
  return made('ModelReleased', subjectOf('model', model), data, envelope);
}

type Registration = {
  name?: string;
  headquarters?: string | null;
  parent?: string | null;
  aliases?: string[];
};
export function registration(party: string, terms: Registration = {}, envelope: Envelope = {}): Given {
  const data = {
    name: party,
    kind: 'company',
    headquarters: null,
    parent: null,
    ultimateParentHeadquarters: null,
    ...terms,
  };
  return made('PartyRegistered', subjectOf('party', party), data, envelope);
}

export function listing(
  party: string,
  terms: { from: string; list?: string },
  envelope: Envelope = {},
): Given {
  const data = { list: 'entity-list', by: null, names: [], ...terms };
  return made('PartyListed', subjectOf('party', party), data, { standing: 'official', ...envelope });
}

const noFigures = {
  tpp: null,
  tppBasis: null,
  performanceDensity: null,
  dieAreaMm2: null,
  interconnectGBps: null,
  memoryGB: null,
  memoryBandwidthGBps: null,
  marketedForDatacenter: null,
  rates: null,
};
export function figures(chip: string, terms: Data, envelope: Envelope = {}): Given {
  return made(
    'ChipFiguresReported',
    subjectOf('chip', chip),
    { figures: { ...noFigures, ...terms } },
    envelope,
  );
}

/** The TPP of a chip, as its vendor gives it. */
export function tpp(chip: string, value: number, envelope: Envelope = {}): Given {
  return figures(chip, { tpp: { value, basis: 'vendor' } }, { standing: 'company', ...envelope });
}

const head = { title: 'A rule', jurisdiction: 'US', authority: 'BIS' };
type RuleTerms = { title?: string; effectivity?: Data[]; amends?: string[] };
export function rule(instrument: string, terms: RuleTerms = {}, envelope: Envelope = {}): Given {
  const data = {
    ...head,
    form: 'final-rule',
    citation: null,
    effectivity: [],
    amends: [],
    supersedes: [],
    implements: [],
    ...terms,
  };
  return made('RestrictionIssued', subjectOf('instrument', instrument), data, {
    standing: 'official',
    ...envelope,
  });
}

/** An effective date of a rule. */
export function effective(on: string): Data {
  return { kind: 'effective', on, until: null, scope: 'the whole rule' };
}

export function letter(instrument: string, recipient: string, on: string, envelope: Envelope = {}): Given {
  const data = { ...head, recipient, citation: null, effectivity: [effective(on)], provisions: [] };
  return made('LetterIssued', subjectOf('instrument', instrument), data, {
    standing: 'official',
    ...envelope,
  });
}

export function coverage(of: string, to: string, envelope: Envelope = {}): Given {
  const data = { scope: of, from: '2018', to, text: `The record of ${of} ends ${to}.` };
  return made('CoverageDeclared', subjectOf('coverage', of), data, { standing: 'official', ...envelope });
}

type KeeperKind = 'record' | 'source';
/** A correction of some fields of a named event. */
export function correction(of: string, kind: KeeperKind, changes: Data, envelope: Envelope = {}): Given {
  const data = {
    event: idOf(of),
    kind,
    changes: Object.entries(changes).map(([pointer, value]) => ({ pointer, value })),
    reason: 'it was wrong',
  };
  return made('EventCorrected', subjectOf('deal', 'plan'), data, { standing: 'official', ...envelope });
}

/** A retraction of a named event. */
export function retraction(of: string, kind: KeeperKind, envelope: Envelope = {}): Given {
  const data = { event: idOf(of), kind, reason: 'it never happened' };
  return made('EventRetracted', subjectOf('deal', 'plan'), data, { standing: 'official', ...envelope });
}
