import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many recipients the mails of each organization had, by hour. */
export class CountMailRecipients1700000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE mail_budgets (
      organization_id text NOT NULL,
      hour timestamptz NOT NULL,
      recipients integer NOT NULL,
      PRIMARY KEY (organization_id, hour)
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE mail_budgets');
  }
}
