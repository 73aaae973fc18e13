/** How is a body read? As JSON of at most 1 MiB, and nothing else. */
import express from 'express';
import type { Request, Response } from 'express';
import { Problem } from './problems.ts';

export const bodyLimitBytes = 1024 * 1024;
const parse = express.json({ limit: bodyLimitBytes, strict: false });

function problemOf(error: unknown, request: Request): Problem {
  const kind = error instanceof Error && 'type' in error ? error.type : undefined;
  switch (kind) {
    case 'entity.too.large':
      return new Problem(
        'body-too-large',
        `The body is larger than ${bodyLimitBytes} bytes; send fewer events at once.`,
        { cause: error },
      );
    case 'entity.parse.failed':
      return notJson(error);
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new Problem('unsupported-media-type', `${(error as Error).message}; send JSON in UTF-8.`, {
        cause: error,
      });
    case 'request.aborted':
    case 'request.size.invalid':
      return new Problem('malformed-body', 'The body ended early; send it again.', { cause: error });
    default:
      return new Problem('malformed-body', `The body of ${request.path} could not be read.`, {
        cause: error,
      });
  }
}

/** The JSON of a body that was read as text, or throws a Problem. An empty body is none. */
export function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw notJson(cause);
  }
}

function notJson(cause: unknown): Problem {
  const why = cause instanceof Error ? cause.message : 'it cannot be parsed';
  return new Problem('malformed-body', `The body is not JSON: ${why}.`, { cause });
}

/** Reads the body, or throws a Problem. */
export async function readJson(request: Request, response: Response): Promise<unknown> {
  if (request.is('application/json') !== 'application/json') {
    const seen = request.get('content-type') ?? 'no Content-Type';
    throw new Problem('unsupported-media-type', `The body is ${seen}; send Content-Type: application/json.`, {
      headers: { Accept: 'application/json' },
    });
  }
  await new Promise<void>((resolve, reject) => {
    parse(request, response, (error?: unknown) => {
      if (error === undefined) resolve();
      else reject(problemOf(error, request));
    });
  });
  return request.body as unknown;
}
