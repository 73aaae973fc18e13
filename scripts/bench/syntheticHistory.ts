/** What would a long history look like? Seeded, Zipf-shaped, with everything that makes a log untidy. */
import type { SealedEvent } from '../../src/ledger/port.ts';
import { Dice } from './dice.ts';

/** 2,700 subjects, whatever the number of events. */
export const subjectCounts = {
  party: 600,
  deal: 1_200,
  cluster: 200,
  chip: 100,
  model: 300,
  instrument: 250,
  destination: 50,
} as const;
type Kind = keyof typeof subjectCounts;

/** Few subjects are busy: the second has 2^-1.3 of the events of the first, and so on. */
const zipfExponent = 1.3;
const firstDay = Date.UTC(2022, 0, 1);
const lastDay = Date.UTC(2026, 9, 31);
const dayMs = 86_400_000;
const recentLimit = 4_096;

const outlets = [
  'Reuters',
  'The Information',
  'Bloomberg',
  'Caixin',
  'Financial Times',
  'The Wall Street Journal',
];
const places = [
  { text: 'Johor, Malaysia', countries: ['MY'], outside: null, facility: null },
  { text: 'outside mainland China', countries: [], outside: 'CN', facility: null },
  { text: 'Abilene, Texas', countries: ['US'], outside: null, facility: 'Building 3' },
  { text: 'Ulanqab, Inner Mongolia', countries: ['CN'], outside: null, facility: null },
];
const countries = ['CN', 'US', 'MY', 'SG', 'AE', 'TW', 'NL', 'JP', 'KR', 'GB'];
const standings = ['official', 'company', 'reported', 'reported', 'reported', 'estimated', 'rumoured'];

/** The bare slug of the n-th subject of a kind, the busiest first. A destination is a made-up country code. */
export function slugAt(kind: Kind, rank: number): string {
  if (kind === 'destination') return String.fromCharCode(65 + Math.floor(rank / 26), 65 + (rank % 26));
  if (kind === 'instrument') return `${rank % 3 === 0 ? 'cn' : 'us'}-rule-${rank}`;
  return `${kind}-${rank}`;
}

interface Content {
  readonly type: string;
  readonly subject: string;
  readonly data: object;
}

interface Dates {
  readonly publishedOn: string;
  readonly occurredOn: string | null;
}

/** Draws the events of one history. */
class Chronicler {
  readonly #dice: Dice;
  readonly #pick = new Map<Kind, () => number>();
  /** Ids of recent events with their subjects, from which denials, corrections and retractions choose. */
  readonly #recent: { readonly id: string; readonly subject: string; readonly publishedOn: string }[] = [];
  #nowMs = firstDay;

  constructor(seed: number) {
    this.#dice = new Dice(seed);
    for (const [kind, count] of Object.entries(subjectCounts) as [Kind, number][]) {
      this.#pick.set(kind, this.#dice.zipf(count, zipfExponent));
    }
  }

  event(nowMs: number, seq: number): SealedEvent {
    this.#nowMs = nowMs;
    const content = this.#content();
    const dates = this.#dates();
    const id = this.#dice.uuidAt(nowMs + (seq % 1_000));
    const event: SealedEvent = {
      id,
      version: 1,
      ...content,
      ...dates,
      ...this.#words(content),
      actor: 'bench',
    };
    this.#remember(event);
    return event;
  }

