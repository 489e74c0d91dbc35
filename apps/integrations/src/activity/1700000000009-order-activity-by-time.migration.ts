import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists are by when something was done. The indexes by position stay for the instances that still list by it. */
export class OrderActivityByTime1700000000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX activity_by_time ON activity (organization_id, at, position)');
    for (const [name, column] of COLUMNS)
      await runner.query(
        `CREATE INDEX activity_by_time_${name} ON activity (organization_id, ${column}, at, position)`,
      );
  }

  async down(runner: QueryRunner): Promise<void> {
    const names = COLUMNS.map(([name]) => `activity_by_time_${name}`);
    await runner.query(`DROP INDEX ${['activity_by_time', ...names].join(', ')}`);
  }
}

const COLUMNS = [
  ['of_subject', 'subject_id'],
  ['of_actor', 'actor_id'],
  ['of_action', 'action'],
  ['of_project', 'project_id'],
] as const;
