import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A part of the credentials may stay while the rest is replaced; and which optional secrets are set is known without opening them. */
export class KeepSecrets1700000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE integrations ADD COLUMN kept_credentials jsonb, ADD COLUMN stored_secrets text[]');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE integrations DROP COLUMN kept_credentials, DROP COLUMN stored_secrets');
  }
}
