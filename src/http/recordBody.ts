/** What becomes of a body that is to be recorded: one event, or an array of them? */
import type { Draft } from '../../events/registry.ts';
import type { RecordedBatch } from '../service/record.ts';
import { readBatch } from '../service/record.ts';
import type { Desk } from './endpoint.ts';
import { Problem } from './problems.ts';
import type { Reply } from './reply.ts';

/** Who records, and `If-Match` as it was sent. */
export interface Writer {
  readonly actor: string;
  readonly ifMatch: string | undefined;
}

function refuseIfMatch(message: string): Problem {
  return new Problem('invalid-parameter', `If-Match ${message}`, {
    faults: [{ parameter: 'If-Match', message }],
  });
}

/** `If-Match: "<revision>"` (RFC 9110 13.1.1, strong comparison), or undefined where there is none. */
function revisionIn(header: string | undefined, drafts: readonly Draft[]): number | undefined {
  if (header === undefined) return undefined;
  const [, revision] = /^"(\d{1,15})"$/.exec(header.trim()) ?? [];
  if (revision === undefined)
    throw refuseIfMatch('must be one revision in quotes, such as "4"; the ETag of a write gives it');
  if (new Set(drafts.map((draft) => draft.subject)).size > 1)
    throw refuseIfMatch('speaks of the stream of one subject, and the batch has several; send them apart');
  return Number(revision);
}

function replyOf(batch: RecordedBatch, isArray: boolean): Reply {
  const events = batch.events.map(({ id, position }) => ({ id, position }));
  const [first] = events;
  const single = isArray ? {} : first;
  const { outcome, recordedAt, revision } = batch;
  return {
    status: outcome === 'appended' ? 201 : 200,
    headers: {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      ...(revision === null ? {} : { ETag: `"${revision}"` }),
      ...(isArray || first === undefined ? {} : { Location: `/v1/events/${first.id}` }),
    },
    body: JSON.stringify({ ...single, events, recordedAt, revision }),
  };
}

/** Records a body, all or nothing. Throws a Problem or Refusal that says what is wrong. */
export async function recordBody(body: unknown, { actor, ifMatch }: Writer, desk: Desk): Promise<Reply> {
  const isArray = Array.isArray(body);
  const drafts = readBatch(body);
  const revision = revisionIn(ifMatch, drafts);
  const batch = await desk.tidemark.recorder.record(drafts, { actor, ifMatch: revision }, isArray);
  if (batch.outcome === 'appended') desk.metrics.recorded.inc(batch.events.length);
  return replyOf(batch, isArray);
}
