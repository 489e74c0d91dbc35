import type { MigrationInterface, QueryRunner } from 'typeorm';
import { IDEMPOTENCY_TABLE_SQL } from '#libs/database';
import { OUTBOX_TABLE_SQL } from '#libs/outbox';

/** Ids are UUIDv7 and grow with time, so the lists' order, newest first, is the order of the ids. */
export class CreateReleases1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE projects (
        id uuid PRIMARY KEY,
        organization_id text NOT NULL,
        name text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL
      )`);
    await runner.query('CREATE INDEX projects_by_organization ON projects (organization_id, id DESC)');
    await runner.query(`
      CREATE TABLE releases (
        id uuid PRIMARY KEY,
        organization_id text NOT NULL,
        project_id uuid NOT NULL REFERENCES projects,
        environment text NOT NULL CHECK (environment IN ('test', 'stage', 'prod')),
        version text NOT NULL,
        mandatory boolean NOT NULL,
        description text,
        rollout_percentage smallint NOT NULL CHECK (rollout_percentage BETWEEN 0 AND 100),
        revision integer NOT NULL,
        promoted_from_id uuid REFERENCES releases,
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        CONSTRAINT one_version_per_environment UNIQUE (project_id, environment, version)
      )`);
    await runner.query('CREATE INDEX releases_by_project ON releases (project_id, id DESC)');
    await runner.query('CREATE INDEX releases_by_environment ON releases (project_id, environment, id DESC)');
    for (const sql of [...OUTBOX_TABLE_SQL, ...IDEMPOTENCY_TABLE_SQL]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE idempotency_keys, outbox, releases, projects');
  }
}
