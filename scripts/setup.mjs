/** Is everything there that the program needs to run? Node, its packages, and the compiled program. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const oldestNode = [20, 19];

/** Ends with one line where Node is too old. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  console.error(
    `Tidemark needs Node ${oldestNode.join('.')} or later, this is ${process.versions.node}. Install the newest LTS from nodejs.org.`,
  );
  process.exit(1);
}

function changedAt(path) {
  return existsSync(path) ? statSync(path).mtimeMs : 0;
}

/** Runs a program of Node; what it prints is shown only where it fails. Tells with a dot every so often that it goes on. */
async function runQuietly(what, command, args) {
  process.stdout.write(`${what} …\n`);
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: '' },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (printed += text));
  const began = performance.now();
  const still = setInterval(
    () =>
      process.stdout.write(`  ${what.toLowerCase()}: ${Math.round((performance.now() - began) / 1000)} s\n`),
    10_000,
  );
  const code = await new Promise((resolve) => child.once('error', () => resolve(-1)).once('close', resolve));
  clearInterval(still);
  if (code === 0) return;
  process.stderr.write(printed);
  console.error(
    `${what} failed: ${command} ${args.join(' ')} ended with ${code}. Mend what it says above, and start again.`,
  );
  process.exit(1);
}

function packagesIn(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};
}

/** Whether every package of the lock file is installed in its version; npm notes in node_modules what it installed. */
function isInstalled() {
  const installed = packagesIn(join(root, 'node_modules', '.package-lock.json'));
  return Object.entries(packagesIn(join(root, 'package-lock.json'))).every(
    ([name, { version, optional, devOptional }]) =>
      name === '' || optional === true || devOptional === true || installed[name]?.version === version,
  );
}

/** Installs the packages where some are missing or of another version than the lock file asks for. */
export async function installMissing() {
  if (isInstalled()) return;
  await runQuietly('Installing packages', 'npm', ['ci', '--no-audit', '--no-fund', '--include=dev']);
}

/** When the newest source file was changed. */
function newestSource() {
  const sources = ['events', 'projections', 'src', 'scripts'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => join(root, folder, file)),
  );
  return Math.max(
    ...[...sources, join(root, 'tsconfig.json'), join(root, 'tsconfig.build.json')].map(changedAt),
  );
}

/** Compiles the program where dist/ is missing or older than a source file. Types are checked by `npm run ok`, not at every start. */
export async function buildStale() {
  const stamp = join(root, 'dist', '.built');
  if (changedAt(stamp) > newestSource()) return;
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  await runQuietly('Compiling', process.execPath, [
    join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
    '-p',
    join(root, 'tsconfig.build.json'),
    '--noCheck',
  ]);
  writeFileSync(stamp, '');
}
