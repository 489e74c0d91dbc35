import { DataSource, type EntityManager } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isOutage } from '#libs/kafka';
import { createLogger } from '#libs/observability';
import { problemFrom } from '#libs/problems';
import { eventually } from '../../../test/support/eventually.js';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { dataSourceOptions } from './index.js';

const NOTHING_CHANGED = /Nothing was changed/;
const NOT_KNOWN = /is not known/;

const logger = createLogger('test', 'silent');
let database: TestDatabase;
let dataSource: DataSource;
let other: DataSource;
beforeAll(async () => {
  database = await createTestDatabase('lost_connection');
  const connect = (): Promise<DataSource> =>
    new DataSource(
      dataSourceOptions({ url: database.url, service: 'test', entities: [], migrations: [], poolSize: 2, logger }),
    ).initialize();
  [dataSource, other] = [await connect(), await connect()];
});
afterAll(async () => {
  await dataSource?.destroy();
  await other?.destroy();
  await database?.drop();
});

const end = (pid: number): Promise<unknown> => other.query('SELECT pg_terminate_backend($1)', [pid]);

const pidOf = async (manager: EntityManager): Promise<number> => {
  const [row] = await manager.query<{ pid: number }[]>('SELECT pg_backend_pid() AS pid');
  return row!.pid;
};

/** Until the driver has taken the connection away from its transaction. */
async function lose(manager: EntityManager): Promise<void> {
  await end(await pidOf(manager));
  await eventually(() => expect(manager.queryRunner!.isReleased).toBe(true));
}

describe('a transaction whose connection is lost', () => {
  it.each<[string, (manager: EntityManager) => Promise<unknown>, RegExp]>([
    ['between two statements', async (manager) => (await lose(manager), manager.query('SELECT 1')), NOTHING_CHANGED],
    ['between a query and a builder', async (manager) => (await lose(manager), builder(manager)), NOTHING_CHANGED],
    ['before it is committed', (manager) => lose(manager), NOTHING_CHANGED],
    ['in the middle of a statement', async (manager) => slowly(manager, await pidOf(manager)), NOT_KNOWN],
  ])('%s is an outage, and a 503', async (_when, work, detail) => {
    const error: unknown = await dataSource.transaction(work).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(isOutage(error), String(error)).toBe(true);
    const problem = problemFrom(error);
    expect(problem.status).toBe(503);
    expect(problem.options.detail).toMatch(detail);
  });

  it('leaves the next one a connection that works', async () => {
    await expect(dataSource.transaction((manager) => manager.query('SELECT 1 AS one'))).resolves.toEqual([{ one: 1 }]);
  });
});

const builder = (manager: EntityManager): Promise<unknown> =>
  manager.createQueryBuilder().select('1').from('pg_class', 'c').limit(1).getRawMany();

async function slowly(manager: EntityManager, pid: number): Promise<void> {
  const slow = manager.query('SELECT pg_sleep(60)');
  slow.catch(() => undefined); // awaited below
  await eventually(async () => {
    const [row] = await other.query<{ query: string }[]>('SELECT query FROM pg_stat_activity WHERE pid = $1', [pid]);
    expect(row!.query).toContain('pg_sleep');
  });
  await end(pid);
  await slow;
}
