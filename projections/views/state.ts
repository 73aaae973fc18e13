/** How did everything stand? The whole regulatory state and every company's posture. */
import type { Slug, SubjectKind } from '../../events/identity.ts';
import { subjectOf } from '../../events/identity.ts';
import type { Evidence } from '../evidence.ts';
import { chipsView } from './chip.ts';
import { begunReadings } from './claimList.ts';
import { clustersView } from './cluster.ts';
import { controlsView } from './controls.ts';
import { dealsView } from './deal.ts';
import { destinationView } from './destination.ts';
import { instrumentView } from './instrument.ts';
import { modelsView } from './model.ts';
import { postureView } from './posture.ts';

/** The visible subjects of a kind of which something has begun: before the first event there are none. */
function begun(evidence: Evidence, kind: SubjectKind): Slug[] {
  return evidence.subjects(kind).filter((slug) => begunReadings(evidence, subjectOf(kind, slug)).length > 0);
}

/**
 * Every instrument, control, destination, company, chip, deal, cluster and model of which something has begun at
 * `asOf`, by id.
 */
export function stateView(evidence: Evidence) {
  const chips = new Set(begun(evidence, 'chip'));
  return {
    instruments: begun(evidence, 'instrument').map((slug) => instrumentView(evidence, slug)),
    controls: controlsView(evidence),
    destinations: begun(evidence, 'destination').map((code) => destinationView(evidence, code)),
    companies: begun(evidence, 'party').map((slug) => postureView(evidence, slug)),
    chips: chipsView(evidence).filter((chip) => chips.has(chip.id)),
    deals: dealsView(evidence),
    clusters: clustersView(evidence),
    models: modelsView(evidence),
  };
}
