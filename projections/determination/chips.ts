/** What are the figures of a chip, as far as they were public, and how sure is the record of each? */
import type { Day, Zone } from '../../events/dates.ts';
import { spanAsPrinted, spanIn, zoneOf } from '../../events/dates.ts';
import type { ChipFigures, Figure, FigureField } from '../../events/compute.ts';
import { figureFields } from '../../events/compute.ts';
import { slugOf } from '../../events/identity.ts';
import type { Recorded } from '../../events/registry.ts';
import { standings } from '../../events/values.ts';
import { grouped } from './grouped.ts';

/** A figure and its knownness. `others`: what else was published for it. */
export type KnownFigure =
  | {
      readonly known: true;
      readonly value: number | string | boolean;
      readonly doubts: readonly string[];
      readonly others: readonly { readonly value: number; readonly why: string }[];
    }
  | { readonly known: false; readonly reason: string };

/** A chip as the visible events describe it. */
export interface Chip {
  readonly id: string;
  readonly name: string;
  /** null: no visible event names it. */
  readonly vendor: string | null;
  /** The country it was made for, or `none`; null: no visible event says. */
  readonly madeForMarket: string | null;
  /** The first day on which the record shows it on sale; null: it shows none. */
  readonly onSaleFrom: Day | null;
  readonly figures: ReadonlyMap<string, KnownFigure>;
  /** By ECCN, whether its vendor sold it as classified there, and on what this rests. */
  readonly reportedClassification: {
    readonly eccn: Readonly<Record<string, boolean>>;
    readonly basis: string;
  } | null;
}

type ChipEvent = Recorded<'ChipAnnounced' | 'ChipFiguresReported'>;

function isChipEvent(event: Recorded): event is ChipEvent {
  return event.type === 'ChipAnnounced' || event.type === 'ChipFiguresReported';
}

/** Orders descriptions: the better standing, then the later publication, then the later position, first. */
function byDescription(one: ChipEvent, other: ChipEvent, rank: (event: ChipEvent) => number): number {
  return (
    rank(one) - rank(other) ||
    spanAsPrinted(other.publishedOn).latest - spanAsPrinted(one.publishedOn).latest ||
    other.seq - one.seq
  );
}

const standingOf = (event: ChipEvent) => standings.indexOf(event.standing);

/** A figure derived from vendor figures ranks like the company's word (events.md, ChipFiguresReported). */
function standingOfFigure(event: ChipEvent, field: FigureField): number {
  return event.data.figures?.[field]?.basis === 'derived' ? standings.indexOf('company') : standingOf(event);
}

/** The first value in the order of descriptions that an event gives. */
function described<Value>(
  events: readonly ChipEvent[],
  read: (event: ChipEvent) => Value | null | undefined,
  rank: (event: ChipEvent) => number = standingOf,
): Value | null {
  for (const event of events.toSorted((one, other) => byDescription(one, other, rank))) {
    const value = read(event);
    if (value !== null && value !== undefined) return value;
  }
  return null;
}

const unsureBases: readonly string[] = ['third-party', 'estimated', 'unverified'];

/** Whether a doubt of an event is about a field; doubts about rates are about the TPP that is computed from them. */
function concerns(doubted: string, field: string): boolean {
  if (doubted === 'data.figures' || doubted === `data.figures.${field}`) return true;
  return field === 'tpp' && doubted.startsWith('data.figures.rates');
}

function doubtsAbout(figure: Figure, field: string, event: ChipEvent): string[] {
  const doubts = event.doubts.filter((doubt) => concerns(doubt.field, field)).map((doubt) => doubt.why);
  const isUnsure =
    unsureBases.includes(figure.basis) || /unverified/i.test(figure.note === null ? '' : figure.note);
  const note = figure.note === null ? '' : ` (${figure.note})`;
  return [...(isUnsure ? [`the figure of ${figure.value} is ${figure.basis}${note}`] : []), ...doubts];
}

/** A density is no surer than the die area and the TPP it is computed from; a TPP no surer than its rates. */
const restsOn: Readonly<Record<string, readonly FigureField[]>> = {
  performanceDensity: ['dieAreaMm2', 'tpp'],
};

function winner(
  events: readonly ChipEvent[],
  field: FigureField,
): { event: ChipEvent; figure: Figure } | null {
  return described(
    events,
    (event) => {
      const figure = event.data.figures?.[field];
      return figure === null || figure === undefined ? null : { event, figure };
    },
    (event) => standingOfFigure(event, field),
  );
}

function doubtsOf(events: readonly ChipEvent[], field: FigureField): string[] {
  const won = winner(events, field);
  if (won === null) return [];
  const beneath = restsOn[field];
  const inherited = beneath === undefined ? [] : beneath.flatMap((other) => doubtsOf(events, other));
  return [...new Set([...doubtsAbout(won.figure, field, won.event), ...inherited])];
}

