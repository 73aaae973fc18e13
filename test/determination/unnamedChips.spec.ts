/** What of a chip that a report does not name, when a rule lists chips? */
import { describe, expect, it } from '@jest/globals';
import { answer } from './record.ts';

/** How each list of chips that was read holds for the chip. */
function listsRead(chip: string, asOf: string): Map<string, unknown> {
  const { rules } = answer({ item: { chip } }, asOf);
  const conditions = rules.flatMap((rule) => rule.conditions);
  return new Map(
    conditions.filter(({ text }) => text.startsWith('the chip is ')).map(({ text, holds }) => [text, holds]),
  );
}

describe('a chip that stands for one that a report does not name', () => {
  it('may be one of its vendor', () => {
    const lists = listsRead('hopper-unspecified', '2022-09-15');
    expect([...lists].find(([text]) => text.includes('h100'))?.[1]).toBe('unknown');
  });

  it('is none of another vendor', () => {
    const lists = listsRead('blackwell-unspecified', '2025-06-01');
    expect([...lists].find(([text]) => text.includes('ascend-910b'))?.[1]).toBe(false);
  });
});
