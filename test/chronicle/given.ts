/** What do the specs of the chronicle start from? A small chronicle in a folder of its own, which a spec may spoil. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from '@jest/globals';
import type { Recorded } from '../../events/registry.ts';
import type { IdentifiedDraft } from '../../src/service/chronicle/changesSince.ts';

export const shipped = fileURLToPath(new URL('../../events/chronicle', import.meta.url));

const temporary: string[] = [];
afterAll(() => temporary.forEach((folder) => rmSync(folder, { recursive: true })));

const attribution = `
    attribution: { outlet: The Times, statementBy: null, filing: null, anonymous: null, officials: null }`;
const source = `
    sources: [{ url: "https://example.org/a", title: A, publisher: The Times, publishedOn: 2024-12-30, quality: press }]`;

/** Files of a small chronicle in which nothing is wrong. */
export const small: Readonly<Record<string, string>> = {
  'parties/bytedance.yaml': `subject: party:bytedance
events:
  - slug: registered
    type: PartyRegistered
    publishedOn: 2012
    standing: reported
    summary: ByteDance is a company of Beijing.
    data: { name: ByteDance, kind: cloud, headquarters: CN, parent: null, ultimateParentHeadquarters: self }${attribution}${source}
`,
  'deals/bytedance-plan.yaml': `subject: deal:bytedance-plan
events:
  - slug: reported
    type: RentalDealReported
    publishedOn: 2024-12-30
    standing: reported
    summary: ByteDance plans to spend $7 billion.
    data:
      lessees: [bytedance]
      lessors: []
      place: null
      amount: { value: { low: null, best: 7000000000, high: null }, currency: USD, what: rent, period: { from: 2025, to: 2025 } }
      stage: planned${attribution}${source}
    doubts:
      - field: publishedOn
        why: taken from follow-ups

  - slug: denied
    type: ClaimDenied
    publishedOn: 2024-12-30
    standing: company
    summary: ByteDance says that the figure is wrong.
    data: { denies: ["deal:bytedance-plan#reported"], by: bytedance, scope: figure, says: The figure is wrong. }${attribution}${source}
`,
  'instruments/us-letter.yaml': `subject: instrument:us-letter
events:
  - slug: disclosed
    type: LetterIssued
    publishedOn: 2022-08-31
    occurredOn: 2022-08-26
    standing: company
    summary: ByteDance discloses a letter.
    data:
      title: A letter
      jurisdiction: US
      authority: BIS
      recipient: bytedance
      citation: null
      provisions:
        - key: letter-license
          kind: license-requirement
          text: A license is required.
          from: 2022-08-26
          item: { input: knows-military-end-use }
          activities: [export]
        - { key: reason, kind: text, text: Because of the risk. }${attribution}${source}
`,
  'inputs.yaml': `inputs:
  knows-military-end-use: { question: "Does anyone know of a military end use?", assumed: false }
`,
  'counts.json': '{}\n',
};

/** A folder with the small chronicle and the files that differ from it; null leaves one out. */
export function chronicleWith(files: Readonly<Record<string, string | null>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'chronicle-'));
  temporary.push(folder);
  for (const [file, text] of Object.entries({ ...small, ...files })) {
    if (text === null) continue;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

/** A file of the small chronicle in which one text stands for another. */
export function changed(file: string, from: string, to: string): Record<string, string> {
  const text = small[file];
  if (text?.includes(from) !== true) throw new Error(`${file} has no "${from}"`);
  return { [file]: text.replace(from, to) };
}

/** A log that recorded these drafts one after the other. */
export function logOf(...drafts: readonly IdentifiedDraft[]): Map<string, Recorded> {
  return new Map(
    drafts.map((draft, seq) => [
      draft.id,
      { ...draft, seq, recordedAt: '2026-01-01T00:00:00.000Z', actor: 'chronicle' },
    ]),
  );
}
