import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is open outside every queue, by when it is due: so that looking for what is overdue costs a probe where there is
 * none. Few rows are in it at any time. Building it reads the ledger once, and the writes of that time wait.
 */
export class FindOverdueDeliveries1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX deliveries_overdue ON deliveries ((coalesce(next_attempt_at, updated_at)), id)
       WHERE queue IS NULL AND status IN ('pending', 'retrying')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX deliveries_overdue');
  }
}
