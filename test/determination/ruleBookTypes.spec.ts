/** Is a rule book made of the types it asks for the same as one made of everything? */
import { describe, expect, it } from '@jest/globals';
import { subjectOf } from '../../events/identity.ts';
import { ruleBook, ruleBookTypes } from '../../projections/determination/ruleBook.ts';
import { recorded } from '../history/given.ts';
import { chronicle, chronicleBook, inputs } from './record.ts';

/** A chip of the record that is not on sale yet, and its first sale. */
const unsold = [...chronicleBook().chips.values()].find(({ onSaleFrom }) => onSaleFrom === null)?.id ?? '';
const started = recorded({
  type: 'ChipSalesChanged',
  subject: subjectOf('chip', unsold),
  data: { chips: [unsold], market: 'CN', change: 'started', by: null },
  envelope: { publishedOn: '2026-10-02', occurredOn: '2026-10-01' },
}).map((event) => ({ ...event, seq: chronicle.length }));

describe('a rule book', () => {
  it('is the same without the events of other types, to the chips and their days of sale', () => {
    const all = [...chronicle, ...started];
    const some = all.filter(({ type }) => ruleBookTypes.includes(type));
    expect(some.length).toBeLessThan(all.length);
    const [whole, less] = [all, some].map((events) =>
      ruleBook({ recorded: events, visible: events, inputs }),
    );
    expect(whole?.chips.get(unsold)?.onSaleFrom).not.toBeNull();
    expect(less?.chips).toEqual(whole?.chips);
    expect(less?.parties).toEqual(whole?.parties);
    expect(less?.groups).toEqual(whole?.groups);
    expect([...(less?.rules.keys() ?? [])]).toEqual([...(whole?.rules.keys() ?? [])]);
    expect(less?.changeDays).toEqual(whole?.changeDays);
    expect(less?.licenses).toEqual(whole?.licenses);
  });
});
