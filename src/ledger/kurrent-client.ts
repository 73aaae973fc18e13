// How does this process talk to KurrentDB? One client for each connection string, however many ledgers use it.
//
// What the rest relies on, each learnt from a defect of @eventstore/db-client 6.2.1:
// - One client per process: its batched append shares one table of pending calls between all clients.
// - `credentials` with every append: they select the unary call, which does not use that table and recovers by itself.
// - Its deadlines do not see a peer that accepts the connection and says nothing: `inTime` does.
// - `dispose` ends calls but leaves the channel open.

import type { Credentials, EventStoreDBClient } from '@eventstore/db-client';
import { setMaxListeners } from 'node:events';
import { invalid } from './failures.ts';
import { CallTimedOut } from './kurrent-error.ts';

export interface TakenClient {
  readonly credentials: Credentials;
  /** The client as it is now. */
  readonly client: () => EventStoreDBClient;
  /**
   * Aborted before the calls of that client are ended by us. To the client these are calls that ended well: a read that
   * was cut off looks like one that found nothing more.
   */
  readonly replaced: () => AbortSignal;
  /**
   * Puts a new client in the place of one that is silent, which it would not notice for 20 seconds; the new one asks the
   * other nodes of the cluster first whom to talk to. Ends all calls of the old one.
   */
  readonly renew: (silent: EventStoreDBClient) => Promise<void>;
  /** Call it once. Ends all calls and closes the connection when nobody else uses the client. */
  readonly release: () => Promise<void>;
}

interface Shared {
  client: EventStoreDBClient;
  life: AbortController;
  users: number;
}

const shared = new Map<string, Shared>();

/**
 * The client for a connection string, made and loaded when it is first asked for.
 *
 * @throws {LedgerError} `invalid` for a connection string that cannot work. It may hold a password and is never repeated.
 */
export async function takeClient(url: string): Promise<TakenClient> {
  const credentials = credentialsIn(url);
  const { EventStoreDBClient: Client } = await import('@eventstore/db-client');
  const make = () => makeClient(Client, withGossipTimeout(url));
  const entry = shared.get(url) ?? { client: make(), life: lifetime(), users: 0 };
  shared.set(url, entry);
  entry.users += 1;
  return {
    credentials,
    client: () => entry.client,
    replaced: () => entry.life.signal,
    async renew(silent) {
      if (entry.client !== silent) return;
      entry.client = make();
      entry.life.abort(new Error('The client was silent, and is replaced.'));
      entry.life = lifetime();
      await endClient(silent);
    },
    async release() {
      entry.users -= 1;
      if (entry.users > 0) return;
      shared.delete(url);
      entry.life.abort(new Error('The client was closed.'));
      await endClient(entry.client);
    },
  };
}

/** What the call resolves to, unless it takes longer. The call itself cannot be stopped: it may still have its effect. */
export async function inTime<Value>(
  call: Promise<Value>,
  milliseconds: number,
  what: string,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new CallTimedOut(`${what} was not answered within ${milliseconds} ms`)),
      milliseconds,
    );
  });
  try {
    return await Promise.race([call, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Listened to by every call under way: many, at times. */
function lifetime(): AbortController {
  const life = new AbortController();
  setMaxListeners(0, life.signal);
  return life;
}

/** In seconds. The client asks one node after another who leads; a silent one must not use up the time of the call. */
function withGossipTimeout(url: string): string {
  return /[?&]gossipTimeout=/i.test(url) ? url : `${url}${url.includes('?') ? '&' : '?'}gossipTimeout=1`;
}

function makeClient(Client: typeof EventStoreDBClient, url: string): EventStoreDBClient {
  try {
    return Client.connectionString(url);
  } catch {
    // Its own message would print the whole string.
    throw invalid(null, `The KurrentDB connection string cannot be read: expected ${EXAMPLE}. Check it.`);
  }
}

/** How long the end of a client may take. */
const END_MS = 1000;

const EXAMPLE = 'esdb://user:password@host:2113 or esdb+discover://user:password@name:2113?tlsCAFile=ca.crt';
const PARTS = /^esdb(?:\+discover)?:\/\/(?:([^:@/]+)(?::([^@/]*))?@)?[^?]+(?:\?(.*))?$/;

function credentialsIn(url: string): Credentials {
  const [whole, username, password = '', query] = PARTS.exec(url) ?? [];
  if (whole === undefined) {
    throw invalid(null, `The KurrentDB connection string cannot be read: expected ${EXAMPLE}. Check it.`);
  }
  const options = new URLSearchParams((query ?? '').toLowerCase());
  if (options.get('throwonappendfailure') === 'false') {
    throw invalid(
      null,
      'throwOnAppendFailure=false hides which appends failed. Leave it out of the connection string.',
    );
  }
  if (options.get('tlsverifycert') === 'false') {
    throw invalid(
      null,
      'tlsVerifyCert=false has no effect in this client. Name the authority with tlsCAFile instead.',
    );
  }
  // Without TLS credentials are never sent, but given they must be: they select the unary append.
  if (options.get('tls') === 'false') return { username: username ?? 'nobody', password };
  if (username === undefined) {
    throw invalid(
      null,
      'The KurrentDB connection string has no user: expected one, since every append names it. Add user:password@.',
    );
  }
  return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
}

/** In bounded time: a client that never reached its server has no channel yet. The channel is reached by its name: the client has no public way to close it. */
async function endClient(client: EventStoreDBClient): Promise<void> {
  await inTime(client.dispose(), END_MS, 'Ending the calls').catch(() => {});
  const getChannel: unknown = Reflect.get(client, 'getChannel');
  if (typeof getChannel !== 'function') return;
  const channel: unknown = await inTime(
    Promise.resolve(Reflect.apply(getChannel, client, [])),
    END_MS,
    'Ending the connection',
  ).catch(() => null);
  if (
    typeof channel === 'object' &&
    channel !== null &&
    'close' in channel &&
    typeof channel.close === 'function'
  )
    channel.close();
}
