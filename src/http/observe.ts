/** What is noted of each request: its figures, and a line in the log? */
import type { Desk } from './endpoint.ts';

/** A request that has been answered, or whose client has gone. */
export interface Observed {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  /** The address as OpenAPI writes it, so that figures stay few. */
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  /** The name of the key, where there was one. */
  readonly actor: string | undefined;
}

/** Counts the request and logs it: reads that went well at `debug`, faults of the service at `error`, the rest at `info`. */
export function note({ metrics, logger }: Desk, observed: Observed): void {
  const { route, ...line } = observed;
  metrics.answered(line.method, route, line.status, line.ms / 1000);
  const isRead = line.method === 'GET' || line.method === 'HEAD';
  const level = line.status === 500 ? 'error' : line.status < 400 && isRead ? 'debug' : 'info';
  if (logger.isLevelEnabled(level)) logger[level](line, 'request');
}
