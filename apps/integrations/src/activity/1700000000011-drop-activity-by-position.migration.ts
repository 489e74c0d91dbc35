import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists are by time: these would only make each row cost more. An instance that still lists by position does so more slowly. */
export class DropActivityByPosition1700000000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX ${INDEXES.map(([name]) => `activity_of_${name}`).join(', ')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [name, columns] of INDEXES)
      await runner.query(`CREATE INDEX activity_of_${name} ON activity (${columns})`);
  }
}

const INDEXES = [
  ['organization', 'organization_id, position'],
  ['subject', 'organization_id, subject_id, position'],
  ['actor', 'organization_id, actor_id, position'],
  ['action', 'organization_id, action, position'],
  ['project', 'organization_id, project_id, position'],
] as const;
