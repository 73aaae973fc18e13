/** Which histories could there be? An arbitrary of logs: late, backdated, imprecise, corrected, retracted, denied. */
import fc from 'fast-check';
import type { Recorded } from '../../events/registry.ts';
import { readDraft } from '../../events/registry.ts';
import { standings } from '../../events/values.ts';
import type { Clocks, Moment } from '../../projections/clocks.ts';
import { momentOf } from '../../projections/clocks.ts';
import { recordedAtOf } from './given.ts';

/** Few days, so that dates meet; around the turn of a year, of a quarter and of months. */
const days = [
  '2024-12-30', '2024-12-31', '2025-01-01', '2025-01-05', '2025-01-31', '2025-02-01', '2025-02-14', '2025-03-09',
  '2025-03-31', '2025-04-01', '2026-08-15',
] as const; // prettier-ignore
const times = [
  '00:00:00Z',
  '23:59:59Z',
  '12:00:00.500Z',
  '23:30:00-08:00',
  '00:30:00+09:00',
  '02:30:00-05:00',
] as const;
const periods = ['2024', '2025', '2025-Q1', '2024-12', '2025-01', '2025-02', '2025-03'] as const;

const day = fc.constantFrom(...days);
const instant = fc.tuple(day, fc.constantFrom(...times)).map(([date, time]) => `${date}T${time}`);
const dateText = fc.oneof(
  { weight: 5, arbitrary: day },
  { weight: 2, arbitrary: fc.constantFrom(...periods) },
  { weight: 2, arbitrary: instant },
);
const clockText = fc.oneof({ weight: 3, arbitrary: day }, { weight: 2, arbitrary: instant });
const moment: fc.Arbitrary<Moment> = clockText.map(momentOf);

/** The two clocks that do not count positions. */
export const anyMoments = fc.record({ asOf: moment, publishedBy: fc.option(moment, { freq: 4 }) });
export type Moments = Omit<Clocks, 'position'>;

/** The raw choices behind one event; what they mean depends on what was recorded before. */
interface Move {
  readonly what: number;
  readonly picks: readonly number[];
  readonly published: string;
  readonly occurred: string | null;
  readonly other: string;
  readonly standing: (typeof standings)[number];
  readonly kind: 'record' | 'source';
  readonly relation: { readonly how: string; readonly to: number } | null;
}

const move: fc.Arbitrary<Move> = fc.record({
  what: fc.nat(99),
  picks: fc.array(fc.nat(99), { minLength: 8, maxLength: 8 }),
  published: dateText,
  occurred: fc.option(dateText, { freq: 2 }),
  other: dateText,
  standing: fc.constantFrom(...standings),
  kind: fc.constantFrom('record' as const, 'source' as const),
  relation: fc.option(
    fc.record({
      how: fc.constantFrom('confirms', 'follows', 'corrects', 'contradicts'),
      to: fc.nat(99),
    }),
    { freq: 3 },
  ),
});

function at<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length];
  if (found === undefined) throw new RangeError('nothing to pick from');
  return found;
}

/** The first of a list in half of the cases, the second in a quarter, and so on: the shape of Zipf. */
function often<T>(list: readonly T[], pick: number): T {
  let share = 50;
  for (const item of list) {
    if (pick < share) return item;
    pick -= share;
    share = Math.max(1, Math.floor(share / 2));
  }
  return at(list, 0);
}

const parties = ['bytedance', 'nvidia', 'oracle', 'alibaba', 'us-bis'];
const chipNames = ['h100', 'h20', 'ascend-910b'];
const instruments = ['us-rule', 'cn-rule', 'jp-rule'];

