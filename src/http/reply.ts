/** What goes out in answer to a write, or to what went wrong: the same with Express and ahead of it. */
import type { ServerResponse } from 'node:http';

export interface Reply {
  readonly status: number;
  /** Besides those of every answer. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends a reply; headers that are set already stay. */
export function sendReply(response: ServerResponse, { status, headers, body }: Reply): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.setHeader('Content-Length', Buffer.byteLength(body));
  response.statusCode = status;
  response.end(body);
}
