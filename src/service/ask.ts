/** What can be asked? Each question, where its answer comes from, and what is said when there is none. */
import type { EventId, Subject, SubjectKind } from '../../events/identity.ts';
import { dayText, spanAsPrinted } from '../../events/dates.ts';
import { Slug, kindOf, slugOf, subjectOf } from '../../events/identity.ts';
import type { Recorded } from '../../events/registry.ts';
import type { Clocks } from '../../projections/clocks.ts';
import { wasPublic } from '../../projections/clocks.ts';
import type { Evidence } from '../../projections/evidence.ts';
import { mergedInto, withMerges } from '../../projections/merges.ts';
import { isKeeper } from '../../projections/readings.ts';
import { chipView, chipsView } from '../../projections/views/chip.ts';
import { clusterView, clustersView } from '../../projections/views/cluster.ts';
import { companiesView, companyView } from '../../projections/views/company.ts';
import { controlsView } from '../../projections/views/controls.ts';
import { dealView, dealsView } from '../../projections/views/deal.ts';
import { destinationView } from '../../projections/views/destination.ts';
import { diffView } from '../../projections/views/diff.ts';
import { errorsLiveView } from '../../projections/views/errorsLive.ts';
import { explainView, isAttribute } from '../../projections/views/explain.ts';
import type { InstrumentFilter } from '../../projections/views/instruments.ts';
import { instrumentView } from '../../projections/views/instrument.ts';
import { instrumentsView } from '../../projections/views/instruments.ts';
import { modelView, modelsView } from '../../projections/views/model.ts';
import { postureView } from '../../projections/views/posture.ts';
import { stateView } from '../../projections/views/state.ts';
import { timelineView } from '../../projections/views/timeline.ts';
import { upcomingView } from '../../projections/views/upcoming.ts';
import type { Listed } from './cloudEvent.ts';
import { listed } from './cloudEvent.ts';
import type { EventFilter } from './feed.ts';
import { passes } from './feed.ts';
import { Moved, Refusal } from './refusal.ts';
import type { RunningIndex } from './runningIndex.ts';
import type { At, ClockTexts, Standpoint } from './standpoint.ts';
import { standpointOf, whereItStands } from './standpoint.ts';

/** A question about one subject may ask, where nothing is known yet, from when it is. */
export interface Hindsight {
  readonly hindsight?: boolean | undefined;
}

/** An answer that is a list, and where it stands. */
export interface ListAnswer<Item> {
  readonly at: At;
  readonly items: readonly Item[];
}

/** Names of the singular views, and the word under which an answer shows them. */
const views = {
  instrument: instrumentView,
  company: companyView,
  chip: chipView,
  deal: dealView,
  cluster: clusterView,
  model: modelView,
  destination: destinationView,
} as const;
type Shown = keyof typeof views;

function kindShownAs(shown: Shown): SubjectKind {
  return shown === 'company' ? 'party' : shown;
}

/** Whether all that is left of a subject is that what spoke of it was corrected or retracted. */
function isTakenBack(evidence: Evidence, subject: Subject): boolean {
  const readings = evidence.readings(subject);
  return readings.length > 0 && readings.every((reading) => isKeeper(reading.event));
}

/** Asks the running index. Every method is one question; all of them answer from what is known at the standpoint. */
export class Ask {
  readonly #running: RunningIndex;
  readonly #clock: () => number;
  readonly #watch: (evidence: Evidence) => Evidence;

  /** `clock`: milliseconds since 1970 in UTC. `watch`: sees the evidence first. */
  constructor(running: RunningIndex, clock: () => number, watch = (evidence: Evidence) => evidence) {
    this.#running = running;
    this.#clock = clock;
    this.#watch = watch;
  }

