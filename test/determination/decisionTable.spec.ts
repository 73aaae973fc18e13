/** Does the engine give the decision table of the experts, at the first and the last day of every interval? */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { addDays, dayText, spanIn } from '../../events/dates.ts';
import { answer } from './record.ts';

const Row = z.object({
  from: z.string(),
  to: z.string(),
  outcome: z.string(),
  reviewPolicy: z.object({ policy: z.string(), otherwise: z.string().nullable() }).nullable(),
  exceptions: z.array(z.object({ code: z.string(), noticeDays: z.number() })),
  instruments: z.array(z.string()),
  certainty: z.enum(['verified', 'doubtful']),
  beforeSale: z.boolean().default(false),
});
const Table = z.object({ chips: z.array(z.object({ slug: z.string(), rows: z.array(Row) })) });
const table = Table.parse(
  JSON.parse(readFileSync(new URL('./decision-table.json', import.meta.url), 'utf8')),
);

const dayBefore = (text: string) => dayText(addDays(spanIn(text, 'utc').earliest, -1));

const cases = table.chips.flatMap(({ slug, rows }) =>
  rows.flatMap((row) =>
    [...new Set([row.from, dayBefore(row.to)])].map((day) => ({ name: `${slug} on ${day}`, slug, day, row })),
  ),
);

describe('the decision table', () => {
  it.each(cases)('$name', ({ slug, day, row }) => {
    const given = answer({ item: { chip: slug } }, day);
    const applying = new Set(
      given.rules.filter(({ applies }) => applies !== false).map((rule) => rule.instrument),
    );
    expect({
      outcome: given.outcome,
      policy: given.reviewPolicy?.policy ?? null,
      otherwise: given.reviewPolicy?.otherwise ?? null,
      exceptions: given.exceptions.map(({ code, notice }) => ({ code, noticeDays: notice?.days })),
      missing: row.instruments.filter((id) => !given.instruments.includes(id) || !applying.has(id)),
      saysBeforeSale: given.beforeSale || !row.beforeSale,
      saysDoubt: given.doubts.length > 0 || (row.certainty === 'verified' && row.outcome !== 'undetermined'),
    }).toEqual({
      outcome: row.outcome,
      policy: row.reviewPolicy?.policy ?? null,
      otherwise: row.reviewPolicy?.otherwise ?? null,
      exceptions: row.exceptions,
      missing: [],
      saysBeforeSale: true,
      saysDoubt: true,
    });
  });

  it('covers every day from the first to the last without a gap', () => {
    for (const { rows } of table.chips) {
      expect(rows.slice(1).map(({ from }) => from)).toEqual(rows.slice(0, -1).map(({ to }) => to));
    }
  });
});
