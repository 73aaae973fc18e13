// What can go wrong with a ledger, and what should be done about it?

/** Each way to fail, with what a caller needs to answer for it. */
export type LedgerFailure =
  /** `position` is where the id stands; `null`: the same batch gives the id to two different events. */
  | { readonly code: 'id-conflict'; readonly id: string; readonly position: number | null }
  | { readonly code: 'wrong-expected-size'; readonly expected: number; readonly actual: number }
  /** `id` is `null` where the batch as a whole is too large. */
  | {
      readonly code: 'too-large';
      readonly id: string | null;
      readonly sizeBytes: number;
      readonly limitBytes: number;
    }
  /** `id` is `null` where the request as a whole is wrong. */
  | { readonly code: 'invalid'; readonly id: string | null }
  /** Perhaps recorded, perhaps not. The same ids make a retry safe. */
  | { readonly code: 'outcome-unknown' }
  /** Certainly not recorded. */
  | { readonly code: 'unavailable' }
  | { readonly code: 'locked'; readonly directory: string }
  | { readonly code: 'unknown-format'; readonly path: string }
  | { readonly code: 'corrupt' }
  /** A shared store has fewer events than this node has seen in it. */
  | { readonly code: 'rollback'; readonly seen: number; readonly actual: number }
  /** A shared store has another event at a position than this node has seen there. */
  | { readonly code: 'fork'; readonly position: number }
  /** A shared store holds an event that no Tidemark appended. */
  | { readonly code: 'foreign-event'; readonly revision: number };

/** The only error a ledger throws of its own accord. `failure` narrows by `code`; `cause` is what the store said. */
export class LedgerError extends Error {
  readonly failure: LedgerFailure;

  constructor(failure: LedgerFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LedgerError';
    this.failure = failure;
  }

  get code(): LedgerFailure['code'] {
    return this.failure.code;
  }
}

export function idConflict(id: string, position: number | null): LedgerError {
  const where = position === null ? 'earlier in the same batch' : `at position ${position}`;
  return new LedgerError(
    { code: 'id-conflict', id, position },
    `Event ${id} was not recorded: expected an unused id or the same content, saw other content under this id ${where}. ` +
      'Give the event an id of its own; to correct a recorded event, record an EventCorrected.',
  );
}

export function wrongExpectedSize(expected: number, actual: number): LedgerError {
  return new LedgerError(
    { code: 'wrong-expected-size', expected, actual },
    `The batch was not recorded: expected a ledger of ${expected} events, saw ${actual}. ` +
      'Read what has been recorded since, decide again, and append with the new size.',
  );
}

export function tooLarge(id: string, sizeBytes: number, limitBytes: number): LedgerError {
  return new LedgerError(
    { code: 'too-large', id, sizeBytes, limitBytes },
    `Event ${id} was not recorded: expected at most ${limitBytes} bytes of canonical JSON in UTF-8, saw ${sizeBytes}. ` +
      'Shorten its texts, or report it as several events.',
  );
}

export function batchTooLarge(sizeBytes: number, limitBytes: number): LedgerError {
  return new LedgerError(
    { code: 'too-large', id: null, sizeBytes, limitBytes },
    `The batch was not recorded: expected at most ${limitBytes} bytes at once, saw ${sizeBytes}. ` +
      'Send it as several batches.',
  );
}

/** @param what one sentence: what was expected, what was seen, what to do. */
export function invalid(id: string | null, what: string, options?: ErrorOptions): LedgerError {
  return new LedgerError({ code: 'invalid', id }, what, options);
}

export function outcomeUnknown(cause: unknown): LedgerError {
  return new LedgerError(
    { code: 'outcome-unknown' },
    `The store failed while it made the batch durable (${saidBy(cause)}); it may or may not be recorded. ` +
      'Append the same events with the same ids again: what is there will be found.',
    { cause },
  );
}

/** @param what what failed and what to do, a sentence or two. */
export function unavailable(what: string, cause?: unknown): LedgerError {
  const said = cause === undefined ? '' : ` (${saidBy(cause)})`;
  return new LedgerError({ code: 'unavailable' }, `${what}${said}`, { cause });
}

export function closed(): LedgerError {
  return unavailable('The ledger is closed. Open it again before using it.');
}

export function locked(directory: string, cause: unknown): LedgerError {
  return new LedgerError(
    { code: 'locked', directory },
    `Another writer has the ledger in ${directory}: expected to be its only writer. ` +
      'Stop the other process, or use another data directory.',
    { cause },
  );
}

export function unknownFormat(path: string, expected: string, seen: string): LedgerError {
  return new LedgerError(
    { code: 'unknown-format', path },
    `${path} was not opened: expected ${expected}, saw ${seen}. Use the version of Tidemark that wrote it, or another data directory.`,
  );
}

/** @param what what was expected of the store and what was seen. */
export function corrupt(what: string, cause?: unknown): LedgerError {
  return new LedgerError(
    { code: 'corrupt' },
    `The ledger is damaged: ${what}. Stop writing, keep a copy of the files, and restore the last backup that verifies.`,
    { cause },
  );
}

export function rollback(seen: number, actual: number): LedgerError {
  return new LedgerError(
    { code: 'rollback', seen, actual },
    `The store went back: this node has seen ${seen} events in it, and now it has ${actual}. Nothing more is taken in or ` +
      'recorded. Find out which is right; if the store was restored from a backup on purpose, start this node ' +
      'anew without what it remembers.',
  );
}

export function fork(position: number): LedgerError {
  return new LedgerError(
    { code: 'fork', position },
    `The store has another history: at position ${position} it holds another event than this node has seen there. ` +
      'Nothing more is taken in or recorded. Check that every node is given the same store and stream.',
  );
}

/** @param what what was expected of the event and what was seen. */
export function foreignEvent(stream: string, revision: number, what: string, cause?: unknown): LedgerError {
  return new LedgerError(
    { code: 'foreign-event', revision },
    `Stream ${stream} has at revision ${revision} an event that Tidemark did not append: ${what}. Nothing more is taken in or ` +
      'recorded. Stop whatever else writes to the stream; then copy what is sound to a new stream.',
    { cause },
  );
}

/** By its shape and not by `instanceof`: errors of native libraries may come from another realm. */
function saidBy(cause: unknown): string {
  const hasMessage = typeof cause === 'object' && cause !== null && 'message' in cause;
  return String(hasMessage ? cause.message : cause);
}
