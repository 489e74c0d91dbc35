import type { MigrationInterface, QueryRunner } from 'typeorm';

const INDEX = 'deliveries_overdue';
const ON = `((coalesce(next_attempt_at, updated_at)), id) WHERE queue IS NULL AND status IN ('pending', 'retrying')`;

/**
 * What is open outside every queue, by when it is due: so that looking for what is overdue costs a probe where there is
 * none. Few rows are in it at any time. It is built partition by partition while the ledger is written, which no
 * transaction may do: one that broke off is begun again.
 */
export class FindOverdueDeliveries1700000000002 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX IF NOT EXISTS ${INDEX} ON ONLY deliveries ${ON}`);
    const partitions = (await runner.query(
      `SELECT relname AS name FROM pg_inherits JOIN pg_class ON oid = inhrelid WHERE inhparent = 'deliveries'::regclass ORDER BY 1`,
    )) as { name: string }[];
    for (const { name } of partitions) await build(runner, name);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX ${INDEX}`);
  }
}

/** In the partition, and then as a part of the index of them all: that one is used once it has a part in each. */
async function build(runner: QueryRunner, partition: string): Promise<void> {
  const part = `${partition}_overdue`;
  const [left] = (await runner.query(
    'SELECT indisvalid AS valid FROM pg_index WHERE indexrelid = to_regclass($1)::oid',
    [part],
  )) as { valid: boolean }[];
  if (left && !left.valid) await runner.query(`DROP INDEX CONCURRENTLY ${part}`);
  await runner.query(`CREATE INDEX CONCURRENTLY IF NOT EXISTS ${part} ON ${partition} ${ON}`);
  await runner.query(`ALTER INDEX ${INDEX} ATTACH PARTITION ${part}`);
}
