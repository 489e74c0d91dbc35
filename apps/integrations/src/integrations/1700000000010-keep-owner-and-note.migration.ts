import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who to ask about an integration, and what to know of it; written, like its route, before signing in too. */
export class KeepOwnerAndNote1700000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['integrations', 'oauth_states'])
      await runner.query(`ALTER TABLE ${table} ADD COLUMN owner text, ADD COLUMN note text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['integrations', 'oauth_states'])
      await runner.query(`ALTER TABLE ${table} DROP COLUMN owner, DROP COLUMN note`);
  }
}
