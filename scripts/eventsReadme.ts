/** What can be recorded? Writes events/README.md from the schemas: `npx tsx scripts/eventsReadme.ts` */
import { writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { z } from 'zod';
import { ChipFigures, Figure } from '../events/compute.ts';
import { CivilDate, ImpreciseDate } from '../events/dates.ts';
import { clientFields } from '../events/envelope.ts';
import type { EventType } from '../events/eventType.ts';
import { ChipId, EventId, InstrumentId, ModelId, PartyId, Subject } from '../events/identity.ts';
import { Identifier } from '../events/parties.ts';
import { PlaceSet, Provision, ProvisionDate, Test } from '../events/provision.ts';
import { Pointer } from '../events/recordKeeping.ts';
import { families } from '../events/registry.ts';
import * as values from '../events/values.ts';
import { definitionOf } from '../src/service/chronicle/references.ts';

/** What a value is called in the tables. Those with fields have a table of their own under "Values". */
const words: readonly (readonly [z.core.$ZodType, string])[] = [
  [values.Text, 'text'],
  [ImpreciseDate, 'date'],
  [CivilDate, 'day'],
  [values.CountryCode, 'country'],
  [PartyId, 'party'],
  [ChipId, 'chip'],
  [ModelId, 'model'],
  [InstrumentId, 'instrument'],
  [Subject, 'subject'],
  [EventId, 'event'],
  [Pointer, 'RFC 6901 pointer'],
  [Test, 'Test'],
  [PlaceSet, 'Place set'],
  [ProvisionDate, 'date or { earliest, latest }'],
];
const valueTables: readonly (readonly [string, z.core.$ZodType, string])[] = [
  ['Attribution', values.Attribution, 'Who said so. null: the report does not say, or does not rest on it.'],
  ['Source', values.Source, 'A document that shows it. `seen: false`: it was not opened.'],
  ['Doubt', values.Doubt, 'What the recorder is not sure of, and why.'],
  [
    'Relation',
    values.Relation,
    'How an event stands to another one. `corrects` alone makes the other one disputed.',
  ],
  ['Place', values.Place, 'Where something is. `outside`: anywhere but in this country.'],
  [
    'Quantity',
    values.Quantity,
    'An interval with a best value; at least one of the three is stated, and low ≤ best ≤ high.',
  ],
  [
    'ChipQuantity',
    values.ChipQuantity,
    'So many of one chip; `chip` is null where the unit is an equivalent. `sharedBy`: those who hold it together.',
  ],
  [
    'Amount',
    values.Amount,
    'Money. `currency`: ISO 4217. `period`: the time it is spent or earned in, not when it was said.',
  ],
  [
    'Effectivity',
    values.Effectivity,
    'One dated effect of an instrument, as printed. `until`: the exclusive end.',
  ],
  ['Citation', values.Citation, 'Where the text of an act is printed.'],
  ['Figure', Figure, 'One figure of a chip.'],
  [
    'ChipFigures',
    ChipFigures,
    'Figures of one chip; null: not part of this report. Units stand in the names; TPP and density as in 3A090.',
  ],
  ['Identifier', Identifier, 'An identifier of a company, and how sure the recorder is of it.'],
];
const named = new Map<z.core.$ZodType, string>([
  ...words,
  ...valueTables.map(([name, schema]) => [schema, name] as const),
  [Provision, 'Provision'],
]);

/** The schema without its outer defaults and nulls. */
function bare(schema: z.core.$ZodType): z.core.$ZodType {
  const def = definitionOf(schema);
  if (named.has(schema)) return schema;
  return def.type === 'nullable' || def.type === 'optional' || def.type === 'default'
    ? bare(def.innerType)
    : schema;
}

function shapeOf(outer: z.core.$ZodType): string {
  const schema = bare(outer);
  const name = named.get(schema);
  if (name !== undefined) return name;
  const def = definitionOf(schema);
  switch (def.type) {
    case 'array':
      return `[${shapeOf(def.element)}]`;
    case 'enum':
      return Object.values(def.entries).map(String).join(', ');
    case 'literal':
      return def.values.map(String).join(', ');
    case 'object':
      return `{ ${Object.entries(def.shape)
        .map(([field, inner]) => `${field}: ${withNull(inner)}`)
        .join(', ')} }`;
    case 'record':
      return `{ name: ${shapeOf(def.valueType)} }`;
    case 'union':
      return def.options.map(shapeOf).join(' or ');
    case 'pipe':
      return shapeOf(def.in);
    case 'lazy':
      return 'JSON';
    case 'string':
      return 'text';
    default:
      return def.type;
  }
}

function mayBeNull(schema: z.core.$ZodType): boolean {
  const def = definitionOf(schema);
  if (def.type === 'nullable') return true;
  return def.type === 'default' || def.type === 'optional' ? mayBeNull(def.innerType) : false;
}

function withNull(schema: z.core.$ZodType): string {
  return mayBeNull(schema) ? `${shapeOf(schema)} or null` : shapeOf(schema);
}

function whenLeftOut(schema: z.core.$ZodType): string {
  const def = definitionOf(schema);
  if (def.type === 'default') return JSON.stringify(def.defaultValue);
  return def.type === 'optional' ? 'absent' : 'must be given';
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function fieldTable(shape: Readonly<Record<string, z.core.$ZodType>>): string[] {
  const rows = Object.entries(shape).map(([field, schema]) =>
    row([`\`${field}\``, withNull(schema), whenLeftOut(schema)]),
  );
  return [row(['field', 'what it holds', 'when left out']), row(['---', '---', '---']), ...rows];
}

function objectShape(schema: z.core.$ZodType): Readonly<Record<string, z.core.$ZodType>> {
  const def = definitionOf(schema);
  if (def.type === 'object') return def.shape;
  if (def.type === 'union' && def.options[0] !== undefined) return objectShape(def.options[0]);
  throw new TypeError(`a value table needs an object, saw ${def.type}`);
}

function familySection(title: string, types: readonly EventType<string, z.ZodObject>[]): string[] {
  const overview = types.map((type) =>
    row([
      `[${type.type}](#${type.type.toLowerCase()})`,
      String(type.version),
      type.about.join(', '),
      type.says,
    ]),
  );
  const details = types.flatMap((type) => [
    '',
    `### ${type.type}`,
    '',
    type.says,
    '',
    ...fieldTable(type.data.shape),
  ]);
  return [
    '',
    `## ${title}`,
    '',
    row(['type', 'version', 'about', 'what it says']),
    row(['---', '---', '---', '---']),
    ...overview,
    ...details,
  ];
}

function provisionSection(): string[] {
  const kinds = Provision.options.flatMap((option) => {
    const { kind, ...shape } = option.shape;
    return ['', `### Provision: ${kind.values.values().next().value ?? ''}`, '', ...fieldTable(shape)];
  });
  const intro =
    'One operative sentence of a rule. `key` is unique for ever where the provision can be evaluated, and within its event for `kind: text`.';
  return ['', '## Provisions', '', intro, ...kinds];
}

const titles: Readonly<Record<keyof typeof families, string>> = {
  regulation: 'Regulation',
  parties: 'Parties and destinations',
  compute: 'Chips, deals and clusters',
  models: 'Models',
  recordKeeping: 'Record keeping',
};

/** The text of events/README.md. */
export function eventsReadme(): string {
  const sections = (Object.keys(titles) as (keyof typeof families)[]).flatMap((family) =>
    familySection(titles[family], families[family]),
  );
  const tables = valueTables.flatMap(([name, schema, says]) => [
    '',
    `### ${name}`,
    '',
    says,
    '',
    ...fieldTable(objectShape(schema)),
  ]);
  return [
    '# The events',
    '',
    'Which developments can be recorded, and how. An event is one development, as it was reported, by someone, on a day.',
    '',
    'This page is written from the schemas in this folder by `npx tsx scripts/eventsReadme.ts`; a test holds it to them.',
    '[chronicle/](chronicle/README.md) is the history that ships, and shows each type in use.',
    '',
    'Dates are `YYYY`, `YYYY-Qn`, `YYYY-MM`, `YYYY-MM-DD` or an RFC 3339 instant: never a made-up day. A party, chip, model or',
    'instrument is named by its slug (`bytedance`), a subject by `<kind>:<slug>`, a country by ISO 3166-1 alpha-2. No other',
    'fields are accepted. `null` means that the report does not say.',
    '',
    '## Every event',
    '',
    ...fieldTable(clientFields),
    ...sections,
    '',
    '## Values',
    ...tables,
    ...provisionSection(),
    '',
  ].join('\n');
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(fileURLToPath(new URL('../events/README.md', import.meta.url)), eventsReadme());
}
