// Which events had a ledger acknowledged at the moment its process was killed? Prints a line for each batch, as soon as
// it is acknowledged: its positions and ids. Written with a synchronous call, so that a line cannot be lost with the process.

import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';
import { report } from './given.ts';

const ledger = await openSqliteLedger({ directory: String(process.argv[2]), clock: Date.now });

await Promise.all([1, 2, 3, 7, 30].map(appendForever));

async function appendForever(batchSize: number): Promise<never> {
  for (;;) {
    const events = Array.from({ length: batchSize }, (_, index) => report(index, { id: randomUUID() }));
    const { positions } = await ledger.append(events);
    writeSync(1, `${JSON.stringify(events.map(({ id }, index) => [positions[index], id]))}\n`);
  }
}
