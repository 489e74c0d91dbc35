const TESTS = '\\.(spec|int-spec|suite)\\.ts$';

/** Plain functions: no I/O, no clock, no injection. */
const RULES = [
  '^apps/delivery/src/routing/(route-release-event|late-states)\\.ts$',
  '^apps/delivery/src/sending/(asked-wait|attempt-record|decide|ending|next-step|should-park|standing)\\.ts$',
  '^apps/delivery/src/retries/retry-ladder\\.ts$',
  '^apps/delivery/src/dead-letters/returned-letter\\.ts$',
  '^apps/delivery/src/ledger/(bucket-sizes|latency-buckets|recorded-at|weeks)\\.ts$',
  '^apps/delivery/src/providers/(classify-answer|in-between|retry-after|outcome)\\.ts$',
  '^apps/releases/src/releases/(promotion|version)\\.ts$',
];

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
      name: 'services-start-without-contracts',
      severity: 'error',
      comment:
        'Every service loads these libs; the contracts come with typebox, a quarter of a start that reads no event.',
      from: { path: '^libs/(auth|config|http|observability|problems)/', pathNot: TESTS },
      to: { path: '^libs/contracts/' },
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
    {
      name: 'routing-knows-nothing-of-sending',
      severity: 'error',
      comment: 'From Kafka to Kafka: what becomes of a request is not its business. Of the ledger it knows one rule.',
      from: { path: '^apps/delivery/src/routing/', pathNot: TESTS },
      to: {
        path: '^apps/delivery/src/(sending|queues|retries|dead-letters|providers|dashboards|ledger|startup)/',
        pathNot: '/ledger/recorded-at\\.ts$',
      },
    },
    {
      name: 'the-ledger-knows-none-of-its-users',
      severity: 'error',
      comment: 'It keeps what it is given. Of providers it knows what an event and a request look like to people.',
      from: { path: '^apps/delivery/src/ledger/', pathNot: [TESTS, '/ledger/ledger-migrations\\.ts$'] },
      to: {
        path: '^apps/delivery/src/(routing|sending|queues|retries|dead-letters|dashboards|providers|startup)/',
        pathNot: '/providers/(event-body|provider-list)\\.ts$',
      },
    },
    {
      name: 'sending-knows-nothing-of-who-feeds-it',
      severity: 'error',
      comment: 'The pump, recovery and what is overdue hand deliveries to it; dashboards read what it recorded.',
      from: { path: '^apps/delivery/src/(sending|retries|dead-letters|ownership)/', pathNot: TESTS },
      to: { path: '^apps/delivery/src/(routing|queues|dashboards|startup)/' },
    },
    {
      name: 'dead-letters-know-nothing-of-sending',
      severity: 'error',
      comment: 'They leave by a queue of the ledger or by a record; the attempt is made by others.',
      from: { path: '^apps/delivery/src/(dead-letters|retries)/', pathNot: TESTS },
      to: { path: '^apps/delivery/src/(sending|providers)/' },
    },
    {
      name: 'dashboards-only-read',
      severity: 'error',
      from: { path: '^apps/delivery/src/dashboards/', pathNot: TESTS },
      to: { path: '^apps/delivery/src/(routing|sending|queues|retries|dead-letters|providers|ownership)/' },
    },
    {
      name: 'providers-know-nothing-of-the-pipeline',
      severity: 'error',
      comment: 'An adapter gets a request and answers with an outcome.',
      from: { path: '^apps/delivery/src/(providers|outbound|recipients|credentials)/', pathNot: TESTS },
      to: {
        path: '^apps/delivery/src/(routing|sending|queues|retries|dead-letters|ledger|dashboards|kafka)/',
        pathNot: '/ledger/(queue|queue-statements)\\.ts$',
      },
    },
    {
      name: 'providers-know-nothing-of-oauth',
      severity: 'error',
      comment: 'A provider is data; how one signs in at it is decided in oauth/.',
      from: { path: '^apps/integrations/src/providers/', pathNot: TESTS },
      to: { path: '^apps/integrations/src/(oauth|integrations|routes|test-deliveries)/' },
    },
    {
      name: 'rules-stay-pure',
      severity: 'error',
      comment: 'No I/O, no injection: a rule gets values and answers with values, and its spec is a table.',
      from: { path: RULES },
      to: {
        path: [
          '\\.(service|module|controller|consumer|server|queries|entity|provider|config)\\.ts$',
          'node_modules/(@nestjs|pg|typeorm|axios|undici|nodemailer)/',
          '^libs/(kafka|database|http|observability|outbox)/',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'rules-read-nothing',
      severity: 'error',
      from: { path: RULES },
      to: { dependencyTypes: ['core'], path: '^(fs|net|http|https|dns|child_process|timers|worker_threads)' },
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
