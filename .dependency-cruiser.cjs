/**
 * Which folder may import which? Left never imports right (ARCHITECTURE.md); tests and scripts may import anything.
 * Types count as much as code. The parser reads no JSX: what src/web/*.tsx may import is held by .oxlintrc.json.
 */
const allowed = {
  '^events/': ['^events/'],
  '^src/proof/': ['^src/proof/'],
  '^src/ledger/': ['^src/ledger/', '^src/proof/', '^events/'],
  '^projections/': ['^projections/', '^events/'],
  '^src/service/': ['^src/service/', '^projections/', '^src/ledger/', '^src/proof/', '^events/'],
  '^src/http/': ['^src/http/', '^src/service/', '^projections/', '^src/ledger/', '^src/proof/', '^events/'],
  '^src/web/': ['^src/web/', '^src/http/', '^src/service/', '^projections/', '^events/'],
  '^src/[^/]+$': ['^src/', '^projections/', '^events/'],
};
const ours = ['^events/', '^src/', '^projections/', '^scripts/', '^test/'];

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '[.]tsx$|^[.]{1,2}/dist/' },
    },
    {
      name: 'pure-does-no-io',
      comment: 'events/ and projections/ are pure: no module of Node, no file, no network.',
      severity: 'error',
      from: { path: '^(events|projections)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-development-package-in-the-program',
      severity: 'error',
      from: { path: '^(events|projections|src)/' },
      to: { dependencyTypes: ['npm-dev'], pathNot: 'node_modules/@types/' },
    },
    ...Object.entries(allowed).map(([from, to]) => ({
      name: `layer ${from}`,
      severity: 'error',
      from: { path: from },
      to: { path: ours, pathNot: to },
    })),
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
    exclude: { path: '(^|/)(dist|node_modules|coverage|data)/|[.]tsx$' },
  },
};
