/** Left never imports right: events → proof → ledger → projections → service → http → web → main. */
const layers = ['^events/', '^src/proof/', '^src/ledger/', '^projections/', '^src/service/', '^src/http/', '^src/web/', '^src/(main|settings)'];
const allowed = {
  '^events/': ['^events/'],
  '^src/proof/': ['^src/proof/'],
  '^src/ledger/': ['^src/ledger/', '^events/', '^src/proof/'],
  '^projections/': ['^projections/', '^events/'],
  '^src/service/': ['^src/service/', '^projections/', '^src/ledger/', '^src/proof/', '^events/'],
  '^src/http/': ['^src/http/', '^src/service/', '^projections/', '^src/ledger/', '^src/proof/', '^events/'],
  '^src/web/': ['^src/web/', '^src/http/', '^src/service/', '^projections/', '^events/'],
};
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    ...Object.entries(allowed).map(([from, to]) => ({
      name: `layer ${from}`,
      severity: 'error',
      from: { path: from },
      to: { path: layers.concat(['^scripts/', '^test/']), pathNot: to },
    })),
  ],
  options: { parser: 'swc', doNotFollow: { path: 'node_modules' }, exclude: { path: '(^|/)(dist|node_modules)/' } },
};
