import type { DataSource } from 'typeorm';

/** The service's Readiness, as far as it is needed here. */
interface Checks {
  add(name: string, check: () => Promise<boolean>, options?: { serving?: boolean }): void;
}

/** `database`: it answers, without which no call can be. `database-writable`: and it is no standby. */
export function addDatabaseChecks(readiness: Checks, dataSource: DataSource): void {
  readiness.add('database', async () => (await dataSource.query('SELECT 1')) !== undefined, { serving: true });
  readiness.add('database-writable', () => isWritable(dataSource));
}

async function isWritable(dataSource: DataSource): Promise<boolean> {
  const [row] = await dataSource.query<[{ writable: boolean }]>(
    `SELECT NOT current_setting('transaction_read_only')::boolean AS writable`,
  );
  return row.writable;
}
