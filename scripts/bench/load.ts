/**
 * How fast does a server answer? A client of raw sockets in a process of its own: each connection sends its next request
 * when the answer to the last one is complete. It parses no more than lengths, so that the server is what is measured.
 */
import { connect } from 'node:net';
import type { Socket } from 'node:net';

export interface Load {
  readonly port: number;
  /** Whole requests as they go over the wire; taken in turn, from the first, by all connections together. */
  readonly requests: readonly string[];
  readonly connections: number;
  /** How many requests to send in all. */
  readonly count: number;
}

export interface Measured {
  readonly seconds: number;
  /** The share of one processor that this client took: near 1 it is the client that is measured. */
  readonly clientShare: number;
  /** Of the answers, head and body. */
  readonly bytes: number;
}

const endOfHead = Buffer.from('\r\n\r\n');

/** Counts the bytes of one answer after the other on one connection. */
class Answers {
  #head: Buffer = Buffer.alloc(0);
  #missing = 0;

  /** Takes what came in; returns true where it completes an answer. Nothing is pipelined, so nothing follows. */
  take(chunk: Buffer): boolean {
    if (this.#missing > 0) {
      this.#missing -= chunk.length;
      return this.#missing === 0;
    }
    const seen = this.#head.length === 0 ? chunk : Buffer.concat([this.#head, chunk]);
    const end = seen.indexOf(endOfHead);
    this.#head = end < 0 ? seen : Buffer.alloc(0);
    if (end < 0) return false;
    this.#missing = end + endOfHead.length + bodyLength(seen.toString('latin1', 0, end)) - seen.length;
    return this.#missing === 0;
  }
}

function bodyLength(head: string): number {
  const status = head.slice(9, 12);
  if (status !== '200' && status !== '201')
    throw new Error(`expected 200, 201 or 404, saw: ${head.slice(0, 300)}`);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length === undefined) throw new Error(`expected a Content-Length, saw: ${head.slice(0, 300)}`);
  return Number(length);
}

function connected(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });
}

async function measure({ port, requests, connections, count }: Load): Promise<Measured> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => connected(port)));
  let [sent, answered, bytes] = [0, 0, 0];
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  await new Promise<void>((resolve, reject) => {
    const send = (socket: Socket) => {
      if (sent < count) socket.write(requests[sent++ % requests.length] ?? '', 'latin1');
    };
    for (const socket of sockets) {
      const answers = new Answers();
      socket.once('error', reject).once('close', () => reject(new Error('the server closed a connection')));
      socket.on('data', (chunk) => {
        bytes += chunk.length;
        if (!answers.take(chunk)) return;
        answered += 1;
        if (answered === count) resolve();
        else send(socket);
      });
      send(socket);
    }
  });
  const seconds = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  for (const socket of sockets) socket.removeAllListeners('close').destroy();
  return { seconds, clientShare: (user + system) / 1e6 / seconds, bytes };
}

process.on('message', (load: Load) => {
  measure(load).then(
    (measured) => process.send?.(measured),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
