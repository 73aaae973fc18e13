/** How fast does the ledger become an index again, beside JSON.parse of its bytes? */
import { pagesOf, indexOf } from './indexed.ts';
import type { Part } from './part.ts';
import { rateText, speedFigure } from './part.ts';
import { interleaved, secondsOf } from './rounds.ts';
import { openLedger } from './syntheticLedger.ts';

export const replay: Part = async ({ size, directory, rounds, progress }) => {
  const ledger = await openLedger(directory);
  const parse = async () => {
    let seconds = 0;
    for await (const page of pagesOf(ledger)) {
      const start = performance.now();
      for (const { bytes } of page) JSON.parse(bytes);
      seconds += (performance.now() - start) / 1_000;
    }
    return seconds / size;
  };
  const ours = async () => {
    progress('replaying');
    const seconds = await secondsOf(() => indexOf(ledger));
    return seconds / size;
  };
  const compared = await interleaved(rounds, ours, parse);
  await ledger.close();
  const line = { what: 'replay of the ledger into the index', against: 'JSON.parse of the same bytes', size };
  const figure = speedFigure({ ...line, least: 0.4, show: rateText }, compared);
  return [{ ...figure, growing: compared.oursSeconds * size }];
};
