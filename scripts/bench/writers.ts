/** How fast do 64 writers make events durable over HTTP, beside Express answering the same POST and storing nothing? */
import type { Part } from './part.ts';
import { rateText, speedFigure } from './part.ts';
import { Client, copyLedger, makeKey, postRequest, startRival, startService } from './processes.ts';
import { interleaved } from './rounds.ts';
import { seed } from './syntheticLedger.ts';
import { syntheticHistory } from './syntheticHistory.ts';

const connections = 64;
const perRound = 6_400;

/** Events that refer to nothing: which earlier ones there are depends on the ledger. */
function* bodies(size: number): Generator<string> {
  for (const { actor: _actor, id: _id, ...event } of syntheticHistory(
    seed + size + 1,
    Number.MAX_SAFE_INTEGER,
  )) {
    if (/^(?:Event|ClaimDenied|TrainingDisputed)/.test(event.type) || event.relates.length > 0) continue;
    yield JSON.stringify({ ...event, publishedOn: '2025-06-01', occurredOn: null, sources: [] });
  }
}

export const durableWriters: Part = async ({ size, directory, scratch, rounds, progress }) => {
  progress('starting the service');
  const copy = copyLedger(directory, scratch);
  const key = makeKey(copy);
  const service = await startService(copy);
  const express = await startRival('express');
  const client = new Client();
  const fresh = bodies(size);
  const cost = async (port: number) => {
    progress('writing');
    const requests = Array.from({ length: perRound }, () =>
      postRequest('/v1/events', String(fresh.next().value), key),
    );
    const { seconds } = await client.measure({ port, requests, connections, count: perRound });
    return seconds / perRound;
  };
  const compared = await interleaved(
    rounds,
    () => cost(service.port),
    () => cost(express.port),
  );
  await Promise.all([service.stop(), express.stop(), client.stop()]);
  const busy = client.busiest > 0.95 ? 'the client was fully busy and bounds both sides' : '';
  const line = {
    what: 'durable append, 64 writers over HTTP',
    against: 'Express answering the same POST, storing nothing',
  };
  return [speedFigure({ ...line, size, least: 0.8, show: rateText, growing: true, note: busy }, compared)];
};
