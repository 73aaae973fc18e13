/** `npm run tidemark -- …`: keys, replay and copy, from the command line. */
import { buildStale, checkNode, installMissing } from './setup.mjs';

checkNode();
await installMissing();
await buildStale();
const { command } = await import('../dist/src/command.js');
process.exitCode = await command(process.argv.slice(2));
