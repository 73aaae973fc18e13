// Can another process open the ledger in this directory? Prints `opened`, or the code of the failure.

import { LedgerError } from '../../src/ledger/failures.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';

try {
  const ledger = await openSqliteLedger({ directory: String(process.argv[2]), clock: Date.now });
  await ledger.close();
  console.log('opened');
} catch (error) {
  console.log(error instanceof LedgerError ? error.code : error);
}
