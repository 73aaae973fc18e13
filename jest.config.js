/** How the suite runs: ESM, TypeScript stripped by swc, one spec file per subject. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic', importSource: 'preact' } },
        },
        module: { type: 'es6' },
      },
    ],
  },
  coverageProvider: 'babel',
  collectCoverageFrom: ['events/**/*.ts', 'projections/**/*.ts', 'src/**/*.{ts,tsx}', '!src/main.ts'],
};
