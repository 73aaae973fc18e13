import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { v7 } from 'uuid';
import { readDraft } from '../../events/registry.ts';
import type { EventId } from '../../events/identity.ts';
import { openMemoryLedger } from '../../src/ledger/memory.ts';
import { seal } from '../../src/service/record.ts';
import { FarLedger } from './farLedger.ts';
import { asDescribed } from './openapiCheck.ts';
import type { TestService } from './service.ts';
import { openService, release } from './service.ts';

let far: FarLedger;
let service: TestService;
beforeEach(async () => {
  const ledger = await openMemoryLedger({ clock: () => Date.parse('2026-11-26T12:00:00Z') });
  far = new FarLedger(ledger);
  service = await openService({ ledger: far });
});
afterEach(async () => {
  far.letThrough();
  await service.close();
});

const get = async (path: string) => asDescribed(await request(service.url).get(path));
const figure = async (name: string) =>
  new RegExp(`^${name} (.*)$`, 'm').exec((await get('/metrics')).text)?.[1];

/** Another node records an event; `type` may be one that this program does not know. */
async function recordElsewhere(type = 'ModelReleased'): Promise<void> {
  const reading = readDraft(release());
  if (!reading.ok) throw new Error(JSON.stringify(reading.flaws));
  await far.append([{ ...seal({ ...reading.event, id: v7() as EventId }, 'other-node'), type }]);
}

describe('how far behind the log a node is', () => {
  it('is nothing, when all is known', async () => {
    await recordElsewhere();
    await service.tidemark.untilKnown(1, new AbortController().signal);
    expect((await get('/readyz')).body).toEqual({ status: 'ready', position: 1, behind: 0 });
    expect(await figure('tidemark_behind')).toBe('0');
  });

  it('is told with the reason why it is not ready, and in its figures', async () => {
    far.hold();
    for (let count = 0; count < 3; count += 1) await recordElsewhere();
    const { status, body } = await get('/readyz');
    expect([status, body.type, body.position, body.behind]).toEqual([503, '/problems/not-ready', 0, 3]);
    expect(body.detail).toBe('The log has 3 events, of which 0 are known.');
    expect(await figure('tidemark_behind')).toBe('3');
  });

  it.each(['silent', 'gone'] as const)(
    'is not known while the log is %s; the node is ready',
    async (reach) => {
      expect(await figure('tidemark_behind')).toBe('0');
      far.reach = reach;
      expect((await get('/readyz')).body).toEqual({ status: 'ready', position: 0, behind: null });
      expect(await figure('tidemark_behind')).toBeUndefined();
    },
  );

  it('is waited for no longer than it takes, by a question that names a position', async () => {
    far.reach = 'gone';
    const { status, body } = await get('/v1/models?recordedBy=1');
    expect([status, body.type]).toEqual([503, '/problems/not-ready']);
  });
});

describe('a node that has stopped following the log', () => {
  const stopIt = async () => {
    await recordElsewhere();
    await recordElsewhere('SomethingOfTomorrow');
    await service.tidemark.following;
  };

  it('is not ready, and says why and where', async () => {
    await stopIt();
    const { status, body } = await get('/readyz');
    expect([status, body.type, body.position, body.behind]).toEqual([503, '/problems/not-ready', 1, 1]);
    expect(body.detail).toMatch(/^This node stopped following the log at position 1: .*SomethingOfTomorrow/);
  });

  it('goes on answering what it knows, also what it remembers', async () => {
    await stopIt();
    const path = '/v1/models/spec-model?asOf=2026-11-01';
    const [first, again] = [await get(path), await get(path)];
    expect([first.status, again.status, again.body.at.position]).toEqual([200, 200, 1]);
    expect(service.desk.metrics.remembered.answered).toBe(1);
    expect((await get(`${path}&recordedBy=2`)).body.type).toBe('/problems/not-ready');
  });

  it('records nothing', async () => {
    await stopIt();
    const { status, body } = asDescribed(
      await request(service.url)
        .post('/v1/events')
        .set('Authorization', service.mayAppend)
        .send(release({ summary: 'Another.' })),
    );
    expect([status, body.type]).toEqual([503, '/problems/not-ready']);
    expect(await far.size()).toBe(2);
  });

  it('ends the streams of its subscribers, who find another node', async () => {
    const stream = await fetch(`${service.url}/v1/stream`);
    const heard = stream.text();
    await stopIt();
    expect(await heard).toContain('id: 1\n');
  });
});
