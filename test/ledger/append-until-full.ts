// What does a ledger say when a commit fails because no more can be written? Appends batches until one fails, then one
// more. Prints how many events were acknowledged, the first id of the failed batch, and the codes of both failures.

import { randomUUID } from 'node:crypto';
import { LedgerError } from '../../src/ledger/failures.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';
import { report } from './given.ts';

const ledger = await openSqliteLedger({ directory: String(process.argv[2]), clock: Date.now });

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

async function codeOfAppend(first: string): Promise<string | undefined> {
  const rest = Array.from({ length: 99 }, (_, index) => report(index, { id: randomUUID() }));
  try {
    await ledger.append([report(1, { id: first }), ...rest]);
    return undefined;
  } catch (error) {
    return error instanceof LedgerError ? error.code : String(error);
  }
}