/** The id of the n-th event of any such history. */
export function idNumber(n: number): string {
  return `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}

const quantities = [
  null,
  { low: 1000, best: 1000, high: 1000 },
  { low: null, best: 2000, high: null },
  { low: 500, best: null, high: 900 },
  { low: null, best: null, high: 7000 },
];

type Data = Record<string, unknown>;
interface Made {
  readonly type: string;
  readonly subject: string;
  readonly data: Data;
}

/** The choices of one move in the words of the record. */
class Choice {
  readonly move: Move;
  readonly seq: number;

  constructor(chosen: Move, seq: number) {
    this.move = chosen;
    this.seq = seq;
  }

  pick(index: number): number {
    return this.move.picks[index] ?? 0;
  }
  party(index: number): string {
    return often(parties, this.pick(index));
  }
  chip(index: number): string {
    return often(chipNames, this.pick(index));
  }
  deal(): string {
    return `deal:${often(['plan', 'order'], this.pick(0))}`;
  }
  cluster(): string {
    return `cluster:${often(['johor', 'abilene'], this.pick(0))}`;
  }
  instrument(): string {
    return `instrument:${often(instruments, this.pick(0))}`;
  }
  quantity(index: number) {
    return at(quantities, this.pick(index));
  }
  lines(index: number) {
    const line = {
      chip: this.chip(index),
      count: this.quantity(index + 1),
      basis: at(['reported', 'planned', 'estimated'], this.pick(index)),
      sharedBy: this.pick(index + 1) % 9 === 0 ? [this.party(index)] : [],
    };
    const equivalents = {
      chip: null,
      unit: 'h100-equivalents',
      count: this.quantity(index),
      basis: 'estimated',
    };
    return this.pick(index) % 7 === 0 ? [line, equivalents] : this.pick(index) % 5 === 0 ? [] : [line];
  }
  /** An earlier event; now and then a later one, or itself, which nothing forbids a stranger to name. */
  target(index: number): string {
    const pick = this.pick(index);
    if (this.seq === 0 || pick % 25 === 24) return idNumber(this.seq + (pick % 3));
    return idNumber(this.seq - 1 - (pick % Math.min(this.seq, 9)));
  }
}

const place = { text: 'Johor', countries: ['MY'], outside: null, facility: null };
const head = { title: 'A rule', jurisdiction: 'US', authority: 'BIS' };

const keys = ['a-test', 'a-text', 'a-license'];

/** A control test, a license requirement or a text, now and then from a day on. */
function provisionsOf(c: Choice) {
  const from = c.pick(6) % 3 === 0 ? c.move.other : null;
  const when = { metric: 'tpp', op: '>=', value: c.pick(5) * 100 };
  const all = [
    { key: 'a-test', kind: 'control-test', eccn: '3A090', text: 'It takes in fast chips.', from, when },
    { key: 'a-text', kind: 'text', text: 'It says so.', from },
    {
      key: 'a-license',
      kind: 'license-requirement',
      text: 'It needs a license.',
      from,
      activities: ['export'],
    },
  ];
  return all.slice(0, c.pick(7) % 4);
}

const makers: readonly (readonly [weight: number, make: (choice: Choice) => Made])[] = [
  [9, (c) => ({ type: 'RentalDealReported', subject: c.deal(), data: { lessees: [c.party(1)], lessors: [c.party(2)], chips: c.lines(3), place: c.pick(5) % 2 === 0 ? place : null, amount: null, stage: at(['talks', 'planned', 'signed', 'running'], c.pick(6)) } })],
  [8, (c) => ({ type: 'PurchaseReported', subject: c.deal(), data: { buyers: [c.party(1), c.party(5)], sellers: [c.party(2)], chips: c.lines(3), place: null, amount: null, stage: at(['planned', 'ordered', 'delivered', 'stockpiled'], c.pick(6)) } })],
  [4, (c) => ({ type: 'DealUpdated', subject: c.deal(), data: { stage: at(['confirmed', 'amended', 'cancelled', 'completed', 'paused'], c.pick(1)), what: 'news', chips: c.lines(2), amount: null, place: null } })],
  [7, (c) => ({ type: 'ClusterDisclosed', subject: c.cluster(), data: { operator: c.party(1), owner: c.pick(2) % 3 === 0 ? null : c.party(2), users: [c.party(3)], chips: c.lines(4), place: null, powerMW: null, stage: at(['announced', 'running', 'closed'], c.pick(6)) } })],
  [6, (c) => ({ type: 'StockReported', subject: `party:${c.party(1)}`, data: { holder: c.party(2), chips: c.lines(3), asOf: c.pick(5) % 2 === 0 ? null : c.move.other } })],
  [4, (c) => ({ type: 'SpendingPlanReported', subject: `party:${c.party(1)}`, data: { party: c.party(1), amount: c.pick(2) % 3 === 0 ? null : { value: { low: null, best: c.pick(2), high: null }, currency: 'USD', what: 'chips', period: null }, of: at(['chips', 'AI'], c.pick(3)), comparedWith: [c.party(4)], claim: null } })],
  [5, (c) => ({ type: 'ClaimDenied', subject: c.deal(), data: { denies: [c.target(1)], by: c.party(2), scope: at(['whole', 'figure', 'detail'], c.pick(3)), says: 'no' } })],
  [3, (c) => ({ type: 'ModelReleased', subject: `model:${often(['v3', 'r1'], c.pick(0))}`, data: { name: `Model ${c.pick(1) % 3}`, developer: c.party(2), openWeights: null, parametersTotal: c.pick(3) + 1, parametersActive: null } })],
  [3, (c) => ({ type: 'TrainingClaimed', subject: `model:${often(['v3', 'r1'], c.pick(0))}`, data: { by: c.party(1), chips: c.lines(2), chipHours: null, cost: null, costCovers: null, costExcludes: null, trainingFlop: null } })],
  [2, (c) => ({ type: 'TrainingDisputed', subject: `model:${often(['v3', 'r1'], c.pick(0))}`, data: { disputes: [c.target(1)], by: c.party(2), says: 'no', chips: [], cost: null } })],
  [4, (c) => ({ type: 'ChipFiguresReported', subject: `chip:${c.chip(0)}`, data: { figures: { tpp: { value: c.pick(1), basis: at(['vendor', 'derived', 'estimated'], c.pick(2)) }, tppBasis: null, performanceDensity: null, dieAreaMm2: null, interconnectGBps: c.pick(3) % 2 === 0 ? null : { value: c.pick(3), basis: 'vendor' }, memoryGB: null, memoryBandwidthGBps: null, marketedForDatacenter: null, rates: { fp16Tflops: c.pick(4) } } } })],
  [2, (c) => ({ type: 'ChipSalesChanged', subject: `chip:${c.chip(0)}`, data: { chips: [c.chip(1)], market: at(['CN', 'AE'], c.pick(2)), change: at(['halted', 'resumed'], c.pick(3)), by: null } })],
  [2, (c) => ({ type: 'SupplyReported', subject: `chip:${c.chip(0)}`, data: { maker: c.party(1), chips: c.lines(2), period: null, measure: 'shipped' } })],
  [3, (c) => ({ type: 'PartyRegistered', subject: `party:${c.party(0)}`, data: { name: `Name ${c.pick(1) % 3}`, kind: 'company', headquarters: at(['CN', 'US', null], c.pick(2)), parent: c.pick(3) % 2 === 0 ? null : c.party(4), ultimateParentHeadquarters: null } })],
  [4, (c) => ({ type: 'PartyListed', subject: `party:${c.party(0)}`, data: { list: at(['entity-list', 'cn-export-control'], c.pick(1)), by: null, from: c.pick(2) % 3 === 0 ? null : c.move.other, names: [at(['A', 'B'], c.pick(3)), at(['B', 'C'], c.pick(4))] } })],
  [2, (c) => ({ type: 'PartyDelisted', subject: `party:${c.party(0)}`, data: { list: at(['entity-list', 'cn-export-control'], c.pick(1)), by: null, from: c.move.other, names: c.pick(2) % 2 === 0 ? [] : [at(['A', 'B', 'C'], c.pick(3))] } })],
  [3, (c) => ({ type: 'LicenseDecided', subject: `party:${c.party(0)}`, data: { authority: 'us-bis', decision: 'granted', licensee: [c.party(1)], recipients: [c.party(2)], items: c.lines(3), quantity: null, conditions: [], from: c.pick(5) % 2 === 0 ? null : c.move.other } })],
  [2, (c) => ({ type: 'CountryGroupsChanged', subject: `destination:${at(['CN', 'AE'], c.pick(0))}`, data: { group: at(['D:5', 'A:1'], c.pick(1)), change: at(['added', 'removed', 'observed'], c.pick(2)), from: c.move.other, by: null } })],
  [5, (c) => ({ type: 'RestrictionIssued', subject: c.instrument(), data: { ...head, form: 'final-rule', citation: null, effectivity: c.pick(1) % 3 === 0 ? [] : [{ kind: at(['effective', 'compliance'], c.pick(2)), on: c.move.other, until: null, scope: 'all' }], amends: c.pick(3) % 3 === 0 ? [at(instruments, c.pick(4))] : [], supersedes: c.pick(5) % 4 === 0 ? [at(instruments, c.pick(6))] : [], implements: [], provisions: provisionsOf(c) } })],
  [3, (c) => ({ type: 'RestrictionAmended', subject: c.instrument(), data: { by: c.pick(1) % 2 === 0 ? null : at(instruments, c.pick(2)), citation: null, effectivity: [], provisions: provisionsOf(c), removes: c.pick(3) % 2 === 0 ? [] : [at(keys, c.pick(4))], removesFrom: c.move.other } })],
  [1, (c) => ({ type: 'PolicyStated', subject: c.instrument(), data: { ...head, provisions: provisionsOf(c), concerns: [at(instruments, c.pick(4))] } })],
  [1, (c) => ({ type: 'GuidanceIssued', subject: c.instrument(), data: { ...head, form: 'guidance', citation: null, effectivity: [], provisions: [], amends: [], supersedes: [], implements: [], interprets: [at(instruments, c.pick(4))] } })],
  [1, (c) => ({ type: 'RestrictionProposed', subject: c.instrument(), data: { ...head, form: null, citation: null, effectivity: [{ kind: 'comment-deadline', on: c.move.other, until: null, scope: 'comments' }], implements: [] } })],
  [2, (c) => ({ type: 'SubjectsMerged', subject: `party:${c.party(1)}`, data: { into: `party:${c.party(1)}`, from: `party:${c.party(2)}`, reason: 'they are one' } })],
  [2, (c) => ({ type: 'RestrictionReported', subject: c.instrument(), data: { ...head, form: null } })],
  [2, (c) => ({ type: 'LetterIssued', subject: c.instrument(), data: { ...head, recipient: c.party(1), citation: null, effectivity: [] } })],
  [2, (c) => ({ type: 'RestrictionSuspended', subject: c.instrument(), data: { by: null, from: c.move.other, until: c.pick(1) % 2 === 0 ? null : '2025-12-31', ...(c.pick(2) % 3 === 0 ? { provisions: [at(keys, c.pick(3))] } : {}) } })],
  [2, (c) => ({ type: 'EnforcementChanged', subject: c.instrument(), data: { enforcement: at(['enforced', 'not-enforced', 'unknown'], c.pick(1)), from: c.move.other, by: null } })],
  [2, (c) => ({ type: 'RestrictionEnded', subject: c.instrument(), data: { how: at(['rescinded', 'expired'], c.pick(1)), from: c.move.other, by: null } })],
  [2, (c) => ({ type: 'BillAdvanced', subject: c.instrument(), data: { bill: 'H.R. 1', title: 'A bill', congress: 119, chamber: 'house', step: at(['introduced', 'enacted', 'dropped'], c.pick(1)), vote: null } })],
  [1, (c) => ({ type: 'CoverageDeclared', subject: 'coverage:compute', data: { scope: 'compute', from: '2018', to: c.move.other, text: 'so far' } })],
]; // prettier-ignore

/** Of each hundred moves, so many correct, so many retract; the others are developments. */
const correcting = 22;
const retracting = 10;

const wheel = makers.flatMap(([weight, make]) => Array.from({ length: weight }, () => make));

function relationsOf(choice: Choice) {
  const { relation } = choice.move;
  if (relation === null) return [];
  const to =
    choice.seq === 0 ? idNumber(0) : idNumber(choice.seq - 1 - (relation.to % Math.min(choice.seq, 9)));
  return [{ to, how: relation.how }];
}

/** Where the content of an event of a type can be corrected, beside the fields that all have. */
const pointers: Readonly<Record<string, readonly string[]>> = {
  RentalDealReported: [
    '/data/lessees',
    '/data/lessees/0',
    '/data/lessors/-',
    '/data/chips',
    '/data/stage',
    '/data/place',
  ],
  PurchaseReported: ['/data/buyers', '/data/buyers/1', '/data/chips', '/data/sellers/0'],
  DealUpdated: ['/data/chips', '/data/what'],
  ClusterDisclosed: ['/data/owner', '/data/users', '/data/users/-', '/data/chips', '/data/operator/0'],
  StockReported: ['/data/holder', '/data/chips', '/data/asOf'],
  SpendingPlanReported: ['/data/party', '/data/comparedWith', '/data/of'],
  ClaimDenied: ['/data/denies', '/data/denies/-', '/data/by', '/data/scope'],
  ModelReleased: ['/data/developer', '/data/name'],
  TrainingClaimed: ['/data/by', '/data/chips'],
  TrainingDisputed: ['/data/disputes', '/data/by'],
  ChipFiguresReported: ['/data/figures/tpp/value', '/data/figures/interconnectGBps'],
  ChipSalesChanged: ['/data/chips'],
  SupplyReported: ['/data/maker', '/data/chips'],
  PartyRegistered: ['/data/name', '/data/headquarters', '/data/parent'],
  PartyListed: ['/data/from', '/data/names'],
  PartyDelisted: ['/data/from', '/data/names'],
  LicenseDecided: ['/data/licensee', '/data/recipients/0', '/data/from'],
  CountryGroupsChanged: ['/data/from', '/data/group'],
  RestrictionIssued: ['/data/amends', '/data/effectivity', '/data/title'],
  LetterIssued: ['/data/recipient'],
  RestrictionSuspended: ['/data/from', '/data/until'],
  EnforcementChanged: ['/data/from'],
  RestrictionEnded: ['/data/from'],
  CoverageDeclared: ['/data/to'],
  EventCorrected: ['/data/kind', '/data/changes/0/value', '/publishedOn', '/publishedOn'],
  EventRetracted: ['/data/kind', '/publishedOn'],
};
const everyPointer = ['/publishedOn', '/occurredOn', '/standing', '/summary', '/relates'];

const dated = /\/(?:publishedOn|occurredOn|from|to|asOf|until)$/;
const partyList = /\/(?:lessees|buyers|users|owner|comparedWith|licensee)$/;
const oneParty =
  /\/(?:lessees\/\d|buyers\/\d|lessors\/-|sellers\/\d|users\/-|operator\/\d|recipients\/\d|holder|party|by|developer|maker|parent|recipient)$/;

/** A value that the field at the pointer can have. */
function valueAt(pointer: string, c: Choice): unknown {
  if (dated.test(pointer)) return c.move.other;
  if (partyList.test(pointer)) return [c.party(4), c.party(5)];
  if (oneParty.test(pointer)) return c.party(4);
  if (/\/(?:denies|disputes)$/.test(pointer)) return [c.target(4)];
  if (/\/(?:denies|disputes)\/-$/.test(pointer)) return c.target(4);
  switch (pointer) {
    case '/standing': return c.move.standing;
    case '/relates': return [{ to: c.target(4), how: at(['confirms', 'follows', 'corrects'], c.pick(5)) }];
    case '/data/chips': return c.lines(4);
    case '/data/kind': return c.move.kind;
    case '/data/scope': return at(['whole', 'figure'], c.pick(4));
    case '/data/stage': return at(['talks', 'running'], c.pick(4));
    case '/data/place': return place;
    case '/data/names': return [at(['A', 'B', 'C'], c.pick(4))];
    case '/data/amends': return [at(instruments, c.pick(4))];
    case '/data/effectivity': return [{ kind: 'effective', on: c.move.other, until: null, scope: 'all' }];
    case '/data/headquarters': return 'CN';
    case '/data/group': return 'D:5';
    case '/data/figures/tpp/value': return c.pick(4);
    case '/data/figures/interconnectGBps': return { value: c.pick(4), basis: 'vendor', note: null };
    default: return `Text ${c.pick(4) % 4}`;
  }
} // prettier-ignore

function changeOf(target: Recorded, c: Choice, shift: number) {
  const choices = [...(pointers[target.type] ?? []), ...everyPointer];
  const pointer = at(choices, c.pick(2) + shift);
  if (pointer !== '/data/changes/0/value' || target.type !== 'EventCorrected') {
    return {
      pointer,
      value:
        pointer === '/data/chips' && target.type === 'ChipSalesChanged' ? [c.chip(4)] : valueAt(pointer, c),
    };
  }
  const changed = target.data.changes[0]?.pointer ?? '/summary';
  return { pointer, value: changed === '/data/changes/0/value' ? 'Text' : valueAt(changed, c) };
}

function keeperOf(c: Choice, log: readonly Recorded[]): Made {
  const id = c.target(1);
  const target = log.find((event) => event.id === id) ?? null;
  const subject = target?.subject ?? c.deal();
  const kept = { event: id, kind: c.move.kind, reason: 'it was wrong' };
  if (c.move.what >= correcting) return { type: 'EventRetracted', subject, data: kept };
  const changes = target === null
    ? [{ pointer: '/summary', value: 'Nobody knew.' }]
    : c.pick(6) % 4 === 0 ? [changeOf(target, c, 0), changeOf(target, c, 1)] : [changeOf(target, c, 0)]; // prettier-ignore
  return { type: 'EventCorrected', subject, data: { ...kept, changes } };
}

function eventOf(chosen: Move, log: readonly Recorded[]): Recorded {
  const seq = log.length;
  const choice = new Choice(chosen, seq);
  const isKeeper = chosen.what < correcting + retracting;
  const made = isKeeper ? keeperOf(choice, log) : at(wheel, chosen.what * 7 + choice.pick(7))(choice);
  const statementBy = choice.pick(5) % 2 === 0 ? choice.party(6) : null;
  const reading = readDraft({
    ...made,
    publishedOn: chosen.published,
    occurredOn: chosen.occurred,
    standing: chosen.standing,
    summary: `Event ${seq}.`,
    attribution: { outlet: null, statementBy, filing: null, anonymous: null, officials: null },
    relates: relationsOf(choice),
  });
  if (!reading.ok)
    throw new Error(`the arbitrary makes an unlawful ${made.type}: ${JSON.stringify(reading.flaws)}`);
  return {
    ...reading.event,
    id: idNumber(seq),
    seq,
    recordedAt: recordedAtOf(seq),
    actor: 'any',
  } as Recorded;
}

function historyOf(moves: readonly Move[]): Recorded[] {
  const log: Recorded[] = [];
  for (const chosen of moves) log.push(eventOf(chosen, log));
  return log;
}

/** A log of up to `maxLength` events. */
export function anyHistory(maxLength: number): fc.Arbitrary<Recorded[]> {
  return fc.array(move, { minLength: 1, maxLength, size: 'max' }).map(historyOf);
}
