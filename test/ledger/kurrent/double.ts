// What does a KurrentDB server look like to its client? A small one for specs: a real network, faults on demand.
//
// Made from the client's own generated protocol classes. Streams are kept in memory and outlive a restart, as on a disk.
// The rules of appending are those of the server: the expected revision, and the repetition of the same ids.

import type {
  ServerReadableStream,
  ServerUnaryCall,
  ServerWritableStream,
  sendUnaryData,
} from '@grpc/grpc-js';
import { Metadata, Server, ServerCredentials, status } from '@grpc/grpc-js';
import gossipServices from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streamServices from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';

/** What becomes of one append. */
export type AppendFault =
  /** Recorded, and never answered. */
  | 'answer-lost'
  /** Recorded, then the connection breaks. */
  | 'cut-after'
  /** The connection breaks before anything is recorded. */
  | 'cut-before'
  /** Not answered; recorded only when `letThrough` is called. */
  | 'held'
  /** Recorded, but the server gives up waiting for its followers. */
  | 'timeout-after'
  /** The server gives up, and nothing is recorded. */
  | 'timeout-before'
  | 'not-leader'
  | 'not-ready'
  | 'access-denied'
  /** As the server says of a batch above its limit. */
  | 'too-large'
  /** Somebody else's event is recorded first. */
  | 'overtaken'
  /** The answer says that the stream is empty. */
  | 'claims-no-stream';

export interface KeptEvent {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

type AppendCall = ServerReadableStream<streams.AppendReq, streams.AppendResp>;
type Answer = sendUnaryData<streams.AppendResp>;
type ReadCall = ServerWritableStream<streams.ReadReq, streams.ReadResp>;

interface Proposed {
  readonly stream: string;
  /** How many events the stream must have; `null`: any number. */
  readonly expectedSize: number | null;
  readonly events: readonly KeptEvent[];
}

export class KurrentDouble {
  #server: Server | undefined;
  #port = 0;
  readonly #streams = new Map<string, KeptEvent[]>();
  readonly #subscribers = new Map<ReadCall, { readonly stream: string; sent: number }>();
  #faults: AppendFault[] = [];
  #held: (() => void)[] = [];
  #isFrozen = false;
  #isMute = false;
  #whenOvertaken: (stream: string) => void = () => {};
  /** Calls of each kind so far. */
  readonly calls = { append: 0, batchAppend: 0, read: 0, subscribe: 0, gossip: 0 };

  async start(): Promise<void> {
    const server = new Server();
    server.addService(streamServices.StreamsService, {
      append: (call: AppendCall, answer: Answer) => this.#append(call, answer),
      read: (call: ReadCall) => this.#read(call),
      batchAppend: (call: ReadCall) => {
        this.calls.batchAppend += 1;
        call.destroy(failure(status.UNIMPLEMENTED, 'Only the unary append is expected here.'));
      },
      delete: refuseCall,
      tombstone: refuseCall,
    });
    server.addService(gossipServices.GossipService, {
      read: (_call: ServerUnaryCall<unknown, unknown>, answer: sendUnaryData<gossip.ClusterInfo>) => {
        this.calls.gossip += 1;
        if (!this.#isFrozen) answer(null, this.#clusterInfo());
      },
    });
    this.#port = await new Promise<number>((resolve, reject) => {
      server.bindAsync(`127.0.0.1:${this.#port}`, ServerCredentials.createInsecure(), (error, port) =>
        error === null ? resolve(port) : reject(error),
      );
    });
    this.#server = server;
  }

  /** As a killed process: every connection breaks, nothing is said. Its streams are there when it is started again. */
  kill(): void {
    this.#server?.forceShutdown();
    this.#server = undefined;
    this.#subscribers.clear();
  }

  /** For one node, or with discovery as for a cluster. */
  url(how: 'single' | 'discover' = 'single'): string {
    return `esdb${how === 'discover' ? '+discover' : ''}://127.0.0.1:${this.#port}?tls=false`;
  }

  /** Accepts connections and calls, and answers nothing. */
  freeze(): void {
    this.#isFrozen = true;
  }

  thaw(): void {
    this.#isFrozen = false;
  }

  /** Subscriptions stay open and tell nothing. */
  mute(isMute: boolean): void {
    this.#isMute = isMute;
    if (!isMute) this.#tell();
  }

  /** Ends all faults. */
  beWell(): void {
    this.#faults = [];
    this.#held = [];
    this.#isFrozen = false;
    this.mute(false);
  }

