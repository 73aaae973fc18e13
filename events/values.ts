/** What are the building blocks of an event's data? Quantities, amounts, places, citations, sources. */
import { z } from 'zod';
import { ImpreciseDate } from './dates.ts';
import { ChipId, EventId, PartyId } from './identity.ts';

/** Non-empty text. */
export const Text = z.string().min(1).max(8_000);
/** ISO 3166-1 alpha-2. */
export const CountryCode = z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code such as "CN"');

/** A list that a writer may also give as one bare value or as null; kept as a list. */
export function oneOrMany<Item extends z.ZodType>(item: Item) {
  return z.union([
    z.array(item),
    item.transform((one) => [one]),
    z.null().transform((): z.output<Item>[] => []),
  ]);
}

/** Who vouches for an event, best first (domain.md, "Who wins"). */
export const standings = ['official', 'company', 'reported', 'estimated', 'rumoured'] as const;
export const Standing = z.enum(standings);
export type Standing = z.infer<typeof Standing>;

/** Who said so. `null` in a field: the report does not say, or does not rest on it. */
export const Attribution = z.strictObject({
  outlet: Text.nullable(),
  statementBy: PartyId.nullable(),
  filing: Text.nullable(),
  anonymous: z.strictObject({ count: z.int().positive().nullable(), kind: Text.nullable() }).nullable(),
  officials: Text.nullable(),
});
export type Attribution = z.infer<typeof Attribution>;

/** A document that shows it. `publishedOn: null`: the document bears no date. `seen: false`: it was not opened. */
export const Source = z.strictObject({
  url: z.url().nullable(),
  title: Text,
  publisher: Text,
  publishedOn: ImpreciseDate.nullable(),
  quality: z.enum(['primary', 'analysis', 'press', 'secondary', 'copy']),
  seen: z.boolean().default(true),
  note: Text.nullable().default(null),
});
export type Source = z.infer<typeof Source>;

/** What the recorder is not sure of: the field (a dotted path, or a word such as `sources`) and the reason. */
export const Doubt = z.strictObject({ field: Text, why: Text });
export type Doubt = z.infer<typeof Doubt>;

/** How this event stands to another one. `corrects` alone makes the other one disputed. */
export const Relation = z.strictObject({
  to: EventId,
  how: z.enum(['contradicts', 'corrects', 'confirms', 'follows', 'implements']),
});
export type Relation = z.infer<typeof Relation>;

/** Where something is. `outside`: anywhere but in this country. */
export const Place = z.strictObject({
  text: Text,
  countries: z.array(CountryCode),
  outside: CountryCode.nullable(),
  facility: Text.nullable(),
});
export type Place = z.infer<typeof Place>;

const inOrder = (q: { low: number | null; best: number | null; high: number | null }) => {
  const known = [q.low, q.best, q.high].filter((n) => n !== null);
  return known.every((n, at) => at === 0 || n >= (known[at - 1] ?? n));
};

/** An interval with a best value; `null`: not stated. At least one of the three is stated. */
export const Quantity = z
  .strictObject({
    low: z.number().nonnegative().nullable(),
    best: z.number().nonnegative().nullable(),
    high: z.number().nonnegative().nullable(),
  })
  .refine((q) => q.low !== null || q.best !== null || q.high !== null, {
    message: 'must state low, best or high; use null for the whole quantity where nothing is known',
  })
  .refine(inOrder, { message: 'must have low ≤ best ≤ high' });
export type Quantity = z.infer<typeof Quantity>;

export const Basis = z.enum([
  'reported',
  'claimed',
  'ordered',
  'planned',
  'estimated',
  'upper-bound',
  'derived',
]);
export type Basis = z.infer<typeof Basis>;

/** What is counted: chips, or chips expressed in the performance of another one (then `chip` is null). */
export const Unit = z.enum(['chips', 'h100-equivalents', 'a100-equivalents', 'gb300-equivalents']);
export type Unit = z.infer<typeof Unit>;

/** So many of one chip. `count: null`: the report gives no number. `sharedBy`: those who hold it together. */
export const ChipQuantity = z
  .strictObject({
    chip: ChipId.nullable(),
    count: Quantity.nullable(),
    basis: Basis,
    unit: Unit.default('chips'),
    sharedBy: z.array(PartyId).default([]),
    note: Text.nullable().default(null),
  })
  .refine((q) => q.chip === null || q.unit === 'chips', {
    message: 'must have chip: null where the unit is an equivalent',
    path: ['unit'],
  });
export type ChipQuantity = z.infer<typeof ChipQuantity>;

/** Money. `currency` ISO 4217. `period`: the time it is spent or earned in, not when it was said. */
export const Amount = z.strictObject({
  value: Quantity,
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as "USD"'),
  what: Text,
  period: z.strictObject({ from: ImpreciseDate.nullable(), to: ImpreciseDate.nullable() }).nullable(),
});
export type Amount = z.infer<typeof Amount>;

/** One dated effect of an instrument, as printed. `on`: its day; `until`: the exclusive end, null: open. */
export const Effectivity = z.strictObject({
  kind: z.enum(['effective', 'compliance', 'applicability', 'comment-deadline', 'sunset', 'suspended']),
  on: ImpreciseDate,
  until: ImpreciseDate.nullable(),
  scope: Text,
});
export type Effectivity = z.infer<typeof Effectivity>;

/** Where the text of an act is printed. RIN: Regulation Identifier Number. */
export const Citation = z.strictObject({
  fr: Text.nullable(),
  frDoc: Text.nullable(),
  rin: Text.nullable(),
  docket: Text.nullable(),
  cfr: oneOrMany(Text),
  publicLaw: Text.nullable(),
  other: Text.nullable(),
});
export type Citation = z.infer<typeof Citation>;
