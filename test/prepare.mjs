/** Once before the suite: compiles the program for the specs that start it, and writes what many specs need: the shipped history, recorded, and the description of the interface. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildStale, root } from '../scripts/setup.mjs';

const chronicle = join(root, 'events', 'chronicle');
/** Inside dist/, so that it goes when the program is compiled anew. */
const directory = join(root, 'dist', 'for-tests');
/** When the specs say the history was recorded. */
const recordedAtMs = Date.parse('2026-11-26T12:00:00.000Z');

function newestEntry() {
  const files = readdirSync(chronicle, { recursive: true, encoding: 'utf8' });
  return Math.max(...files.map((file) => statSync(join(chronicle, file)).mtimeMs));
}

/** A folder of data as a first start leaves it, and beside it each leaf of its log on a line. */
async function record(into) {
  const { openSqliteLedger } = await import('../dist/src/ledger/sqlite.js');
  const { Tidemark } = await import('../dist/src/service/tidemark.js');
  const clock = () => recordedAtMs;
  const data = join(into, 'data');
  mkdirSync(data, { recursive: true });
  const ledger = await openSqliteLedger({ directory: data, clock });
  const tidemark = new Tidemark({
    ledger,
    chronicleDirectory: chronicle,
    noteDirectory: data,
    clock,
    newId: () => {
      throw new Error('each event of the chronicle has its id');
    },
  });
  await tidemark.start();
  const leaves = await ledger.read(0, tidemark.position);
  await tidemark.close();
  writeFileSync(join(into, 'leaves.ndjson'), leaves.map(({ bytes }) => `${bytes}\n`).join(''));
}

/** The pointer to the schema of each response in JSON that the description has. */
function* responsesOf({ paths }) {
  const escaped = (part) => part.replaceAll('~', '~0').replaceAll('/', '~1');
  for (const [path, operations] of Object.entries(paths))
    for (const [method, { responses }] of Object.entries(operations))
      for (const [status, { content = {} }] of Object.entries(responses))
        for (const [type, { schema }] of Object.entries(content))
          if (type.includes('json') && schema !== undefined) {
            const steps = ['paths', path, method, 'responses', status, 'content', type, 'schema'];
            yield { pointer: steps.map((step) => `/${escaped(step)}`).join(''), schema };
          }
}

/** The description of the interface, and for each schema of a response a program that checks a body against it. */
async function describe(into) {
  const { endpoints } = await import('../dist/src/http/endpoints.js');
  const { openapi } = await import('../dist/src/http/openapi.js');
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  const { default: standalone } = await import('ajv/dist/standalone/index.js');
  const description = openapi(endpoints, '0.0.0-test');
  const code = { source: true, optimize: false };
  const ajv = new Ajv2020({ strict: false, validateFormats: false, inlineRefs: false, code });
  ajv.addSchema(description, 'description');
  const names = new Map();
  const checks = {};
  for (const { pointer, schema } of responsesOf(description)) {
    const text = JSON.stringify(schema);
    if (!names.has(text)) {
      const name = `check${names.size}.cjs`;
      names.set(text, name);
      writeFileSync(join(into, name), standalone(ajv, ajv.compile({ $ref: `description#${pointer}` })));
    }
    checks[pointer] = names.get(text);
  }
  writeFileSync(join(into, 'openapi.json'), JSON.stringify(description));
  writeFileSync(join(into, 'checks.json'), JSON.stringify(checks));
}

export default async function prepare() {
  await buildStale();
  if (existsSync(directory) && statSync(directory).mtimeMs > newestEntry()) return;
  const fresh = `${directory}-${process.pid}`;
  await record(fresh);
  await describe(fresh);
  rmSync(directory, { recursive: true, force: true });
  renameSync(fresh, directory);
}
