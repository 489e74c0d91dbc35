import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether an integration is also notified when a destination stops working. */
export class AskForAlerts1700000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE integrations ADD COLUMN alerts boolean NOT NULL DEFAULT false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE integrations DROP COLUMN alerts');
  }
}