  /** The same, but that `watch` sees all evidence before an answer is made of it. */
  watched(watch: (evidence: Evidence) => Evidence): Ask {
    return new Ask(this.#running, this.#clock, watch);
  }

  /** The head of the log as far as it is known: the last position. */
  get head(): number {
    return this.#running.size;
  }

  /** Places a question on the clocks. */
  standpoint(texts: ClockTexts): Standpoint {
    return standpointOf(texts, this.#running.index, this.#clock());
  }

  /** What is known at the clocks. */
  evidence(clocks: Clocks): Evidence {
    return withMerges(this.#watch(this.#running.index.at(clocks)));
  }

  /** What is known at the clocks, for a page that composes several views. */
  known(texts: ClockTexts): { readonly at: At; readonly evidence: Evidence } {
    const standpoint = this.standpoint(texts);
    const evidence = this.evidence(standpoint.clocks);
    return { at: this.whereItStands(standpoint, evidence), evidence };
  }

  /** What an answer from this standpoint says of where it stands. */
  whereItStands(standpoint: Standpoint, evidence = this.evidence(standpoint.clocks)): At {
    return whereItStands(standpoint, evidence, this.#running.index);
  }

  #list<Item>(standpoint: Standpoint, view: (evidence: Evidence) => readonly Item[]): ListAnswer<Item> {
    const evidence = this.evidence(standpoint.clocks);
    return { at: this.whereItStands(standpoint, evidence), items: view(evidence) };
  }

  /** Throws `unknown-subject` or `not-known-then`. */
  #refuseUnknown(subject: Subject, { hindsight }: Hindsight): never {
    const [kind, slug] = [kindOf(subject), slugOf(subject)];
    if (!Slug.safeParse(slug).success || !this.#running.index.hasEver(subject)) {
      throw new Refusal(
        'unknown-subject',
        `No event speaks of ${kind} "${slug}". Lists such as /v1/companies show what there is.`,
      );
    }
    const detail = `Nothing that was public and recorded at these clocks speaks of ${kind} "${slug}".`;
    throw new Refusal(
      'not-known-then',
      hindsight === true
        ? `${detail} ${this.#knownSince(subject)}`
        : `${detail} With hindsight=true the answer says from when it is known.`,
    );
  }

  #knownSince(subject: Subject): string {
    const { index } = this.#running;
    const now = { kind: 'instant', ms: this.#clock() } as const;
    const readings = index.at({ asOf: now, publishedBy: null, position: index.size }).readings(subject);
    if (readings.length === 0) return 'What spoke of it was retracted.';
    const earliest = readings.reduce((first, one) =>
      one.publication.latest < first.publication.latest ? one : first,
    );
    const first = Math.min(...readings.map((reading) => reading.position));
    return `It is known from publishedBy=${dayText(earliest.publication.latest)}, and recorded from position ${first}.`;
  }

  /** The whole regulatory state and every company's posture. */
  state(standpoint: Standpoint) {
    const evidence = this.evidence(standpoint.clocks);
    return { at: this.whereItStands(standpoint, evidence), ...stateView(evidence) };
  }

  instruments(standpoint: Standpoint, filter: InstrumentFilter) {
    return this.#list(standpoint, (evidence) => instrumentsView(evidence, filter));
  }

  /** Throws Moved for a subject that was merged into another one. */
  #refuseMerged(subject: Subject, evidence: Evidence): void {
    const into = mergedInto(evidence, subject);
    if (into !== subject) throw new Moved(subject, into);
  }

  /** One subject by its slug, shown under its own word: `{ at, instrument }`. */
  one(shown: Shown, slug: string, standpoint: Standpoint, hindsight: Hindsight) {
    const evidence = this.evidence(standpoint.clocks);
    this.#refuseMerged(subjectOf(kindShownAs(shown), slug), evidence);
    const subject = subjectOf(kindShownAs(shown), slug);
    const found = isTakenBack(evidence, subject) ? null : views[shown](evidence, slug);
    if (found === null) return this.#refuseUnknown(subject, hindsight);
    return { at: this.whereItStands(standpoint, evidence), [shown]: found };
  }

  posture(slug: string, standpoint: Standpoint, hindsight: Hindsight) {
    const evidence = this.evidence(standpoint.clocks);
    this.#refuseMerged(subjectOf('party', slug), evidence);
    const subject = subjectOf('party', slug);
    const posture = isTakenBack(evidence, subject) ? null : postureView(evidence, slug);
    if (posture === null) return this.#refuseUnknown(subject, hindsight);
    return { at: this.whereItStands(standpoint, evidence), ...posture };
  }

  timeline(subject: Subject, standpoint: Standpoint, hindsight: Hindsight) {
    const evidence = this.evidence(standpoint.clocks);
    this.#refuseMerged(subject, evidence);
    if (evidence.readings(subject).length === 0) return this.#refuseUnknown(subject, hindsight);
    return { at: this.whereItStands(standpoint, evidence), items: timelineView(evidence, subject) };
  }

  controls(standpoint: Standpoint) {
    return this.#list(standpoint, controlsView);
  }

  companies(standpoint: Standpoint) {
    return this.#list(standpoint, companiesView);
  }

  chips(standpoint: Standpoint) {
    return this.#list(standpoint, chipsView);
  }

  deals(standpoint: Standpoint) {
    return this.#list(standpoint, dealsView);
  }

  clusters(standpoint: Standpoint) {
    return this.#list(standpoint, clustersView);
  }

  models(standpoint: Standpoint) {
    return this.#list(standpoint, modelsView);
  }

  /** What is scheduled within so many days after `asOf`. */
  upcoming(standpoint: Standpoint, days: number) {
    return this.#list(standpoint, (evidence) => upcomingView(evidence, days));
  }

  /** The log itself, in order, as it was recorded; `publishedBy` leaves out what was not public by then. */
  events(standpoint: Standpoint, filter: EventFilter & { readonly after: number; readonly limit: number }) {
    const { index } = this.#running;
    const { position: head, publishedBy } = standpoint.clocks;
    const items: Listed[] = [];
    let position = filter.after;
    while (position < head && items.length < filter.limit) {
      position += 1;
      const event = index.recordedAt(position);
      if (event === undefined || !passes(event, filter)) continue;
      if (wasPublic(spanAsPrinted(event.publishedOn), publishedBy)) items.push(listed(event));
    }
    return {
      at: this.whereItStands(standpoint, this.evidence(standpoint.clocks)),
      items,
      last: position,
      isComplete: position >= head,
    };
  }

  /** One event as recorded, how it is read at the clocks, and what corrects it or speaks against it. */
  event(id: EventId, standpoint: Standpoint) {
    const evidence = this.evidence(standpoint.clocks);
    const event = this.recorded(id, standpoint);
    const reading = evidence.reading(id);
    return {
      at: this.whereItStands(standpoint, evidence),
      event: listed(event),
      reading: reading === null ? null : { corrected: reading.corrected, event: listed(reading.event) },
      corrections: this.#keepersOf(id, standpoint).map(listed),
      objections: evidence.objections(id).map(({ how, reading: by }) => ({ how, event: listed(by.event) })),
    };
  }

  #keepersOf(id: EventId, { clocks }: Standpoint): Recorded[] {
    const keepers = this.#running.index.keepersOf(id).filter((keeper) => keeper.seq < clocks.position);
    return keepers.filter((event) => wasPublic(spanAsPrinted(event.publishedOn), clocks.publishedBy));
  }

