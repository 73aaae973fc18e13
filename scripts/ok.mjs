/** `npm run ok`: is everything in order? The whole gate; what a check prints is shown only where it fails. */
import { spawn } from 'node:child_process';
import { checkNode, installMissing, root } from './setup.mjs';

/** The suite takes longest and has a lane of its own; the others follow one another beside it. */
const lanes = [
  [
    {
      name: 'tests',
      command: ['npm', 'run', '--silent', 'coverage', '--', '--silent', ...process.argv.slice(2)],
    },
  ],
  [
    { name: 'types', command: ['npm', 'run', '--silent', 'types'] },
    { name: 'lint', command: ['npm', 'run', '--silent', 'lint'] },
    { name: 'layers', command: ['npm', 'run', '--silent', 'layers'] },
    { name: 'dead code', command: ['npm', 'run', '--silent', 'dead'] },
    { name: 'format', command: ['npm', 'run', '--silent', 'format'] },
  ],
];

/** Runs one check; resolves to whether it passed. */
async function run({ name, command: [program, ...args] }) {
  const began = performance.now();
  const child = spawn(program, args, { cwd: root, shell: process.platform === 'win32' });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (printed += text));
  const code = await new Promise((resolve) => child.once('error', () => resolve(-1)).once('close', resolve));
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${code === 0 ? '✓' : '✗'} ${name.padEnd(10)} ${seconds.padStart(6)} s`);
  if (code !== 0) console.log(printed.trim().replaceAll(/^/gm, '    '));
  return code === 0;
}

async function runInTurn(checks) {
  const passed = [];
  for (const check of checks) passed.push(await run(check));
  return passed;
}

checkNode();
await installMissing();
const passed = (await Promise.all(lanes.map(runInTurn))).flat();
const failed = passed.filter((one) => !one).length;
console.log(failed === 0 ? 'All in order.' : `${failed} of ${passed.length} checks failed.`);
process.exitCode = failed === 0 ? 0 : 1;
