/** A whole service for a spec: real parts, and a clock that the spec can set. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { v7 } from 'uuid';
import { createApp } from '../../src/http/app.ts';
import { createDesk } from '../../src/http/desk.ts';
import { pageQuestions, shipQuestions } from '../../src/http/pageQuestions.ts';
import type { Desk } from '../../src/http/endpoint.ts';
import { RequestIds } from '../../src/http/requestIds.ts';
import { listen } from '../../src/http/server.ts';
import { openMemoryLedger } from '../../src/ledger/memory.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';
import { Tidemark } from '../../src/service/tidemark.ts';
import { pageRouter } from '../../src/web/pageRouter.tsx';
import { chronicleDirectory, copyRecordedHistory } from '../recordedHistory.ts';

export interface TestService {
  /** Where it listens. */
  readonly url: string;
  readonly desk: Desk;
  readonly tidemark: Tidemark;
  /** An `Authorization` header with the scope `append`. */
  readonly mayAppend: string;
  /** Sets the clock of the service. */
  setNow(instant: string): void;
  close(): Promise<void>;
}

/**
 * Opens a service: on a folder that holds the shipped history, or on an empty log in memory. It is ready unless
 * `isStarted` is false.
 */
export async function openService({
  chronicle = false,
  isStarted = true,
  now = '2026-11-26T12:00:00.000Z',
} = {}): Promise<TestService> {
  let nowMs = Date.parse(now);
  const clock = () => nowMs;
  const directory = mkdtempSync(join(tmpdir(), 'tidemark-http-'));
  if (chronicle) copyRecordedHistory(directory);
  const ledger = await (chronicle ? openSqliteLedger({ directory, clock }) : openMemoryLedger({ clock }));
  const tidemark = new Tidemark({
    ledger,
    chronicleDirectory: chronicle ? chronicleDirectory : null,
    noteDirectory: chronicle ? directory : null,
    clock,
    newId: () => v7(),
  });
  const desk = createDesk({
    tidemark,
    keysDirectory: directory,
    logger: pino({ level: 'silent' }),
    clock,
    randomBytes,
    version: '0.0.0-test',
  });
  const mayAppend = `Bearer ${desk.keyring.add('news-desk', ['append'])}`;
  if (isStarted) await tidemark.start();
  const page = pageRouter(pageQuestions(tidemark.ask), shipQuestions(tidemark));
  const listening = await listen(
    createApp({ desk, requestIds: new RequestIds('spec'), page }),
    '127.0.0.1',
    0,
  );
  return {
    url: listening.url,
    desk,
    tidemark,
    mayAppend,
    setNow: (instant) => {
      nowMs = Date.parse(instant);
    },
    close: async () => {
      tidemark.feed.close();
      await listening.drain(1000);
      await tidemark.close();
      rmSync(directory, { recursive: true });
    },
  };
}

/** An event that a client may post; fields in `over` take the place of these. */
export function release(over: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    type: 'ModelReleased',
    subject: 'model:spec-model',
    publishedOn: '2026-10-01',
    standing: 'company',
    summary: 'A laboratory released a model for this spec.',
    data: {
      name: 'Spec Model',
      developer: 'spec-laboratory',
      openWeights: true,
      parametersTotal: null,
      parametersActive: null,
    },
    ...over,
  };
}
