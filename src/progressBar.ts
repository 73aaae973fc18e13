/** How far is it? A bar on a terminal; elsewhere a line now and then. */
import cliProgress from 'cli-progress';

interface Step {
  readonly step: string;
  readonly done: number;
  readonly total: number;
}
export interface ProgressBar {
  readonly show: (progress: Step) => void;
  readonly stop: () => void;
}

const words: Readonly<Record<string, string>> = {
  replay: 'Taking in the log',
  history: 'Recording the shipped history',
  compare: 'Comparing what is there',
  copy: 'Copying',
  verify: 'Reading back what was copied',
};

/** Lines are told apart by quarters, so that a log stays short. */
const linesPerStep = 4;

function sparseLines(): ProgressBar {
  let told = '';
  const show = ({ step, done, total }: Step) => {
    const quarter = Math.floor((done / total) * linesPerStep);
    const line = `${step} ${quarter}`;
    if (line === told || quarter === 0) return;
    told = line;
    process.stderr.write(`${words[step] ?? step}: ${done} of ${total} events\n`);
  };
  return { show, stop: () => {} };
}

function bar(): ProgressBar {
  let shown: { readonly step: string; readonly bar: cliProgress.SingleBar } | null = null;
  const stop = () => shown?.bar.stop();
  const show = ({ step, done, total }: Step) => {
    if (shown?.step !== step) {
      stop();
      const format = `${words[step] ?? step} {bar} {value} of {total} events`;
      shown = {
        step,
        bar: new cliProgress.SingleBar({ format, hideCursor: true }, cliProgress.Presets.shades_classic),
      };
      shown.bar.start(total, done);
    }
    shown.bar.update(done);
  };
  return { show, stop };
}

/** Writes to stderr, so that what the program prints stays clean. */
export function progressBar(): ProgressBar {
  return process.stderr.isTTY ? bar() : sparseLines();
}
