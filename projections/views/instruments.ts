/** Which rules, letters, bills and policies are there, and which of them answer a search? */
import type { Citation } from '../../events/values.ts';
import type { Evidence } from '../evidence.ts';
import type { InstrumentSummary } from './instrument.ts';
import { instrumentSummary } from './instrument.ts';

/** What to keep; a filter that is left out keeps all. `legalStatus` also takes `not-yet` and, for none, `none`. */
export interface InstrumentFilter {
  readonly jurisdiction?: string | undefined;
  readonly authority?: string | undefined;
  readonly legalStatus?: string | undefined;
  /** Part of the id, the title, the authority or a citation, in any case. */
  readonly q?: string | undefined;
}

function textsIn(citation: Citation | null): (string | null)[] {
  if (citation === null) return [];
  const { fr, frDoc, rin, docket, cfr, publicLaw, other } = citation;
  return [fr, frDoc, rin, docket, publicLaw, other, ...cfr];
}

function matches(instrument: InstrumentSummary, query: string): boolean {
  const { id, title, authority, citation } = instrument;
  const sought = query.toLowerCase();
  return [id, title, authority, ...textsIn(citation)].some(
    (text) => text?.toLowerCase().includes(sought) === true,
  );
}

function isKept(instrument: InstrumentSummary, filter: InstrumentFilter): boolean {
  const { jurisdiction, authority, legalStatus, q } = filter;
  return (
    (jurisdiction === undefined || instrument.jurisdiction === jurisdiction) &&
    (authority === undefined || instrument.authority === authority) &&
    (legalStatus === undefined || (instrument.legalStatus ?? 'none') === legalStatus) &&
    (q === undefined || matches(instrument, q))
  );
}

/** The visible instruments that the filter keeps, by id. */
export function instrumentsView(evidence: Evidence, filter: InstrumentFilter = {}): InstrumentSummary[] {
  return evidence
    .subjects('instrument')
    .map((slug) => instrumentSummary(evidence, slug))
    .filter((instrument) => instrument !== null)
    .filter((instrument) => isKept(instrument, filter));
}
