/** How did everything stand? The whole regulatory state and every company's posture. */
import { subjectOf } from '../../events/identity.ts';
import type { Evidence } from '../evidence.ts';
import { chipsView } from './chip.ts';
import { clustersView } from './cluster.ts';
import { controlsView } from './controls.ts';
import { dealsView } from './deal.ts';
import { destinationView } from './destination.ts';
import { instrumentView } from './instrument.ts';
import { modelsView } from './model.ts';
import { postureView } from './posture.ts';

/** Every instrument, control, destination, company, chip, deal, cluster and model that is visible, by id. */
export function stateView(evidence: Evidence) {
  return {
    instruments: evidence.subjects('instrument').map((slug) => instrumentView(evidence, slug)),
    controls: controlsView(evidence),
    destinations: evidence.subjects('destination').map((code) => destinationView(evidence, code)),
    companies: evidence.subjects('party').map((slug) => postureView(evidence, slug)),
    chips: chipsView(evidence),
    deals: dealsView(evidence),
    clusters: clustersView(evidence),
    models: modelsView(evidence),
  };
}

/** Whether the record knows the subject at all at these clocks. */
export function isVisible(evidence: Evidence, kind: Parameters<typeof subjectOf>[0], slug: string): boolean {
  return evidence.readings(subjectOf(kind, slug)).length > 0;
}
