import { defineConfig } from 'vitest/config';

const shared = {
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'], externalConditions: ['node'] } },
};

/**
 * Time limits end what would go on for ever, and are far from what anything takes.
 * `unit` does no I/O; `integration` has one real PostgreSQL and one real Kafka; `e2e` has the whole running system, `console` the same in a real browser, `answers` one to itself with a short ladder, restarted with other settings, `chaos` two like it, parts of which are ended; `timing` measures times on one to itself, while nothing else runs.
 */
export default defineConfig({
  ...shared,
  test: {
    teardownTimeout: 120_000, // a stack stops its services in order
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: ['{apps,libs,tools,test}/**/*.spec.ts'],
          environment: 'node',
          setupFiles: ['test/support/kafka-first.setup.ts'],
          isolate: false, // they share nothing that one of them changes, and loading all of it for each file took longer than they do
          testTimeout: 60_000, // none takes long, but on a busy machine five seconds pass without a test's doing
        },
      },
      {
        ...shared,
        test: {
          name: 'integration',
          include: ['{apps,libs,tools,test}/**/*.int-spec.ts'],
          globalSetup: ['test/support/servers.setup.ts'],
          isolate: false,
          setupFiles: ['test/support/kafka-first.setup.ts'],
          maxWorkers: 3, // they wait for their servers more than they work
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.e2e-spec.ts'],
          globalSetup: ['test/support/stack.setup.ts'],
          maxWorkers: 3, // the longest of them wait: for a ladder of 155 s, for Slack's pace
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'console',
          include: ['test/console/**/*.console-spec.ts'],
          globalSetup: ['test/support/stack.setup.ts'],
          maxWorkers: 2,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'answers',
          include: ['test/answers/**/*.answers-spec.ts'],
          globalSetup: ['test/support/short-ladder.setup.ts'],
          fileParallelism: false, // they restart services with settings of their own
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'chaos',
          include: ['test/chaos/**/*.chaos-spec.ts'],
          globalSetup: ['test/support/chaos-stacks.setup.ts'],
          setupFiles: ['test/support/own-stack.setup.ts'],
          maxWorkers: process.env['TEST_STACK'] ? 1 : 2, // each ends parts of a system that is its own
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'timing',
          include: ['test/timing/**/*.timing-spec.ts'],
          globalSetup: ['test/support/counting-stack.setup.ts'],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
