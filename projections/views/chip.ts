/** What are the figures of a chip, who published them, and where is it sold? */
import { figureFields } from '../../events/compute.ts';
import type { Subject } from '../../events/identity.ts';
import { subjectOf } from '../../events/identity.ts';
import type { Attribute, Claim } from '../claim.ts';
import type { Evidence } from '../evidence.ts';
import { described, holding, resolve, resolved } from '../resolve.ts';
import type { Resolved } from '../resolve.ts';
import { statusOf } from '../status.ts';
import { alternativesOf, begunReadings, claimEntry, claimList, sinceText } from './claimList.ts';

/** A figure counts once it was public, whatever `asOf` says: it is a property of the chip. */
export function figureOf<A extends Attribute>(evidence: Evidence, chip: string, attribute: A, key?: string) {
  return resolve(evidence.claims(subjectOf('chip', chip), attribute, key));
}

/** The total processing performance of one chip, or null where no figure is public. */
export function tppOf(evidence: Evidence, chip: string): number | null {
  const tpp = figureOf(evidence, chip, 'tpp');
  return tpp === null ? null : tpp.winner.value.value;
}

function figureEntry(field: string, resolution: Resolved, evidence: Evidence) {
  const { winner } = resolution;
  return {
    value: winner.value,
    standing: winner.standing,
    status: statusOf(winner.reading, evidence),
    event: winner.reading.event.id,
    alternatives: alternativesOf([resolution], field),
  };
}

function figuresOf(evidence: Evidence, slug: string) {
  const fields = [...figureFields, 'marketedForDatacenter'] as const;
  return Object.fromEntries(
    fields.map((field) => {
      const resolution = figureOf(evidence, slug, field);
      return [
        field,
        resolution === null
          ? { value: null, reason: 'not-reported' as const }
          : figureEntry(field, resolution, evidence),
      ];
    }),
  );
}

/** The losing published values that a report of figures itself prints beside its own. */
function printedAlternatives(evidence: Evidence, subject: Subject) {
  return evidence.readings(subject).flatMap((reading) => {
    const { event } = reading;
    const figures =
      event.type === 'ChipAnnounced' || event.type === 'ChipFiguresReported' ? event.data.figures : null;
    return figures === null ? [] : figures.alternatives.map((other) => ({ ...other, event: event.id }));
  });
}

function keyed(evidence: Evidence, subject: Subject, attribute: 'rate' | 'reportedClassification') {
  const keys = [...new Set(evidence.claims(subject, attribute).map((claim) => claim.key))].toSorted();
  return Object.fromEntries(
    keys.map((key) => {
      const resolution = resolve(evidence.claims(subject, attribute, key) as readonly Claim[]);
      return [key, resolution === null ? null : figureEntry(`${attribute}.${key}`, resolution, evidence)];
    }),
  );
}

function salesOf(evidence: Evidence, subject: Subject) {
  const markets = [...new Set(evidence.claims(subject, 'sales').map((claim) => claim.key))].toSorted();
  return markets.flatMap((market) => {
    const sales = resolved(evidence, subject, 'sales', market);
    if (sales === null) return [];
    const { change, by } = sales.winner.value;
    return [
      {
        market,
        change,
        by,
        since: sinceText(sales.winner, evidence),
        claim: claimEntry(sales.winner.reading, evidence),
      },
    ];
  });
}

function chipHead(evidence: Evidence, slug: string) {
  const subject = subjectOf('chip', slug);
  const value = <A extends 'name' | 'vendor' | 'madeForMarket' | 'released'>(attribute: A) => {
    const found = described(evidence, subject, attribute);
    return found === null ? null : found.winner.value;
  };
  return {
    id: slug,
    name: value('name'),
    vendor: value('vendor'),
    madeForMarket: value('madeForMarket'),
    released: value('released'),
    figures: figuresOf(evidence, slug),
  };
}

/** A chip with all that is known of it; null where nothing visible speaks of it. */
export function chipView(evidence: Evidence, slug: string) {
  const subject = subjectOf('chip', slug);
  const readings = evidence.readings(subject);
  if (readings.length === 0) return null;
  const begun = begunReadings(evidence, subject);
  return {
    ...chipHead(evidence, slug),
    state: begun.length === 0 ? ('not-yet' as const) : ('begun' as const),
    rates: keyed(evidence, subject, 'rate'),
    reportedClassification: keyed(evidence, subject, 'reportedClassification'),
    otherPublishedValues: printedAlternatives(evidence, subject),
    sales: salesOf(evidence, subject),
    supply: holding(evidence, subject, 'supply').map((claim) => ({
      ...claim.value,
      claim: claimEntry(claim.reading, evidence),
    })),
    claims: claimList(readings, evidence),
  };
}

/** Every visible chip, by id, with its figures. */
export function chipsView(evidence: Evidence) {
  return evidence.subjects('chip').map((slug) => chipHead(evidence, slug));
}
