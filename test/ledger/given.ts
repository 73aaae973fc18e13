// Which events does a ledger spec start from?

import type { SealedEvent } from '../../src/ledger/port.ts';

/** The n-th id of a spec: a UUID, and different for every n. */
export function idNumber(n: number): string {
  return `0190a1b2-c3d4-7e5f-8a9b-${n.toString(16).padStart(12, '0')}`;
}

/** The n-th report, with changes. */
export function report(
  n: number,
  changes: Partial<SealedEvent> & Readonly<Record<string, unknown>> = {},
): SealedEvent {
  return {
    id: idNumber(n),
    type: 'StockReported',
    version: 1,
    subject: 'party:bytedance',
    publishedOn: '2024-12-30',
    occurredOn: null,
    standing: 'reported',
    summary: `Report number ${n}.`,
    data: {
      holder: 'bytedance',
      chips: [{ chip: 'h20', count: { low: null, best: n, high: null } }],
      asOf: '2024',
    },
    attribution: { outlet: 'The Information', anonymous: { count: 2, kind: 'people with direct knowledge' } },
    sources: [
      { url: 'https://example.org/a', title: 'A', publisher: 'P', publishedOn: null, quality: 'primary' },
    ],
    doubts: [],
    relates: [],
    notes: null,
    actor: 'importer',
    ...changes,
  };
}

/** Reports number `first` to `last`. */
export function reports(first: number, last: number): SealedEvent[] {
  return Array.from({ length: last - first + 1 }, (_, index) => report(first + index));
}

/** 2025-01-05T00:00:00.000Z, in milliseconds. */
export const FIFTH_OF_JANUARY_MS = Date.UTC(2025, 0, 5);

/** A clock that shows what the spec sets. */
export function settableClock(): { now: number; read: () => number } {
  const clock = { now: FIFTH_OF_JANUARY_MS, read: () => clock.now };
  return clock;
}
