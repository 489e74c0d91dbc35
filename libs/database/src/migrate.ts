import { setTimeout as wait } from 'node:timers/promises';
import { DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import type { Logger } from '#libs/observability';
import { isDatabaseAway } from '#libs/problems';
import { ADVISORY_LOCKS } from './advisory-locks.js';
import { dataSourceOptions, type DatabaseOptions } from './data-source-options.js';

export type MigrateOptions = Pick<DatabaseOptions, 'url' | 'service' | 'migrations' | 'logger'>;

const MIGRATION_LOCK = ADVISORY_LOCKS.migration;
const LOOK_MS = 500;
const SAY_EVERY_MS = 10_000;

/** A migration was refused; what it did was rolled back. */
export class MigrationFailed extends Error {
  override readonly name = 'MigrationFailed';
}

/**
 * Runs what is new among the migrations; of several instances that start at once one does it and the others wait, as long as
 * it takes. The connection is its own and has no time limits: a statement over a large table takes minutes.
 * @throws MigrationFailed, or the driver's error where the database is away
 */
export async function migrate(options: MigrateOptions): Promise<void> {
  const { logger } = options;
  await withMigrations(options, async (runner, executor) => {
    await lock(runner, logger);
    try {
      const done = await run(executor);
      if (done.length > 0) logger.info({ migrations: done }, 'database.migrated');
    } finally {
      await unlock(runner);
    }
  });
}

/** Waits until somebody else has migrated the database, as long as it takes. */
export async function awaitMigrations(options: MigrateOptions): Promise<void> {
  const say = every(SAY_EVERY_MS);
  await withMigrations(options, async (_runner, executor) => {
    for (;;) {
      const missing = await executor.getPendingMigrations();
      if (missing.length === 0) return;
      say(() => options.logger.warn({ missing: missing.map(({ name }) => name) }, 'database.migration-awaited'));
      await wait(LOOK_MS);
    }
  });
}

async function withMigrations(
  options: MigrateOptions,
  work: (runner: QueryRunner, executor: MigrationExecutor) => Promise<void>,
): Promise<void> {
  const dataSource = new DataSource(dataSourceOptions({ ...options, entities: [], poolSize: 1, timeoutMs: 0 }));
  await dataSource.initialize();
  const runner = dataSource.createQueryRunner();
  try {
    const executor = new MigrationExecutor(dataSource, runner);
    executor.transaction = 'each';
    await work(runner, executor);
  } finally {
    await runner.release();
    await dataSource.destroy();
  }
}

/** Asked for again and again, and not waited for in the server: a limit of time that is set there would end the wait. */
async function lock(runner: QueryRunner, logger: Logger): Promise<void> {
  const say = every(SAY_EVERY_MS);
  for (;;) {
    const [row] = (await runner.query('SELECT pg_try_advisory_lock($1) AS locked', [MIGRATION_LOCK])) as [
      { locked: boolean },
    ];
    if (row.locked) return;
    const holder = await holderOf(runner);
    say(() => logger.warn(holder, 'database.migration-awaited'));
    await wait(LOOK_MS);
  }
}

async function unlock(runner: QueryRunner): Promise<void> {
  try {
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
  } catch {
    // the session is gone, and its lock with it; why is told by what was being done
  }
}

/** Who has the lock; what this user may not see is null. */
async function holderOf(runner: QueryRunner): Promise<object> {
  const rows = (await runner.query(
    `SELECT l.pid, a.application_name AS application, host(a.client_addr) AS address, a.state
     FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
     WHERE l.locktype = 'advisory' AND l.granted AND l.classid = 0 AND l.objid = $1 AND l.objsubid = 1
       AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [MIGRATION_LOCK],
  )) as object[];
  return rows[0] ?? {};
}

async function run(executor: MigrationExecutor): Promise<string[]> {
  try {
    return (await executor.executePendingMigrations()).map(({ name }) => name);
  } catch (error) {
    if (isDatabaseAway(error)) throw error; // the migration has no fault
    const [failed] = await executor.getPendingMigrations().catch(() => []); // its own fault is the one to be told
    const { message, code } = error as Error & { code?: string };
    throw new MigrationFailed(`${failed?.name ?? 'a migration'} failed and was rolled back: ${message} (${code})`, {
      cause: error,
    });
  }
}

/** Does something at once, and then no more often than that. */
function every(ms: number): (work: () => void) => void {
  let last = -Infinity;
  return (work) => {
    if (performance.now() - last < ms) return;
    last = performance.now();
    work();
  };
}
