// Can another process open the ledger in this directory, and does it end by itself once it has closed it again? Is given the
// directory and an event as JSON. Prints `opened`, or the code of the failure.

import { LedgerError } from '../../dist/src/ledger/failures.js';
import { openSqliteLedger } from '../../dist/src/ledger/sqlite.js';

const [directory, report] = process.argv.slice(2);
try {
  const ledger = await openSqliteLedger({ directory, clock: Date.now });
  const stop = new AbortController();
  const following = ledger.follow(0, async () => stop.abort(), stop.signal);
  await ledger.append([JSON.parse(report)]);
  await following;
  await ledger.close();
  console.log('opened');
} catch (error) {
  console.log(error instanceof LedgerError ? error.code : error);
}
