import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What one person did, what was done in one way, and what concerns one project. */
export class FindActivity1700000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX activity_of_actor ON activity (organization_id, actor_id, position)');
    await runner.query('CREATE INDEX activity_of_action ON activity (organization_id, action, position)');
    await runner.query('CREATE INDEX activity_of_project ON activity (organization_id, project_id, position)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX activity_of_actor, activity_of_action, activity_of_project');
  }
}
