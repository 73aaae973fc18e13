// What does an error of the KurrentDB client mean for the ledger?
//
// The client says the same thing in several ways: a `type` where it recognised the server's exception, a gRPC `code` where
// it did not, and sometimes only a message. They are asked in this order, and by shape: the errors may come from another
// realm.

/** What to do about it. */
export type Verdict =
  /** Others were faster, or the store is not what we think: it has this many events. */
  | { readonly kind: 'wrong-size'; readonly actual: number }
  /** Certainly not recorded; the same call may succeed soon. */
  | { readonly kind: 'not-done' }
  /** Perhaps recorded, perhaps not; the same call with the same ids is safe. */
  | { readonly kind: 'unknown' }
  /** The stream is not there: it is empty, or deleted. */
  | { readonly kind: 'no-stream' }
  | { readonly kind: 'too-large'; readonly limitBytes: number }
  /** Certainly not recorded, and trying again is pointless. */
  | { readonly kind: 'refused' };

/** Thrown by us when a call was not answered in time; the client's own deadlines do not see a peer that is silent. */
export class CallTimedOut extends Error {
  override readonly name = 'CallTimedOut';
}

/** gRPC status codes: https://grpc.io/docs/guides/status-codes/ */
const PERMISSION_DENIED = 7;
const UNAUTHENTICATED = 16;

const verdicts: Readonly<Record<string, Verdict['kind']>> = {
  'not-leader': 'not-done',
  'access-denied': 'refused',
  'invalid-argument': 'refused',
  'stream-deleted': 'no-stream',
  'stream-not-found': 'no-stream',
  'no-stream': 'no-stream',
};

/** Said before anything was sent, or by a server that takes no writes at the moment. */
const NOT_DONE =
  /not ready|no leader|not leader|no connection established|ECONNREFUSED|failed to discover|name resolution failed/i;

export function verdictOn(error: unknown): Verdict {
  const type = member(error, 'type');
  if (type === 'wrong-expected-version') return { kind: 'wrong-size', actual: actualSize(error) };
  if (type === 'maximum-append-size-exceeded') return { kind: 'too-large', limitBytes: maxAppendSize(error) };
  const kind = typeof type === 'string' ? verdicts[type] : undefined;
  if (kind === 'not-done' || kind === 'refused' || kind === 'no-stream') return { kind };
  const code = member(error, 'code');
  if (code === PERMISSION_DENIED || code === UNAUTHENTICATED) return { kind: 'refused' };
  return { kind: NOT_DONE.test(String(member(error, 'message'))) ? 'not-done' : 'unknown' };
}

function actualSize(error: unknown): number {
  const actual = member(error, 'actualVersion');
  return typeof actual === 'bigint' ? Number(actual) + 1 : 0;
}

function maxAppendSize(error: unknown): number {
  const size = member(error, 'maxAppendSize');
  return typeof size === 'number' ? size : Number.NaN;
}

function member(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}
