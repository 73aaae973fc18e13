/** How the suite runs: ESM, TypeScript stripped by swc, one spec file per subject. */
const swc = (parser) => [
  '@swc/jest',
  {
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript', ...parser },
      transform: { react: { runtime: 'automatic', importSource: 'preact' } },
    },
    module: { type: 'es6' },
  },
];

export default {
  globalSetup: '<rootDir>/test/prepare.mjs',
  testEnvironment: 'node',
  maxWorkers: '100%',
  // A machine that does other work is slow, and slowness is no failure.
  testTimeout: 60_000,
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: { '^.+\\.ts$': swc({}), '^.+\\.tsx$': swc({ tsx: true }) },
  coverageProvider: 'babel',
  coverageReporters: ['text-summary', 'clover'],
  /** A little below what the suite covers, so that a new file without tests shows. */
  coverageThreshold: { global: { lines: 90, statements: 90, functions: 90, branches: 82 } },
  collectCoverageFrom: ['events/**/*.ts', 'projections/**/*.ts', 'src/**/*.{ts,tsx}', '!src/main.ts'],
};
