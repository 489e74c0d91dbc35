import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who did what. Rows come in the order in which they were told, which is the order of the list. */
export class CreateActivity1700000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE activity (
        position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        id uuid NOT NULL UNIQUE,
        organization_id text NOT NULL,
        at timestamptz NOT NULL,
        kept_at timestamptz NOT NULL DEFAULT now(),
        actor_id text NOT NULL,
        actor_name text NOT NULL,
        action text NOT NULL,
        subject_kind text NOT NULL,
        subject_id text NOT NULL,
        subject_name text NOT NULL,
        project_id uuid,
        changes jsonb NOT NULL
      )`);
    await runner.query('CREATE INDEX activity_of_organization ON activity (organization_id, position)');
    await runner.query('CREATE INDEX activity_of_subject ON activity (organization_id, subject_id, position)');
    await runner.query('CREATE INDEX activity_by_age ON activity (kept_at)');
    await runner.query('ALTER TABLE oauth_states ADD COLUMN user_name text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE oauth_states DROP COLUMN user_name');
    await runner.query('DROP TABLE activity');
  }
}
