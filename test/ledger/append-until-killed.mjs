// Which events had a ledger acknowledged at the moment its process was killed? Is given a directory and an event as JSON.
// Prints a line for each batch, as soon as it is acknowledged: its positions and ids. Written with a synchronous call, so
// that a line cannot be lost with the process.

import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openSqliteLedger } from '../../dist/src/ledger/sqlite.js';

const [directory, report] = process.argv.slice(2);
const ledger = await openSqliteLedger({ directory, clock: Date.now });
const newReport = (id) => ({ ...JSON.parse(report), id });

await Promise.all([1, 2, 3, 7, 30].map(appendForever));

async function appendForever(batchSize) {
  for (;;) {
    const events = Array.from({ length: batchSize }, () => newReport(randomUUID()));
    const { positions } = await ledger.append(events);
    writeSync(1, `${JSON.stringify(events.map(({ id }, index) => [positions[index], id]))}\n`);
  }
}
