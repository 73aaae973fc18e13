/** `npm run bench`: installs what is missing, compiles the program and the bench, runs it; arguments as scripts/bench/main.ts says. */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { checkNode, installMissing, root } from './setup.mjs';

checkNode();
await installMissing();
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const project = join(root, 'scripts', 'bench', 'tsconfig.json');
const compiled = spawnSync(process.execPath, [compiler, '-p', project, '--noCheck'], {
  cwd: root,
  stdio: 'inherit',
});
if (compiled.status !== 0) process.exit(1);

const program = join(root, 'dist', 'bench', 'scripts', 'bench', 'main.js');
const child = spawn(process.execPath, [program, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.once('close', (code) => process.exit(code ?? 1));