  /** The event as recorded, where it was recorded and public at the clocks; else throws `unknown-event`. */
  recorded(id: string, standpoint: Standpoint): Recorded {
    const { index } = this.#running;
    const { position: head, publishedBy } = standpoint.clocks;
    const position = index.positionOf(id);
    const event = position === undefined || position > head ? undefined : index.recordedAt(position);
    if (event !== undefined && wasPublic(spanAsPrinted(event.publishedOn), publishedBy)) return event;
    throw new Refusal(
      'unknown-event',
      `No event ${id} was recorded and public at these clocks. /v1/events lists the log.`,
    );
  }

  /** Why an attribute (each, where none is given) has its value; of a merged subject, under the id that remains. */
  explain(
    subject: Subject,
    attribute: string | undefined,
    standpoint: Standpoint,
    hindsight: Hindsight = {},
  ) {
    const evidence = this.evidence(standpoint.clocks);
    const asked = attribute !== undefined && isAttribute(attribute) ? attribute : null;
    const explained = explainView(evidence, mergedInto(evidence, subject), asked);
    if (explained === null) return this.#refuseUnknown(subject, hindsight);
    return { at: this.whereItStands(standpoint, evidence), ...explained };
  }

  /** What differs between two standpoints, on one subject or on all. */
  diff(from: Standpoint, to: Standpoint, subject: Subject | null) {
    if (subject !== null && !this.#running.index.hasEver(subject)) return this.#refuseUnknown(subject, {});
    const [before, after] = [this.evidence(from.clocks), this.evidence(to.clocks)];
    const at = { from: this.whereItStands(from, before), to: this.whereItStands(to, after) };
    return { at, items: diffView(before, after, subject) };
  }

  /** Why nothing can have been served on a day; null: the log had begun by then. */
  #whyNothingServed(on: string, then: Standpoint, { clocks }: Standpoint): string | null {
    if (then.clocks.position > 0) return null;
    const first = clocks.position === 0 ? undefined : this.#running.index.recordedAt(1);
    const begun =
      first === undefined
        ? 'holds no event up to position 0'
        : `begins with an event recorded on ${first.recordedAt}`;
    return `This log ${begun}, so nothing was served from it by ${on}; clock=published asks what was public by then.`;
  }

  /**
   * What was served, or public, as true on a day and has since been corrected, retracted, denied or disputed. `reason`:
   * why the list is empty, where this log had not begun on that day; else null.
   */
  errorsLive(on: string, clock: 'recorded' | 'published', standpoint: Standpoint) {
    const then = this.standpoint(
      clock === 'recorded' ? { asOf: on, recordedBy: on } : { asOf: on, publishedBy: on },
    );
    const position = Math.min(then.clocks.position, standpoint.clocks.position);
    const before = this.evidence({ ...then.clocks, position });
    const evidence = this.evidence(standpoint.clocks);
    return {
      at: this.whereItStands(standpoint, evidence),
      reason: clock === 'recorded' ? this.#whyNothingServed(on, then, standpoint) : null,
      items: errorsLiveView(before, evidence),
    };
  }
}
