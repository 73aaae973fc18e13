// What does a ledger say when a commit fails because no more can be written? Appends batches until one fails, then one
// more. Is given a directory and an event as JSON. Prints how many events were acknowledged, the first id of the failed
// batch, and the codes of both failures.

import { randomUUID } from 'node:crypto';
import { LedgerError } from '../../dist/src/ledger/failures.js';
import { openSqliteLedger } from '../../dist/src/ledger/sqlite.js';

const [directory, report] = process.argv.slice(2);
const ledger = await openSqliteLedger({ directory, clock: Date.now });
const newReport = (id) => ({ ...JSON.parse(report), id });

let acknowledged = 0;
for (;;) {
  const first = randomUUID();
  const failure = await codeOfAppend(first);
  if (failure === undefined) {
    acknowledged += 100;
  } else {
    console.log(JSON.stringify({ acknowledged, first, failure, next: await codeOfAppend(randomUUID()) }));
    break;
  }
}

async function codeOfAppend(first) {
  const rest = Array.from({ length: 99 }, () => newReport(randomUUID()));
  try {
    await ledger.append([newReport(first), ...rest]);
    return undefined;
  } catch (error) {
    return error instanceof LedgerError ? error.code : String(error);
  }
}
