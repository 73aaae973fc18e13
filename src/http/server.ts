/** How does the service listen, and how does it stop? */
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How long a client may take over its request line and headers, and a whole request. */
const headersMs = 20_000;
const requestMs = 60_000;
/** How long an idle connection is kept for the next request. */
const keepAliveMs = 65_000;

export interface Listening {
  /** Where it listens: `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Takes no more connections, lets requests under way finish, and cuts off what is left after `patienceMs`. */
  drain(patienceMs: number): Promise<void>;
}

function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

function drain(server: Server, patienceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const impatience = setTimeout(() => server.closeAllConnections(), patienceMs);
    server.close(() => {
      clearTimeout(impatience);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** Listens. Rejects with the error of the system: EADDRINUSE, EACCES, ENOTFOUND. */
export function listen(listener: RequestListener, host: string, port: number): Promise<Listening> {
  const server = createServer(
    { headersTimeout: headersMs, requestTimeout: requestMs, keepAliveTimeout: keepAliveMs },
    listener,
  );
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve({ url: urlOf(server), drain: (patienceMs) => drain(server, patienceMs) });
    });
  });
}
