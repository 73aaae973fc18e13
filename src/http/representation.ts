/** In which bytes does an answer go out? Format, encoding, and the strong ETag of each. */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { stringify } from 'csv-stringify/sync';

export type Encoding = 'identity' | 'gzip';

/** What a list or an answer can be sent as. */
export const formats = {
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  csv: 'text/csv',
  link: 'application/link-format',
} as const;
export type Format = keyof typeof formats;

/** `Content-Type` of a format; JSON and NDJSON are UTF-8 by definition. */
export function contentType(format: Format): string {
  return format === 'csv' ? 'text/csv; charset=utf-8; header=present' : formats[format];
}

/** One object a line. */
export function ndjson(items: readonly unknown[]): string {
  return items.map((item) => `${JSON.stringify(item)}\n`).join('');
}

function cell(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

/** RFC 4180; what is no plain value stands in its cell as JSON. Texts that a spreadsheet would run as a formula are escaped. */
export function csv(items: readonly object[], columns: readonly string[]): string {
  const rows = items.map((item) => {
    const fields = item as Readonly<Record<string, unknown>>;
    return columns.map((column) => cell(fields[column]));
  });
  return stringify([[...columns], ...rows], {
    escape_formulas: true,
    record_delimiter: '\r\n',
    cast: { boolean: (value) => String(value) },
  });
}

/** Shorter answers are not compressed: it would not make them smaller on the wire. */
const compressFromBytes = 1024;

/** The opaque tag of a body before any encoding. */
export function tagOf(body: Buffer): string {
  return createHash('sha256').update(body).digest('base64url').slice(0, 22);
}

/** RFC 9110 8.8.3: another encoding is another representation, so it has another strong tag. */
export function etag(tag: string, encoding: Encoding): string {
  return encoding === 'gzip' ? `"${tag}-gzip"` : `"${tag}"`;
}

/** Whether a cached copy that the client names, in whatever encoding it has it, is still current (RFC 9110 13.1.2, weak comparison). Gives its tag. */
export function matchingEtag(ifNoneMatch: string, tag: string, encoding: Encoding): string | null {
  if (ifNoneMatch.trim() === '*') return etag(tag, encoding);
  const named = ifNoneMatch.split(',').map((one) => one.trim().replace(/^W\//, ''));
  return named.find((one) => one === etag(tag, 'identity') || one === etag(tag, 'gzip')) ?? null;
}

const gzipped = promisify(gzip);

/** The bytes of an encoding; what is short stays as it is. */
export async function encode(
  body: Buffer,
  accepted: Encoding,
): Promise<{ readonly bytes: Buffer; readonly encoding: Encoding }> {
  if (accepted === 'identity' || body.length < compressFromBytes)
    return { bytes: body, encoding: 'identity' };
  return { bytes: await gzipped(body), encoding: 'gzip' };
}
