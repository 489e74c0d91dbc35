import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people did with deliveries, until it is on its topic. */
export class TellActivity1700000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE untold_activity (
      position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      record json NOT NULL,
      taken_at timestamptz
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE untold_activity');
  }
}
