// Can another process open the ledger in this directory, and does it end by itself once it has closed it again? Prints
// `opened`, or the code of the failure.

import { LedgerError } from '../../src/ledger/failures.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';
import { report } from './given.ts';

try {
  const ledger = await openSqliteLedger({ directory: String(process.argv[2]), clock: Date.now });
  const stop = new AbortController();
  const following = ledger.follow(0, async () => stop.abort(), stop.signal);
  await ledger.append([report(1)]);
  await following;
  await ledger.close();
  console.log('opened');
} catch (error) {
  console.log(error instanceof LedgerError ? error.code : error);
}
