/** `npm start`: installs what is missing, compiles what is stale, starts the service in this process, says what to try. */
import { buildStale, checkNode, installMissing } from './setup.mjs';

checkNode();
await installMissing();
await buildStale();

const { run } = await import('../dist/src/main.js');
const { progressBar } = await import('../dist/src/progressBar.js');

function tryThis({ url, position }) {
  const lines = [
    '',
    `Tidemark answers at ${url} from ${position} events. Try:`,
    '',
    `  curl '${url}/v1/companies/bytedance/posture?asOf=2025-01-05&publishedBy=2025-01-05'`,
    `  curl '${url}/v1/instruments/us-bis-ai-diffusion-ifr-2025-01?asOf=2025-06-01'`,
    `  curl '${url}/v1/audit/replay'`,
    `  curl -N '${url}/v1/stream?after=${Math.max(0, position - 5)}'`,
    '',
    `  ${url}/       a page with a date`,
    `  ${url}/docs   the interface, explained`,
    '',
    'To record events: npm run tidemark -- keys add --name my-desk --scope append',
    'Ctrl-C stops it.',
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

const bar = progressBar();
await run({
  onProgress: bar.show,
  onReady: (ready) => {
    bar.stop();
    tryThis(ready);
  },
});
