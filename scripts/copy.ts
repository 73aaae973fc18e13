/**
 * How is a log moved from one store to another? `npx tsx scripts/copy.ts --from sqlite:<directory> --to esdb://host:2113`,
 * or back. Started again it goes on where it broke off.
 */
import { parseArgs } from 'node:util';
import { LedgerError } from '../src/ledger/failures.ts';
import type { CopyProgress } from '../src/service/copy.ts';
import { copyLeaves, openSource, openTarget } from '../src/service/copy.ts';

const words = { compare: 'Comparing', copy: 'Copying', verify: 'Verifying' };

/** Over the line before on a terminal; elsewhere only the end of each step. */
function tell({ step, done, total }: CopyProgress): void {
  const text = `${words[step]}: ${done} of ${total} events`;
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}${done === total ? '\n' : ''}`);
  else if (done === total) process.stderr.write(`${text}\n`);
}

async function copy(from: string, to: string, stream: string | undefined): Promise<void> {
  const source = await openSource(from, stream);
  try {
    const target = await openTarget(to, stream);
    try {
      const { copied, size, digest } = await copyLeaves(source, target, tell);
      console.log(`copied ${copied} of ${size} events, all compared\ndigest ${digest}`);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

try {
  const { values } = parseArgs({
    options: { from: { type: 'string' }, to: { type: 'string' }, stream: { type: 'string' } },
  });
  if (values.from === undefined || values.to === undefined) {
    throw new TypeError('--from and --to are needed: each is sqlite:<directory> or esdb://host:2113.');
  }
  await copy(values.from, values.to, values.stream);
} catch (error) {
  const isForeseen = error instanceof LedgerError || error instanceof TypeError;
  console.error(isForeseen ? error.message : error);
  process.exitCode = 1;
}
