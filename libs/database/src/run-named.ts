import type { Pool, QueryConfig, QueryResult } from 'pg';
import type { DataSource } from 'typeorm';
import { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';

/** A statement with a name: each connection plans it once. */
export interface NamedStatement extends QueryConfig {
  name: string;
}

/**
 * Runs one statement on the data source's own pool, outside of a transaction. For the few that run all the time: TypeORM's
 * `query()` cannot name a statement, so the server would plan it each time.
 * @throws pg's errors as they are
 */
export function runNamed<R extends object>({ driver }: DataSource, statement: NamedStatement): Promise<QueryResult<R>> {
  if (!(driver instanceof PostgresDriver))
    throw new Error(`named statements are PostgreSQL's, and this is ${driver.options.type}`);
  const pool: Pool = driver.master;
  return pool.query<R>(statement);
}
