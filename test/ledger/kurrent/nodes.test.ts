// Are many nodes on one ledger one service?

import { describe, expect, it, jest } from '@jest/globals';
import type { Ledger } from '../../../src/ledger/port.ts';
import { FIFTH_OF_JANUARY_MS, idNumber, report, reports } from '../given.ts';
import { idsIn, reached, sharedLedger } from './given.ts';

jest.setTimeout(60_000);
const shared = sharedLedger(true);

const recordedTimes = async (ledger: Ledger) =>
  (await ledger.read(0, 1000)).map(
    ({ bytes }) => (JSON.parse(bytes) as { readonly recordedAt: string }).recordedAt,
  );

describe('two nodes on one ledger', () => {
  it('each know what the other records', async () => {
    const [one, two] = [await shared.node(), await shared.node()];
    await one.append([report(1)]);
    await reached(two, 1);
    await two.append([report(2)]);
    await reached(one, 2);
    expect(await one.read(0, 9)).toEqual(await two.read(0, 9));
  });

  it('read on either what was appended on the other, as soon as it is answered', async () => {
    const [one, two] = [await shared.node(), await shared.node()];
    for (let n = 1; n <= 10; n += 1) {
      const { positions } = await (n % 2 === 0 ? one : two).append([report(n)]);
      const [read] = await (n % 2 === 0 ? two : one).read((positions[0] ?? 0) - 1, 1);
      expect(read?.bytes).toContain(idNumber(n));
    }
  });

  it('append at the same moment without a gap, a repeat or a loss', async () => {
    const nodes = [await shared.node(), await shared.node(), await shared.node()];
    const answers = await Promise.all(
      nodes.map(async (node, which) => {
        const positions: number[] = [];
        for (let n = 1; n <= 10; n += 1) {
          const answer = await node.append(reports(which * 100 + 2 * n, which * 100 + 2 * n + 1));
          positions.push(...answer.positions);
        }
        return positions;
      }),
    );
    expect(answers.flat().toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 60 }, (_, index) => index + 1),
    );
    const ids = await idsIn(await shared.node());
    answers.forEach((positions, which) => {
      expect(positions.map((position) => ids[position - 1])).toEqual(
        reports(which * 100 + 2, which * 100 + 21).map(({ id }) => id),
      );
    });
  });

  it('give the same events one place, whichever is asked, and after a restart', async () => {
    const [one, two] = [await shared.node(), await shared.node({ clock: () => FIFTH_OF_JANUARY_MS + 9000 })];
    const batch = reports(1, 5);
    const answers = await Promise.all([
      one.append(batch),
      two.append(batch),
      one.append(batch),
      two.append(batch),
    ]);
    expect(answers.filter(({ outcome }) => outcome === 'appended')).toHaveLength(1);
    expect(
      new Set(answers.map(({ positions, recordedAt }) => `${positions.join()} ${recordedAt}`)).size,
    ).toBe(1);
    await Promise.all([one.close(), two.close()]);
    const again = await shared.node();
    expect(await again.append(batch)).toEqual({ ...answers[0], outcome: 'already-there' });
    expect(await again.size()).toBe(5);
  });

  it('let exactly one of those append who expect the same size', async () => {
    const [one, two] = [await shared.node(), await shared.node()];
    const outcomes = await Promise.allSettled(
      reports(1, 10).map((event, n) => (n % 2 === 0 ? one : two).append([event], 0)),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await one.size()).toBe(1);
  });

  it('never let recorded time go back, though their clocks differ by an hour', async () => {
    const slow = await shared.node();
    const fast = await shared.node({ clock: () => FIFTH_OF_JANUARY_MS + 3_600_000 });
    await slow.append([report(1)]);
    await fast.append([report(2)]);
    await slow.append([report(3)]);
    await fast.append([report(4)]);
    await reached(slow, 4);
    expect(await recordedTimes(slow)).toEqual(
      ['00', '01', '01', '01'].map((hour) => `2025-01-05T${hour}:00:00.000Z`),
    );
  });

  it('hear of each other again after a burst, in which one of them was told nothing', async () => {
    const [busy, other] = [await shared.node(), await shared.node()];
    for (let n = 0; n < 4; n += 1) await busy.append(reports(n * 100 + 1, n * 100 + 100));
    await other.append([report(9001)]);
    await reached(busy, 401);
    // Both append as much as they can: each is overtaken by the other.
    await Promise.all(
      [busy, other].map(async (node, which) => {
        for (let n = 0; n < 3; n += 1)
          await node.append(reports((which + 10) * 1000 + n * 100 + 1, (which + 10) * 1000 + n * 100 + 100));
      }),
    );
    for (const node of [busy, other]) {
      await reached(node, 1001);
      const positions = (await node.read(0, 2000)).map(({ position }) => position);
      expect(positions).toEqual(Array.from({ length: 1001 }, (_, at) => at + 1));
    }
  });

  it('take in a long ledger from the start, and record behind it at once', async () => {
    const one = await shared.node();
    for (let n = 0; n < 3; n += 1) await one.append(reports(n * 150 + 1, n * 150 + 150));
    const two = await shared.node();
    expect(await two.append([report(9999)])).toMatchObject({ positions: [451] });
    expect(await two.append([report(3)])).toMatchObject({ outcome: 'already-there', positions: [3] });
    await reached(two, 451);
  });
});
