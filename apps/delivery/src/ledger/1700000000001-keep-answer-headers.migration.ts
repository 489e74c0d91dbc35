import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a far end said beside its answer's body, where it refused. */
export class KeepAnswerHeaders1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE attempts ADD COLUMN response_headers json');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE attempts DROP COLUMN response_headers');
  }
}
