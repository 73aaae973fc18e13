/** How many tests and steps passed, how many failed? Reads the files that .ci/run collects; prints its closing line. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
const read = (file) => readFileSync(join(folder, file), 'utf8');
const suites = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(read(file)));
const steps = read('steps').trim().split('\n');

/** A spec file that cannot be loaded has no tests to count, and is one failure itself. */
const failedToLoad = suites.reduce((sum, suite) => sum + suite.numRuntimeErrorTestSuites, 0);
const passed = suites.reduce(
  (sum, suite) => sum + suite.numPassedTests,
  steps.filter((one) => one === 'passed').length,
);
const failed = suites.reduce(
  (sum, suite) => sum + suite.numFailedTests,
  steps.filter((one) => one === 'failed').length,
);

console.log(`\n${passed} passed, ${failed + failedToLoad} failed`);
