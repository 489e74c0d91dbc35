import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many tests an organization has sent in the minute that began then; one row each. */
export class CountTests1700000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE test_counts (
        organization_id text PRIMARY KEY,
        began_at timestamptz NOT NULL,
        count integer NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE test_counts');
  }
}