  #remember(event: SealedEvent): void {
    if (event.type.startsWith('Event')) return;
    const { id, subject, publishedOn } = event;
    this.#recent[this.#dice.below(recentLimit)] = { id, subject, publishedOn };
  }

  #earlier() {
    return this.#recent[this.#dice.below(recentLimit)];
  }

  #slug(kind: Kind): string {
    const pick = this.#pick.get(kind);
    return slugAt(kind, pick === undefined ? 0 : pick());
  }

  /** A party that always goes with this deal or cluster: real deals keep their parties. */
  #partyOf(slug: string, role: number): string {
    const number = Number(slug.slice(slug.lastIndexOf('-') + 1));
    return slugAt(
      'party',
      Math.floor((subjectCounts.party - 1) * (((number * 7 + role * 131) % 613) / 613) ** 3),
    );
  }

  #day(ms: number): string {
    return new Date(ms).toISOString().slice(0, 10);
  }

  /** Mostly told on the day; one in five is recorded late, one in three dated back, one in twenty dated ahead. */
  #dates(): Dates {
    const dice = this.#dice;
    const late = dice.chance(0.2) ? dice.below(200) : 0;
    const publishedMs = this.#nowMs - late * dayMs;
    const printed = this.#day(publishedMs);
    const publishedOn = dice.chance(0.05) ? printed.slice(0, 7) : printed;
    const when = dice.share();
    if (when < 0.4) return { publishedOn, occurredOn: null };
    if (when < 0.62) return { publishedOn, occurredOn: printed };
    const days = when < 0.95 ? -dice.below(400) : dice.below(300);
    return { publishedOn, occurredOn: this.#day(publishedMs + days * dayMs) };
  }

  #words({ type, subject }: Content) {
    const dice = this.#dice;
    const outlet = dice.one(outlets);
    const number = dice.below(1_000_000);
    return {
      standing: dice.one(standings),
      summary: `${outlet} says of ${subject} what a ${type} says, in one sentence of the usual length (${number}).`,
      attribution: dice.chance(0.5)
        ? { outlet, statementBy: null, filing: null, anonymous: null, officials: null }
        : null,
      sources: [
        {
          url: `https://example.org/news/${number}`,
          title: `What became known of ${subject}`,
          publisher: outlet,
          publishedOn: this.#day(this.#nowMs - dice.below(10) * dayMs),
          quality: 'press',
          seen: true,
          note: null,
        },
      ],
      doubts: [],
      relates: this.#relations(),
      notes: null,
    };
  }

  #relations() {
    const target = this.#dice.chance(0.06) ? this.#earlier() : undefined;
    return target === undefined
      ? []
      : [{ to: target.id, how: this.#dice.one(['follows', 'confirms', 'contradicts']) }];
  }

  #quantity(most: number) {
    const best = 1 + this.#dice.below(most);
    return this.#dice.chance(0.7)
      ? { low: null, best, high: null }
      : { low: Math.ceil(best / 2), best, high: best * 2 };
  }

  #chips() {
    return Array.from({ length: 1 + this.#dice.below(2) }, () => ({
      chip: this.#slug('chip'),
      count: this.#dice.chance(0.7) ? this.#quantity(50_000) : null,
      basis: 'reported',
      unit: 'chips',
      sharedBy: [],
      note: null,
    }));
  }

  #amount() {
    if (this.#dice.chance(0.4)) return null;
    const value = this.#quantity(7_000_000_000);
    return { value, currency: 'USD', what: 'the whole contract', period: { from: '2025', to: null } };
  }

  #content(): Content {
    const draw = this.#dice.share();
    if (draw < 0.18) return this.#rental();
    if (draw < 0.32) return this.#purchase();
    if (draw < 0.4) return this.#update();
    if (draw < 0.48) return this.#cluster();
    if (draw < 0.75) return this.#aboutParty();
    if (draw < 0.81) return this.#aboutChip();
    if (draw < 0.88) return this.#aboutModel();
    if (draw < 0.95) return this.#aboutInstrument();
    if (draw < 0.96) return this.#aboutDestination();
    return this.#aboutAnEvent(draw);
  }

  #rental(): Content {
    const deal = this.#slug('deal');
    const stage = this.#dice.one(['talks', 'planned', 'signed', 'running']);
    const parties = { lessees: [this.#partyOf(deal, 0)], lessors: [this.#partyOf(deal, 1)], sellers: [] };
    const terms = { chips: this.#chips(), place: this.#place(), amount: this.#amount(), stage };
    return { type: 'RentalDealReported', subject: `deal:${deal}`, data: { ...parties, ...terms } };
  }

  #place() {
    return this.#dice.chance(0.5) ? this.#dice.one(places) : null;
  }

  #purchase(): Content {
    const deal = this.#slug('deal');
    const stage = this.#dice.one(['talks', 'planned', 'ordered', 'delivered', 'stockpiled']);
    const parties = { buyers: [this.#partyOf(deal, 0)], sellers: [this.#partyOf(deal, 2)] };
    const terms = { chips: this.#chips(), place: this.#place(), amount: this.#amount(), stage };
    return { type: 'PurchaseReported', subject: `deal:${deal}`, data: { ...parties, ...terms } };
  }

  #update(): Content {
    const stage = this.#dice.one(['confirmed', 'amended', 'cancelled', 'completed', 'paused']);
    const data = { stage, what: 'One of the terms changed.', chips: [], amount: this.#amount(), place: null };
    return { type: 'DealUpdated', subject: `deal:${this.#slug('deal')}`, data };
  }

  #cluster(): Content {
    const cluster = this.#slug('cluster');
    const data = {
      operator: [this.#partyOf(cluster, 3)],
      owner: [this.#partyOf(cluster, 4)],
      users: [this.#partyOf(cluster, 5)],
      chips: this.#chips(),
      place: this.#place(),
      powerMW: this.#dice.chance(0.3) ? this.#quantity(300) : null,
      stage: this.#dice.one(['announced', 'under-construction', 'running', 'closed']),
    };
    return { type: 'ClusterDisclosed', subject: `cluster:${cluster}`, data };
  }

  #aboutParty(): Content {
    const party = this.#slug('party');
    const subject = `party:${party}`;
    const draw = this.#dice.share();
    if (draw < 0.22) {
      return { type: 'StockReported', subject, data: { holder: party, chips: this.#chips(), asOf: null } };
    }
    if (draw < 0.44) return { type: 'SpendingPlanReported', subject, data: this.#plan(party) };
    if (draw < 0.62) {
      const data = { party, measure: 'capital-expenditure', amount: this.#amount(), about: 'the year' };
      return { type: 'FinancialDisclosed', subject, data };
    }
    if (draw < 0.72) return { type: 'PartyRegistered', subject, data: this.#identity(party) };
    if (draw < 0.8) return { type: 'PartyListed', subject, data: this.#listing(party) };
    if (draw < 0.87) return { type: 'LicenseDecided', subject, data: this.#license(party) };
    if (draw < 0.93) return { type: 'DeploymentChanged', subject, data: this.#deployment(party) };
    const data = { investor: party, investee: this.#slug('party'), amount: this.#amount(), terms: null };
    return { type: 'InvestmentReported', subject, data };
  }

  #plan(party: string) {
    return { party, amount: this.#amount(), of: 'AI', comparedWith: [], claim: null };
  }

  #identity(party: string) {
    return {
      name: `Company ${party}`,
      aliases: [`${party} Ltd.`],
      kind: 'company',
      headquarters: this.#dice.one(countries),
      parent: null,
      ultimateParentHeadquarters: 'self',
      identifiers: {},
    };
  }

  #listing(party: string) {
    const list = this.#dice.one(['entity-list', 'meu-list', 'uvl', 'cn-unreliable-entity']);
    return { list, by: null, from: null, footnotes: [], reviewPolicy: null, names: [`Company ${party}`] };
  }

  #license(party: string) {
    const decision = this.#dice.one(['granted', 'promised', 'denied', 'conditional', 'revoked']);
    const who = { licensee: [this.#slug('party')], recipients: [party] };
    return {
      authority: 'us-bis',
      decision,
      ...who,
      items: this.#chips(),
      quantity: null,
      conditions: [],
      from: null,
    };
  }

  #deployment(party: string) {
    const change = this.#dice.one(['slowed', 'moved', 'stopped', 'expanded']);
    return { who: [party], what: 'Training moved abroad.', place: this.#place(), change };
  }

  #aboutChip(): Content {
    const chip = this.#slug('chip');
    const subject = `chip:${chip}`;
    if (this.#dice.chance(0.3)) {
      const change = this.#dice.one(['halted', 'resumed', 'delayed', 'started', 'ended']);
      return { type: 'ChipSalesChanged', subject, data: { chips: [chip], market: 'CN', change, by: null } };
    }
    if (this.#dice.chance(0.5)) {
      const data = { maker: this.#slug('party'), chips: this.#chips(), period: null, measure: 'shipped' };
      return { type: 'SupplyReported', subject, data };
    }
    const figure = (most: number) => ({ value: this.#dice.below(most), basis: 'vendor', note: null });
    const figures = {
      tpp: figure(30_000),
      tppBasis: null,
      performanceDensity: figure(20),
      dieAreaMm2: figure(1_600),
      interconnectGBps: figure(900),
      memoryGB: null,
      memoryBandwidthGBps: null,
      marketedForDatacenter: true,
      rates: null,
      alternatives: [],
      reportedClassification: null,
    };
    return { type: 'ChipFiguresReported', subject, data: { figures } };
  }

  #aboutModel(): Content {
    const model = this.#slug('model');
    const subject = `model:${model}`;
    const developer = this.#partyOf(model, 6);
    if (this.#dice.chance(0.4)) {
      const size = { parametersTotal: 1 + this.#dice.below(1_000_000_000_000), parametersActive: null };
      const data = { name: model, developer, openWeights: true, ...size, comparedWith: [], claims: [] };
      return { type: 'ModelReleased', subject, data };
    }
    const costs = {
      cost: this.#amount(),
      costCovers: 'the last run',
      costExcludes: null,
      trainingFlop: null,
    };
    const data = { by: developer, chips: this.#chips(), chipHours: this.#quantity(5_000_000), ...costs };
    return { type: 'TrainingClaimed', subject, data };
  }

  #aboutInstrument(): Content {
    const subject = `instrument:${this.#slug('instrument')}`;
    const on = this.#day(this.#nowMs + this.#dice.below(200) * dayMs);
    const effectivity = [{ kind: 'effective', on, until: null, scope: 'all provisions' }];
    if (this.#dice.chance(0.5)) {
      const head = { title: `The rule ${subject}`, jurisdiction: 'US', authority: 'BIS', form: 'final-rule' };
      const links = { amends: [], supersedes: [], implements: [] };
      const data = { ...head, citation: null, effectivity, provisions: [], ...links };
      return { type: 'RestrictionIssued', subject, data };
    }
    if (this.#dice.chance(0.3)) {
      const enforcement = this.#dice.one(['enforced', 'not-enforced', 'unknown']);
      return { type: 'EnforcementChanged', subject, data: { enforcement, from: on, by: null, why: null } };
    }
    const ends = { removes: [], removesFrom: null, why: null };
    return {
      type: 'RestrictionAmended',
      subject,
      data: { by: null, citation: null, effectivity, provisions: [], ...ends },
    };
  }

  #aboutDestination(): Content {
    const data = {
      group: 'D:5',
      change: this.#dice.one(['added', 'removed', 'observed']),
      from: this.#day(this.#nowMs),
      by: null,
    };
    return { type: 'CountryGroupsChanged', subject: `destination:${this.#slug('destination')}`, data };
  }

  /** Denied (2 in 100), corrected (1.5) or retracted (0.5); about some rental while nothing has been recorded yet. */
  #aboutAnEvent(draw: number): Content {
    const target = this.#earlier();
    if (target === undefined) return this.#rental();
    const { id, subject } = target;
    if (draw < 0.98) {
      const deniable = ['deal', 'party', 'chip', 'cluster', 'model', 'instrument'].includes(
        subject.split(':')[0] ?? '',
      );
      if (!deniable) return this.#update();
      const data = {
        denies: [id],
        by: this.#slug('party'),
        scope: this.#dice.one(['whole', 'figure', 'detail']),
        says: 'That is not so.',
      };
      return { type: 'ClaimDenied', subject, data };
    }
    const kind = this.#dice.one(['record', 'source']);
    if (draw < 0.995) {
      const changes = [{ pointer: '/summary', value: 'What the source says, now read rightly.' }];
      const moved = [{ pointer: '/publishedOn', value: target.publishedOn.slice(0, 7) }];
      const data = { event: id, kind, changes: this.#dice.chance(0.3) ? moved : changes, reason: 'Misread.' };
      return { type: 'EventCorrected', subject, data };
    }
    return {
      type: 'EventRetracted',
      subject,
      data: { event: id, kind, reason: 'It was about someone else.' },
    };
  }
}

/** When the n-th of so many events is recorded, in milliseconds. */
export function recordedMs(seq: number, count: number): number {
  return Math.floor(firstDay + ((lastDay - firstDay) * seq) / count);
}

/** Lawful events, ready to be appended, the same for the same seed and count. */
export function* syntheticHistory(seed: number, count: number): Generator<SealedEvent> {
  const chronicler = new Chronicler(seed);
  for (let seq = 0; seq < count; seq += 1) yield chronicler.event(recordedMs(seq, count), seq);
}
