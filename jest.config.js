/** How the suite runs: ESM, TypeScript stripped by swc, one spec file per subject. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'es6' } }],
  },
  coverageProvider: 'babel',
  collectCoverageFrom: ['events/**/*.ts', 'projections/**/*.ts', 'src/**/*.ts', '!src/main.ts'],
};
