/** `npm test`: installs what is missing and runs the suite; arguments go to jest. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { checkNode, installMissing, root } from './setup.mjs';

checkNode();
await installMissing();
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const child = spawn(
  process.execPath,
  ['--experimental-vm-modules', '--no-warnings', jest, ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.once('close', (code) => process.exit(code ?? 1));
