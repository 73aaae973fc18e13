// Does the ledger in memory keep the promises of a ledger?

import { openMemoryLedger } from '../../src/ledger/memory.ts';
import { ledgerContract } from './contract.ts';

ledgerContract('memory', async (clock) => ({ ledger: await openMemoryLedger({ clock }), remove: () => {} }));
