/** How much memory does the index take? */
import { indexIn } from './indexed.ts';
import type { Part } from './part.ts';

const most = 150;

function heapBytes(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

export const memory: Part = async ({ size, directory }) => {
  const before = heapBytes();
  const index = await indexIn(directory);
  const bytes = (heapBytes() - before) / index.size;
  return [
    {
      what: 'memory of the index, with the events it holds',
      against: 'per event',
      size,
      reach: `≤ ${most} B`,
      ratio: `${Math.round(bytes)} B`,
      holds: bytes <= most,
      ours: `${Math.round((bytes * size) / 2 ** 20).toLocaleString('en')} MiB`,
      theirs: '–',
      growing: null,
      note: '',
    },
  ];
};
