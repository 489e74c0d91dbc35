import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A connection that somebody has begun at a provider and not come back from yet. */
export class CreateOAuthStates1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE oauth_states (
        handle_hash bytea PRIMARY KEY,
        nonce_hash bytea NOT NULL,
        provider text NOT NULL,
        organization_id text NOT NULL,
        user_id text NOT NULL,
        project_id uuid,
        name text,
        integration_id uuid,
        code_verifier text,
        expires_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX oauth_states_by_expiry ON oauth_states (expires_at)');
    await runner.query('ALTER TABLE integrations ADD COLUMN target_key text');
    await runner.query(
      'CREATE INDEX integrations_by_target ON integrations (organization_id, target_key) WHERE target_key IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE integrations DROP COLUMN target_key');
    await runner.query('DROP TABLE oauth_states');
  }
}