/** Other published values of a field: named as alternatives, or given by an event that does not win. */
function othersOf(
  events: readonly ChipEvent[],
  field: FigureField,
  taken: number,
): { value: number; why: string }[] {
  const named = events.flatMap((event) => {
    const figures = event.data.figures;
    return figures === null ? [] : figures.alternatives.filter((other) => other.field === field);
  });
  const given = events.flatMap((event) => {
    const figure = event.data.figures?.[field];
    return figure === null || figure === undefined
      ? []
      : [{ value: figure.value, why: `${figure.basis}, ${event.summary}` }];
  });
  return [...named, ...given]
    .filter(({ value }) => value !== taken)
    .map(({ value, why }) => ({ value, why }));
}

/** From when a figure is known that the question cannot see. */
function knownLater(hidden: readonly ChipEvent[], field: keyof ChipFigures): string {
  const first = hidden
    .filter((event) => event.data.figures?.[field] !== null && event.data.figures?.[field] !== undefined)
    .toSorted(
      (one, other) => spanAsPrinted(one.publishedOn).latest - spanAsPrinted(other.publishedOn).latest,
    )[0];
  return first === undefined ? 'the record has no figure' : `known from ${first.publishedOn}`;
}

function figureOf(
  visible: readonly ChipEvent[],
  hidden: readonly ChipEvent[],
  field: FigureField,
): KnownFigure {
  const won = winner(visible, field);
  if (won === null) return { known: false, reason: knownLater(hidden, field) };
  const { value } = won.figure;
  return { known: true, value, doubts: doubtsOf(visible, field), others: othersOf(visible, field, value) };
}

function datacenterOf(visible: readonly ChipEvent[], hidden: readonly ChipEvent[]): KnownFigure {
  const won = described(visible, (event) => {
    const value = event.data.figures?.marketedForDatacenter;
    return value === null || value === undefined ? null : { event, value };
  });
  if (won === null) return { known: false, reason: knownLater(hidden, 'marketedForDatacenter') };
  const doubts = won.event.doubts.filter(({ field }) => field === 'data.figures.marketedForDatacenter');
  return { known: true, value: won.value, doubts: doubts.map(({ why }) => why), others: [] };
}

/** The days from which the record shows the chip on sale: its release, or sales that start, resume or halt. */
function onSaleFrom(
  announced: readonly ChipEvent[],
  sales: readonly Recorded<'ChipSalesChanged'>[],
  zone: Zone,
): Day | null {
  const released = described(announced, (event) =>
    event.type === 'ChipAnnounced' ? event.data.released : null,
  );
  if (released !== null) return spanIn(released, zone).earliest;
  const shown = sales.filter(({ data }) => data.change === 'started' || data.change === 'resumed');
  const days = shown.map((event) => spanAsPrinted(event.occurredOn ?? event.publishedOn).earliest);
  return days.length === 0 ? null : (Math.min(...days) as Day);
}

function marketOf(events: readonly ChipEvent[]): string | null {
  return described(events, (event) =>
    event.type === 'ChipAnnounced' ? (event.data.madeForMarket ?? 'none') : null,
  );
}

function chipOf(
  id: string,
  recorded: readonly ChipEvent[],
  visible: readonly ChipEvent[],
  sales: readonly Recorded<'ChipSalesChanged'>[],
): Chip {
  const hidden = recorded.filter((event) => !visible.includes(event));
  const name = (events: readonly ChipEvent[]) =>
    described(events, (event) => (event.type === 'ChipAnnounced' ? event.data.name : null));
  const figures = new Map<string, KnownFigure>(
    figureFields.map((field) => [field, figureOf(visible, hidden, field)]),
  );
  figures.set('marketedForDatacenter', datacenterOf(visible, hidden));
  return {
    id,
    name: name(visible) ?? id,
    vendor: described(visible, (event) => (event.type === 'ChipAnnounced' ? event.data.vendor : null)),
    madeForMarket: marketOf(visible),
    onSaleFrom: onSaleFrom(visible, sales, zoneOf('US')),
    figures,
    reportedClassification: described(visible, (event) => event.data.figures?.reportedClassification),
  };
}

/** Every chip of the record, described by the visible events alone; one that none describes has no figures. */
export function chipsOf(recorded: readonly Recorded[], visible: ReadonlySet<string>): Map<string, Chip> {
  const events = grouped(recorded.filter(isChipEvent), (event) => slugOf(event.subject));
  const sales = recorded
    .filter((event) => event.type === 'ChipSalesChanged')
    .filter(({ id }) => visible.has(id));
  return new Map(
    [...events].map(([id, list]) => [
      id,
      chipOf(
        id,
        list,
        list.filter((event) => visible.has(event.id)),
        sales.filter(({ data }) => data.chips.some((chip) => chip === id)),
      ),
    ]),
  );
}

/** Whether a chip stands for one that a report does not name (`…-unspecified`, `…-equivalent`). */
export function isUnnamed(chip: string): boolean {
  return chip.endsWith('-unspecified') || chip.endsWith('-equivalent');
}
