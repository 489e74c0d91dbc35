import type { DataSource } from 'typeorm';
import type { Logger } from '#libs/observability';

/** Any number that all instances of all services agree on. */
const MIGRATION_LOCK = 4_120_113;

/** Runs what is new among the migrations; of several instances that start at once one does it and the others wait. */
export async function migrate(dataSource: DataSource, logger: Logger): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const done = await dataSource.runMigrations({ transaction: 'each' });
    if (done.length > 0) logger.info({ migrations: done.map(({ name }) => name) }, 'database.migrated');
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    await runner.release();
  }
}
