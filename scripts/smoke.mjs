/** Does a newcomer get what the README promises? Clones this commit, starts it, asks, stops it, and starts it again. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './setup.mjs';

const patienceMs = 300_000;
const question = '/v1/companies/bytedance/posture?asOf=2025-01-05&publishedBy=2025-01-05';

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The settings of the one who runs this must not reach the clone; TIDEMARK_ variables would be refused. */
function environment(settings) {
  const {
    PORT: _port,
    HOST: _host,
    DATA_DIR: _data,
    LEDGER: _ledger,
    LOG_LEVEL: _level,
    ...rest
  } = process.env;
  return { ...rest, ...settings };
}

/** Starts the service in a process group of its own, as a terminal does; resolves once it is ready. */
async function start(clone, port, [program, ...args]) {
  const child = spawn(program, args, {
    cwd: clone,
    env: environment({ PORT: String(port) }),
    detached: true,
  });
  const started = { child, printed: '', ended: new Promise((resolve) => child.once('close', resolve)) };
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (started.printed += text));
  const until = performance.now() + patienceMs;
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (answer?.status === 200) return started;
    if (child.exitCode !== null || performance.now() > until)
      throw new Error(`npm start did not become ready:\n${started.printed}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** SIGTERM to the group, as Ctrl-C reaches all of it; the service must drain and say so. npm itself never ends with 0 then. */
async function stop(started) {
  const { child, ended } = started;
  process.kill(-child.pid, 'SIGTERM');
  const late = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), 20_000);
  const code = await ended;
  clearTimeout(late);
  if (started.printed.includes('"msg":"stopped"')) return code;
  throw new Error(`the service did not stop in order after SIGTERM:\n${started.printed}`);
}

async function ask(port) {
  const response = await fetch(`http://127.0.0.1:${port}${question}`);
  const text = await response.text();
  if (response.status !== 200 || !text.includes('bytedance-7bn-overseas-rental-plan-2025')) {
    throw new Error(`${question} was answered with ${response.status}: ${text.slice(0, 500)}`);
  }
  return JSON.parse(text).at.position;
}

async function startAndAsk(clone, port, command) {
  const began = performance.now();
  const started = await start(clone, port, command);
  const seconds = (performance.now() - began) / 1_000;
  const asked = await ask(port).then(
    (position) => ({ position }),
    (error) => ({ error }),
  );
  const code = await stop(started);
  if ('error' in asked) throw asked.error;
  console.log(`${command.join(' ')}: ready after ${seconds.toFixed(1)} s at position ${asked.position}`);
  return { position: asked.position, code };
}

const folder = mkdtempSync(join(tmpdir(), 'tidemark-smoke-'));
try {
  const clone = join(folder, 'clone');
  execFileSync('git', ['clone', '--quiet', root, clone]);
  const port = await freePort();
  const first = await startAndAsk(clone, port, ['npm', 'start']);
  const second = await startAndAsk(clone, port, ['node', 'scripts/start.mjs']);
  if (first.position !== second.position) {
    throw new Error(
      `the second start found ${second.position} events, expected the ${first.position} of the first`,
    );
  }
  if (second.code !== 0) throw new Error(`the service ended with ${second.code} after SIGTERM, expected 0`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
