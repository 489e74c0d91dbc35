import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether an integration is also notified when a destination stops working; chosen, like its route, before signing in too. */
export class AskForAlerts1700000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE integrations ADD COLUMN alerts boolean NOT NULL DEFAULT false');
    await runner.query(
      'ALTER TABLE oauth_states ADD COLUMN event_types text[], ADD COLUMN environments text[], ADD COLUMN alerts boolean',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE oauth_states DROP COLUMN event_types, DROP COLUMN environments, DROP COLUMN alerts',
    );
    await runner.query('ALTER TABLE integrations DROP COLUMN alerts');
  }
}
