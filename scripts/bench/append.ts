/** How fast are events made durable in groups of 100, beside writing their bytes and syncing them? */
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { SealedEvent } from '../../src/ledger/port.ts';
import type { Part } from './part.ts';
import { rateText, speedFigure } from './part.ts';
import { copyLedger } from './processes.ts';
import { interleaved, secondsOf } from './rounds.ts';
import { openLedger, seed } from './syntheticLedger.ts';
import { syntheticHistory } from './syntheticHistory.ts';

const groupSize = 100;
const groupsPerRound = 100;

export const append: Part = async ({ size, directory, scratch, rounds }) => {
  const ledger = await openLedger(copyLedger(directory, scratch));
  const file = openSync(join(scratch, 'plain.ndjson'), 'w');
  const perRound = groupSize * groupsPerRound;
  const fresh = syntheticHistory(seed + size, perRound * (rounds + 1));
  const taken: SealedEvent[][][] = Array.from({ length: rounds + 1 }, () =>
    Array.from({ length: groupsPerRound }, () =>
      Array.from({ length: groupSize }, () => fresh.next().value as SealedEvent),
    ),
  );
  let [appended, written] = [0, 0];
  const texts = taken.map((groups) =>
    groups.map((group) => group.map((event) => `${JSON.stringify(event)}\n`).join('')),
  );
  const ours = async () => {
    const groups = taken[appended++] ?? [];
    const seconds = await secondsOf(async () => {
      for (const group of groups) await ledger.append(group);
    });
    return seconds / perRound;
  };
  const theirs = async () => {
    const groups = texts[written++] ?? [];
    const seconds = await secondsOf(() => {
      for (const group of groups) {
        writeSync(file, group);
        fdatasyncSync(file);
      }
    });
    return seconds / perRound;
  };
  const compared = await interleaved(rounds, ours, theirs);
  closeSync(file);
  await ledger.close();
  const line = {
    what: 'durable append in process, groups of 100',
    against: 'write and fdatasync of the same bytes',
    size,
  };
  return [speedFigure({ ...line, least: 0.5, show: rateText, growing: true }, compared)];
};
