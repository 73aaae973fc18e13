/** How does an event get into the log? Read, judged, recorded, and known before the answer goes out. */
import type { EventId } from '../../events/identity.ts';
import type { Draft, Flaw } from '../../events/registry.ts';
import { readDraft } from '../../events/registry.ts';
import { LedgerError } from '../ledger/failures.ts';
import type { Appended, Ledger, SealedEvent } from '../ledger/port.ts';
import type { Named } from './judge.ts';
import { flawsOfBatch } from './judge.ts';
import { Refusal } from './refusal.ts';
import type { RunningIndex } from './runningIndex.ts';

/** The most events that one batch may have. */
export const batchLimit = 1000;

/** How often an append with `If-Match` is tried again because others recorded about other subjects meanwhile. */
const racesBeforeGivingUp = 100;

export interface RecordOptions {
  /** Who records: the name of a key. */
  readonly actor: string;
  /** The revision that the subject's stream must have; absent: any. */
  readonly ifMatch?: number | undefined;
}

export interface RecordedBatch {
  /** `appended`: at least one event is new. */
  readonly outcome: Appended['outcome'];
  readonly events: readonly { readonly id: EventId; readonly position: number; readonly subject: string }[];
  readonly recordedAt: string;
  /** Of the subject's stream after the batch, where all its events are about one subject; else null. */
  readonly revision: number | null;
}

export interface RecorderParts {
  readonly ledger: Ledger;
  readonly running: RunningIndex;
  /** A new UUIDv7 in lower case. */
  readonly newId: () => string;
}

function refuseFlaws(flaws: readonly Flaw[]): never {
  const count = flaws.length === 1 ? 'one field' : `${flaws.length} fields`;
  throw new Refusal(
    'invalid-event',
    `Nothing was recorded: ${count} must be mended; "errors" says where and how.`,
    flaws,
  );
}

/** Reads a body: one event or a batch. Throws a Refusal `invalid-event` with every flaw, its pointer from the root of the body. */
export function readBatch(body: unknown): Draft[] {
  if (!Array.isArray(body)) {
    const reading = readDraft(body);
    return reading.ok ? [reading.event] : refuseFlaws(reading.flaws);
  }
  if (body.length === 0 || body.length > batchLimit) {
    refuseFlaws([{ pointer: '', message: `has ${body.length} events; send 1 to ${batchLimit}` }]);
  }
  const readings = body.map((item: unknown) => readDraft(item));
  const flaws = readings.flatMap((reading, at) => (reading.ok ? [] : inBatch(at, reading.flaws)));
  if (flaws.length > 0) refuseFlaws(flaws);
  return readings.flatMap((reading) => (reading.ok ? [reading.event] : []));
}

function inBatch(at: number, flaws: readonly Flaw[]): Flaw[] {
  return flaws.map((flaw) => ({ ...flaw, pointer: `/${at}${flaw.pointer}` }));
}

/** A draft as the ledger takes it. */
export function seal(draft: Named, actor: string): SealedEvent {
  return { ...draft, actor };
}

/** What the ledger said, as a refusal; other errors as they are. */
export function refusalOf(error: unknown): unknown {
  if (!(error instanceof LedgerError)) return error;
  const { failure, message } = error;
  switch (failure.code) {
    case 'id-conflict':
      return new Refusal('id-conflict', message, [], { cause: error });
    case 'too-large':
      return new Refusal('event-too-large', message, [], { cause: error });
    case 'invalid':
      return new Refusal('invalid-event', message, [{ pointer: '', message }], { cause: error });
    case 'outcome-unknown':
      return new Refusal('outcome-unknown', message, [], { cause: error });
    case 'unavailable':
    case 'rollback':
    case 'fork':
    case 'foreign-event':
    case 'corrupt':
      return new Refusal('unavailable', message, [], { cause: error });
    default:
      return error;
  }
}

function isRace(error: unknown): boolean {
  return error instanceof LedgerError && error.failure.code === 'wrong-expected-size';
}

/** The one subject of a batch, or null where it has several. */
function oneSubject(drafts: readonly Draft[]): string | null {
  const [first] = drafts;
  return first !== undefined && drafts.every((draft) => draft.subject === first.subject)
    ? first.subject
    : null;
}

export class Recorder {
  readonly #parts: RecorderParts;

  constructor(parts: RecorderParts) {
    this.#parts = parts;
  }

  /**
   * Records a batch, all or nothing, and resolves when it is durable and known to every question asked afterwards.
   * `isArray`: the pointers of flaws begin with the place in the batch.
   */
  async record(drafts: readonly Draft[], options: RecordOptions, isArray: boolean): Promise<RecordedBatch> {
    const named = drafts.map((draft): Named => ({
      ...draft,
      id: draft.id ?? (this.#parts.newId() as EventId),
    }));
    const flaws = flawsOfBatch(named, this.#parts.running.index);
    if (flaws.length > 0) {
      refuseFlaws(flaws.flatMap(({ at, flaw }) => (isArray ? inBatch(at, [flaw]) : [flaw])));
    }
    const appended = await this.#append(named, options);
    await this.#parts.running.reached(Math.max(...appended.positions));
    const subject = oneSubject(named);
    return {
      outcome: appended.outcome,
      events: named.map((draft, at) => ({
        id: draft.id,
        position: appended.positions[at] as number,
        subject: draft.subject,
      })),
      recordedAt: appended.recordedAt,
      revision: subject === null ? null : this.#parts.running.revisionOf(subject),
    };
  }

  async #append(named: readonly Named[], { actor, ifMatch }: RecordOptions): Promise<Appended> {
    const sealed = named.map((draft) => seal(draft, actor));
    try {
      if (ifMatch === undefined) return await this.#parts.ledger.append(sealed);
      return await this.#appendAtRevision(sealed, ifMatch);
    } catch (error) {
      throw refusalOf(error);
    }
  }

  /** Holds the revision of a subject by the size of the whole log, and tries again when something else was recorded. */
  async #appendAtRevision(sealed: readonly SealedEvent[], ifMatch: number): Promise<Appended> {
    const { ledger, running } = this.#parts;
    const subject = sealed[0]?.subject ?? '';
    for (let race = 0; race < racesBeforeGivingUp; race += 1) {
      const size = running.size;
      const revision = running.revisionOf(subject);
      const isRepeat = sealed.every((event) => running.index.positionOf(event.id) !== undefined);
      if (revision !== ifMatch && !isRepeat) throw wrongRevision(subject, ifMatch, revision);
      try {
        return await (isRepeat ? ledger.append(sealed) : ledger.append(sealed, size));
      } catch (error) {
        if (!isRace(error)) throw error;
        await running.reached(await ledger.size());
      }
    }
    throw new Refusal(
      'unavailable',
      'Nothing was recorded: too many others were recording. Send the same request again.',
    );
  }
}

function wrongRevision(subject: string, expected: number, seen: number): Refusal {
  return new Refusal(
    'wrong-revision',
    `Nothing was recorded: If-Match expects revision ${expected} of ${subject}, which has ${seen}. Read what was recorded since (/v1/events?subject=${subject}), decide again, and send If-Match: "${seen}".`,
  );
}
