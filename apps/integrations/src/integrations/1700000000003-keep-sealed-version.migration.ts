import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The version that credentials were sealed under, where theirs has grown past it; null: they are the same. */
export class KeepSealedVersion1700000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE integrations ADD COLUMN sealed_version integer');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE integrations DROP COLUMN sealed_version');
  }
}
