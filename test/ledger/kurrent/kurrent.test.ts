// Does the ledger in KurrentDB keep the promises of a ledger?

import { afterAll, beforeAll, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { openKurrentLedger } from '../../../src/ledger/kurrent.ts';
import { ledgerContract } from '../contract.ts';
import { KurrentDouble } from './double.ts';
import { realServer as real } from './given.ts';

jest.setTimeout(30_000);

const double = new KurrentDouble();

beforeAll(async () => {
  if (real === undefined) await double.start();
});

afterAll(() => double.kill());

ledgerContract('kurrent', async (clock) => {
  const url = real ?? double.url();
  return {
    ledger: await openKurrentLedger({ url, clock, stream: `test-${randomUUID()}` }),
    remove: () => {},
  };
});
