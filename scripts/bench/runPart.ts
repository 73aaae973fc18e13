/** Runs one part at one size in a process of its own: `runPart.js <part> <size> <ledger> <scratch> <rounds>`; prints JSON. */
import { parts } from './parts.ts';
import { writeSyntheticLedger } from './syntheticLedger.ts';

const [name = '', size, directory = '', scratch = '', rounds] = process.argv.slice(2);

/** On standard error: at most ten times a second, and each text over the one before where somebody watches. */
function teller(): (text: string) => void {
  let toldAt = 0;
  return (text) => {
    if (!process.stderr.isTTY || performance.now() - toldAt < 100) return;
    toldAt = performance.now();
    process.stderr.write(`\r\u001B[K${name} at ${Number(size).toLocaleString('en')}: ${text}`);
  };
}

const progress = teller();
if (name === 'write') {
  await writeSyntheticLedger(directory, Number(size), progress);
} else {
  const part = parts[name];
  if (part === undefined)
    throw new RangeError(`${name} is no part: use one of ${Object.keys(parts).join(', ')}`);
  const setting = { size: Number(size), directory, scratch, rounds: Number(rounds), progress };
  process.stdout.write(JSON.stringify(await part(setting)));
}
if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
