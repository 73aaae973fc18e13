/** How long from the start of the service to its first answer, beside a service whose ledger holds the shipped history alone? */
import type { Part } from './part.ts';
import { timeText } from './part.ts';
import { copyLedger, emptyLedger, startService } from './processes.ts';
import { interleaved } from './rounds.ts';

const question = '/v1/companies/bytedance/posture?asOf=2025-01-05&publishedBy=2025-01-05';
const most = 2;

async function secondsToFirstAnswer(directory: string): Promise<number> {
  const service = await startService(directory, question);
  await service.stop();
  return service.startMs / 1_000;
}

export const start: Part = async ({ size, directory, scratch, rounds, progress }) => {
  const [full, empty] = [copyLedger(directory, scratch), emptyLedger(scratch)];
  progress('recording the shipped history');
  for (const place of [full, empty]) await secondsToFirstAnswer(place);
  progress('starting and stopping');
  const compared = await interleaved(
    rounds,
    () => secondsToFirstAnswer(full),
    () => secondsToFirstAnswer(empty),
  );
  return [
    {
      what: 'start to first answer',
      against: 'the same with the shipped history alone',
      size,
      reach: `≤ ${most}×`,
      ratio: `${compared.costRatio.toFixed(1)}×`,
      holds: compared.costRatio <= most,
      ours: timeText(compared.oursSeconds),
      theirs: timeText(compared.theirsSeconds),
      growing: compared.oursSeconds,
      note: '',
    },
  ];
};