  /** Ends every subscription, as a server does that steps down. */
  dropSubscriptions(): void {
    for (const call of this.#subscribers.keys())
      call.destroy(failure(status.UNAVAILABLE, 'Server Is Shutting Down'));
    this.#subscribers.clear();
  }

  /** What becomes of the next appends, one after another; those after them succeed. */
  nextAppends(...faults: readonly AppendFault[]): void {
    this.#faults = [...faults];
  }

  /** What happens just before an append that is `overtaken`. */
  whenOvertaken(act: (stream: string) => void): void {
    this.#whenOvertaken = act;
  }

  /** Resolves when an append is held. */
  async somethingHeld(): Promise<void> {
    while (this.#held.length === 0) await turn();
  }

  /** Lets the held appends have their effect; their answers go nowhere. */
  letThrough(): void {
    for (const act of this.#held) act();
    this.#held = [];
  }

  events(stream: string): readonly KeptEvent[] {
    return this.#streams.get(stream) ?? [];
  }

  /** Makes a stream hold exactly these events. Subscribers are not told what was taken away. */
  keep(stream: string, events: readonly KeptEvent[]): void {
    this.#streams.set(stream, [...events]);
    this.#tell();
  }

  #append(call: AppendCall, answer: Answer): void {
    this.calls.append += 1;
    const messages: streams.AppendReq[] = [];
    call.on('data', (message: streams.AppendReq) => messages.push(message));
    call.on('end', () => {
      if (!this.#isFrozen) this.#answer(proposedIn(messages), answer, this.#faults.shift());
    });
  }

  #answer(proposed: Proposed, answer: Answer, fault: AppendFault | undefined): void {
    switch (fault) {
      case undefined:
        return answer(...this.#record(proposed));
      case 'answer-lost':
        this.#record(proposed);
        return;
      case 'held':
        this.#held.push(() => this.#record(proposed));
        return;
      case 'cut-after':
        this.#record(proposed);
        return answer(failure(status.UNAVAILABLE, 'Connection dropped'));
      case 'cut-before':
        return answer(failure(status.UNAVAILABLE, 'Connection dropped'));
      case 'timeout-after':
        this.#record(proposed);
        return answer(failure(status.ABORTED, 'Operation timed out: CommitTimeout'));
      case 'timeout-before':
        return answer(failure(status.ABORTED, 'Operation timed out: PrepareTimeout'));
      case 'overtaken':
        this.#whenOvertaken(proposed.stream);
        return answer(...this.#record(proposed));
      case 'claims-no-stream':
        return answer(null, wrongVersion(0));
      default:
        return answer(this.#refusal(fault));
    }
  }

  #refusal(fault: 'not-leader' | 'not-ready' | 'access-denied' | 'too-large') {
    switch (fault) {
      case 'not-leader':
        return failure(status.NOT_FOUND, 'Leader info available', {
          exception: 'not-leader',
          'leader-endpoint-host': '127.0.0.1',
          'leader-endpoint-port': String(this.#port),
        });
      case 'not-ready':
        return failure(status.UNAVAILABLE, 'Server Is Not Ready');
      case 'access-denied':
        return failure(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });
      default:
        return failure(status.INVALID_ARGUMENT, 'Maximum Append Size of 1024 Exceeded.', {
          exception: 'maximum-append-size-exceeded',
          'maximum-append-size': '1024',
        });
    }
  }

  #record({ stream, expectedSize, events }: Proposed): [null, streams.AppendResp] {
    const kept = this.#streams.get(stream) ?? [];
    if (expectedSize !== null && expectedSize !== kept.length) {
      const there = kept.slice(expectedSize, expectedSize + events.length);
      const isRepetition =
        there.length === events.length && there.every(({ id }, index) => id === events[index]?.id);
      return [null, isRepetition ? success(expectedSize + events.length) : wrongVersion(kept.length)];
    }
    kept.push(...events);
    this.#streams.set(stream, kept);
    setImmediate(() => this.#tell());
    return [null, success(kept.length)];
  }

  #read(call: ReadCall): void {
    const options = call.request.getOptions();
    const place = options?.getStream();
    if (options === undefined || place === undefined) return;
    const stream = Buffer.from(place.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString();
    if (this.#isFrozen) return;
    if (options.hasSubscription())
      return this.#subscribe(call, stream, place.hasRevision() ? Number(place.getRevision()) + 1 : 0);
    this.calls.read += 1;
    const kept = this.events(stream);
    if (kept.length === 0) {
      const nothing = new streams.ReadResp.StreamNotFound();
      nothing.setStreamIdentifier(identifier(stream));
      const notFound = new streams.ReadResp();
      notFound.setStreamNotFound(nothing);
      call.write(notFound);
      call.end();
      return;
    }
    const isBackwards = options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
    const count = Math.min(Number(options.getCount()), kept.length);
    const first = place.hasRevision() ? Number(place.getRevision()) : isBackwards ? kept.length - 1 : 0;
    for (let read = 0; read < count; read += 1) {
      const revision = isBackwards ? first - read : first + read;
      const event = kept[revision];
      if (event !== undefined) call.write(response(stream, revision, event));
    }
    call.end();
  }

  #subscribe(call: ReadCall, stream: string, from: number): void {
    this.calls.subscribe += 1;
    const confirmation = new streams.ReadResp.SubscriptionConfirmation();
    confirmation.setSubscriptionId(`subscription-${this.calls.subscribe}`);
    const confirmed = new streams.ReadResp();
    confirmed.setConfirmation(confirmation);
    call.write(confirmed);
    this.#subscribers.set(call, { stream, sent: from });
    call.on('cancelled', () => this.#subscribers.delete(call));
    this.#tell();
  }

  #tell(): void {
    if (this.#isMute || this.#isFrozen) return;
    for (const [call, subscriber] of this.#subscribers) {
      const kept = this.events(subscriber.stream);
      for (; subscriber.sent < kept.length; subscriber.sent += 1) {
        const event = kept[subscriber.sent];
        if (event !== undefined) call.write(response(subscriber.stream, subscriber.sent, event));
      }
    }
  }

  #clusterInfo(): gossip.ClusterInfo {
    const place = new gossip.EndPoint();
    place.setAddress('127.0.0.1');
    place.setPort(this.#port);
    const member = new gossip.MemberInfo();
    const id = new shared.UUID();
    id.setString('00000000-0000-4000-8000-000000000001');
    member.setInstanceId(id);
    member.setState(gossip.MemberInfo.VNodeState.LEADER);
    member.setIsAlive(true);
    member.setHttpEndPoint(place);
    const info = new gossip.ClusterInfo();
    info.setMembersList([member]);
    return info;
  }
}

function proposedIn([first, ...rest]: readonly streams.AppendReq[]): Proposed {
  const options = first?.getOptions();
  const name = options?.getStreamIdentifier()?.getStreamName_asU8() ?? new Uint8Array();
  const isEmpty = options?.hasNoStream() === true;
  const revision = options?.hasRevision() === true ? Number(options.getRevision()) + 1 : null;
  return {
    stream: Buffer.from(name).toString(),
    expectedSize: isEmpty ? 0 : revision,
    events: rest.flatMap((message) => {
      const proposed = message.getProposedMessage();
      return proposed === undefined ? [] : [keptEvent(proposed)];
    }),
  };
}

function keptEvent(proposed: streams.AppendReq.ProposedMessage): KeptEvent {
  const about = proposed.getMetadataMap();
  return {
    id: proposed.getId()?.getString() ?? '',
    type: about.get('type') ?? '',
    contentType: about.get('content-type') ?? '',
    data: proposed.getData_asU8(),
    metadata: proposed.getCustomMetadata_asU8(),
  };
}

function response(stream: string, revision: number, event: KeptEvent): streams.ReadResp {
  const id = new shared.UUID();
  id.setString(event.id);
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(id);
  recorded.setStreamIdentifier(identifier(stream));
  recorded.setStreamRevision(String(revision));
  recorded.setCommitPosition(String(revision));
  recorded.setPreparePosition(String(revision));
  recorded
    .getMetadataMap()
    .set('type', event.type)
    .set('content-type', event.contentType)
    .set('created', '0');
  recorded.setData(event.data);
  recorded.setCustomMetadata(event.metadata);
  const read = new streams.ReadResp.ReadEvent();
  read.setEvent(recorded);
  read.setCommitPosition(String(revision));
  const answer = new streams.ReadResp();
  answer.setEvent(read);
  return answer;
}

function success(size: number): streams.AppendResp {
  const done = new streams.AppendResp.Success();
  done.setCurrentRevision(String(size - 1));
  done.setNoPosition(new shared.Empty());
  const answer = new streams.AppendResp();
  answer.setSuccess(done);
  return answer;
}

function wrongVersion(size: number): streams.AppendResp {
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (size === 0) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(size - 1));
  const answer = new streams.AppendResp();
  answer.setWrongExpectedVersion(wrong);
  return answer;
}

function identifier(stream: string): shared.StreamIdentifier {
  const named = new shared.StreamIdentifier();
  named.setStreamName(Buffer.from(stream));
  return named;
}

function failure(code: status, details: string, about: Readonly<Record<string, string>> = {}) {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(about)) metadata.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata });
}

function refuseCall(_call: ServerUnaryCall<unknown, unknown>, answer: sendUnaryData<unknown>): void {
  answer(failure(status.UNIMPLEMENTED, 'Not a part of the double.'));
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
