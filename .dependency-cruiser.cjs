/** The import rules of docs/ARCHITECTURE.md, runnable. */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'A cycle means a missing third thing.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'apps-never-meet',
      severity: 'error',
      comment: 'Services talk over Kafka and HTTP; they import nothing of each other.',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'the-console-stands-alone',
      severity: 'error',
      comment:
        'It is a client of the API like any other: what it knows of the services is generated from their document.',
      from: { path: '^apps/console/' },
      to: { path: '^(libs|test|tools)/' },
    },
    {
      name: 'libs-know-no-app',
      severity: 'error',
      comment: 'Imports go apps -> libs -> contracts.',
      from: { path: '^libs/', pathNot: '\\.(spec|int-spec|suite)\\.ts$' },
      to: { path: '^(apps|test|tools)/' },
    },
    {
      name: 'contracts-stand-alone',
      severity: 'error',
      comment: 'Contracts are the bottom: they import no other lib.',
      from: { path: '^libs/contracts/' },
      to: { path: '^libs/(?!contracts/)' },
    },
    {
      name: 'only-libs-kafka-knows-kafkajs',
      severity: 'error',
      comment: 'The client can be swapped in one folder.',
      from: { path: '^(apps|libs)/', pathNot: '^libs/kafka/' },
      to: { path: 'node_modules/kafkajs' },
    },
    {
      name: 'libs-by-their-index',
      severity: 'error',
      comment: 'A lib is entered by its index.ts.',
      from: { path: '^(apps/|libs/([^/]+)/|test/|tools/)' },
      to: { path: '^libs/([^/]+)/src/', pathNot: ['^libs/[^/]+/src/index\\.ts$', '^libs/$2/'] },
    },
    {
      name: 'no-tests-in-production-code',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '\\.(spec|int-spec|suite)\\.ts$' },
      to: { path: '(\\.(spec|int-spec|suite)\\.ts$|^test/)' },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '(^|/)dist/' } },
    {
      name: 'no-dev-dependencies',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: ['\\.(spec|int-spec|suite)\\.ts$', '^apps/console/'] }, // the console is bundled
      to: { dependencyTypes: ['npm-dev'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|node_modules)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default', 'require', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
