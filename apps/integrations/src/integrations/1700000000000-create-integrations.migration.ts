import type { MigrationInterface, QueryRunner } from 'typeorm';
import { IDEMPOTENCY_TABLE_SQL } from '#libs/database';
import { OUTBOX_TABLE_SQL } from '#libs/outbox';

/** Ids are UUIDv7 and grow with time, so the list's order, newest first, is the order of the ids. */
export class CreateIntegrations1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE integrations (
        id uuid PRIMARY KEY,
        organization_id text NOT NULL,
        provider text NOT NULL,
        name text NOT NULL,
        project_id uuid,
        event_types text[] NOT NULL,
        environments text[] NOT NULL,
        enabled boolean NOT NULL,
        destination text NOT NULL,
        concurrency integer CHECK (concurrency BETWEEN 1 AND 32),
        credentials jsonb NOT NULL,
        credentials_version integer NOT NULL,
        signing_secrets jsonb NOT NULL,
        version integer NOT NULL,
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL
      )`);
    await runner.query('CREATE INDEX integrations_by_organization ON integrations (organization_id, id DESC)');
    for (const sql of [...OUTBOX_TABLE_SQL, ...IDEMPOTENCY_TABLE_SQL]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE idempotency_keys, outbox, integrations');
  }
}
