import type { DataSource, QueryRunner } from 'typeorm';
import { SettingsError } from '#libs/config';

/** A pooler under load may give each question another server by chance, or the same one. */
const ROUNDS = 3;

/**
 * Refuses a pooler that gives each transaction another server connection, as PgBouncer does with pool_mode=transaction. Locks
 * and notifications belong to a connection: behind one the outbox would publish nothing, and nobody would say so.
 * @throws SettingsError that names the way out
 */
export async function refuseTransactionPooler(dataSource: DataSource): Promise<void> {
  const runners = [dataSource.createQueryRunner(), dataSource.createQueryRunner()] as const;
  try {
    if (!(await shareServers(runners))) return;
  } finally {
    await Promise.all(runners.map((runner) => runner.release()));
  }
  throw new SettingsError([
    'DATABASE_URL: leads through a pooler in transaction mode, where locks and notifications do not work; ' +
      'use a pool in session mode (PgBouncer: pool_mode=session), or connect to PostgreSQL itself',
  ]);
}

/** Two connections that are open at the same time have a server process each, and keep it. */
async function shareServers([one, other]: readonly [QueryRunner, QueryRunner]): Promise<boolean> {
  const pids = new Set<number>([await serverOf(one)]);
  for (let round = 0; round < ROUNDS; round += 1) {
    if (pids.has(await serverOf(other))) return true;
    pids.add(await serverOf(one));
    if (pids.size > 1) return true;
  }
  return false;
}

async function serverOf(runner: QueryRunner): Promise<number> {
  const [row] = (await runner.query('SELECT pg_backend_pid() AS pid')) as [{ pid: number }];
  return row.pid;
}
