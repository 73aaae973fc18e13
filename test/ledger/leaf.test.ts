// Is a leaf the canonical JSON of its event, and can the event be read back from it?

import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import independent from 'canonicalize';
import { decode } from '../../src/ledger/decode.ts';
import { LedgerError } from '../../src/ledger/failures.ts';
import { prepareLeaf, sameContent, stampLeaf } from '../../src/ledger/leaf.ts';
import { anyCharacter } from './anyCharacter.ts';
import { report } from './given.ts';

const RECORDED_AT = '2025-01-05T00:00:00.000Z';
const text = fc.string({ unit: anyCharacter, maxLength: 60 });

/** Members of any name, before, between and after `recordedAt` and `seq`. */
const moreMembers = fc.dictionary(
  fc
    .string({ unit: anyCharacter, maxLength: 12 })
    .filter((name) => !['seq', 'recordedAt', 'id', '__proto__'].includes(name)),
  fc.jsonValue({ stringUnit: anyCharacter }),
);

describe('a leaf', () => {
  it('is, put together from three texts, what an independent library writes for the whole event', () => {
    fc.assert(
      fc.property(text, moreMembers, fc.nat(), (summary, more, seq) => {
        const event = { ...report(1, { summary }), ...more };
        const leaf = stampLeaf(prepareLeaf(event), seq, RECORDED_AT);
        expect(leaf).toBe(independent({ ...event, seq, recordedAt: RECORDED_AT }));
      }),
    );
  });

  it('says the same as another one exactly if only place, time and actor differ', () => {
    const leaf = stampLeaf(prepareLeaf(report(1)), 0, RECORDED_AT);
    const elsewhere = stampLeaf(prepareLeaf(report(1, { actor: 'b' })), 7, '2026-01-01T00:00:00.000Z');
    const other = stampLeaf(prepareLeaf(report(1, { occurredOn: '2024' })), 0, RECORDED_AT);
    expect(sameContent(leaf, elsewhere)).toBe(true);
    expect(sameContent(leaf, other)).toBe(false);
  });

  it('is read back as the event, at its place and time', () => {
    const bytes = stampLeaf(prepareLeaf(report(1)), 41, RECORDED_AT);
    const event = decode({ position: 42, bytes }, (_type, _version, unchanged) => unchanged);
    expect(event).toEqual({ ...report(1), seq: 41, recordedAt: RECORDED_AT });
  });

  it('is read in the words of today by way of its upcaster, and stays as it is', () => {
    const stored = { position: 1, bytes: stampLeaf(prepareLeaf(report(1)), 0, RECORDED_AT) };
    const upcast = decode(stored, (type, version, event) => ({
      ...event,
      was: `${type} ${version}`,
      version: 2,
    }));
    expect(upcast).toMatchObject({ was: 'StockReported 1', version: 2, id: report(1).id });
    expect(stored.bytes).toContain('"version":1');
  });

  it.each([
    ['another place than it was found at', stampLeaf(prepareLeaf(report(1)), 5, RECORDED_AT)],
    ['no JSON', '{"actor":'],
  ])('is called damaged when it says %s', (_what, bytes) => {
    const reading = () => decode({ position: 1, bytes }, (_type, _version, event) => event);
    expect(reading).toThrow(LedgerError);
    expect(reading).toThrow('The ledger is damaged: position 1 was expected to hold');
  });
});
