import { afterAll, beforeAll, expect, it } from 'vitest';
import { FindOverdueDeliveries1700000000002 } from './1700000000002-find-overdue-deliveries.migration.js';
import { startLedgerApi, type LedgerApi } from './ledger-api.suite.js';

let api: LedgerApi;
beforeAll(async () => {
  api = await startLedgerApi();
});
afterAll(() => api?.close());

const unindexed = (): Promise<unknown[]> =>
  api.dataSource.query(
    `SELECT t.relname FROM pg_class t WHERE t.relname ~ '^deliveries(_p[0-9]{8}|_other)?$' AND t.relkind IN ('r', 'p') AND NOT EXISTS (
       SELECT 1 FROM pg_index i WHERE i.indrelid = t.oid AND i.indisvalid AND pg_get_indexdef(i.indexrelid) LIKE '%COALESCE(next_attempt_at, updated_at)%'
     )`,
  );

it('the index of what is overdue is built beside writers, also where a build broke off, and new partitions have it', async () => {
  await api.partitions.ensure();
  expect(await unindexed()).toEqual([]);
  const migration = new FindOverdueDeliveries1700000000002();
  const runner = api.dataSource.createQueryRunner();
  try {
    await migration.down(runner);
    expect(await unindexed()).not.toEqual([]);
    await runner.query('CREATE INDEX deliveries_other_overdue ON deliveries_other (id)');
    await runner.query(
      `UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'deliveries_other_overdue'::regclass`,
    );
    await migration.up(runner);
    expect(await unindexed()).toEqual([]);
    await migration.up(runner); // begun again after its end, it finds everything there
  } finally {
    await runner.release();
  }
});
