import { connect as connectTo, createServer, type AddressInfo } from 'node:net';
import { DataSource, type EntityManager } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isOutage } from '#libs/kafka';
import { createLogger } from '#libs/observability';
import { problemFrom } from '#libs/problems';
import { eventually } from '../../../test/support/eventually.js';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { dataSourceOptions, runNamed } from './index.js';

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

/** The server by another way, on which it can be made to go away right behind its next answer: both are read at once. */
async function serverThatGoesAway(): Promise<{ url: string; goAway: () => void; close: () => Promise<void> }> {
  const target = new URL(database.url);
  const fields = ['SFATAL', 'C57P01', 'Mterminating connection due to unexpected postmaster exit', '', ''].join('\0');
  const fatal = Buffer.concat([Buffer.from('E\0\0\0\0'), Buffer.from(fields)]);
  fatal.writeInt32BE(fatal.length - 1, 1);
  let going = false;
  const server = createServer((near) => {
    const far = connectTo(Number(target.port), target.hostname);
    for (const socket of [near, far]) socket.on('error', () => undefined); // one is cut by the other's end
    near.pipe(far);
    far.on('data', (answer: Buffer) => {
      if (!going) return void near.write(answer);
      going = false;
      near.end(Buffer.concat([answer, fatal]));
    });
    far.on('end', () => near.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(database.url);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    goAway: () => (going = true),
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

describe('a connection that fails as it passes from one statement to the next', () => {
  it.each<[string, (source: DataSource) => Promise<unknown>]>([
    ['a named statement', (source) => runNamed(source, { name: 'one', text: 'SELECT 1' })],
    ['a statement', (source) => source.query('SELECT 1')],
  ])('behind %s is an outage to the next alone, and ends nothing', async (_first, first) => {
    const server = await serverThatGoesAway();
    const source = await new DataSource(
      dataSourceOptions({ url: server.url, service: 'test', entities: [], migrations: [], poolSize: 1, logger }),
    ).initialize();
    try {
      server.goAway();
      const [one, next] = await Promise.allSettled([first(source), source.query('SELECT 2 AS two')]);
      expect(one.status).toBe('fulfilled');
      if (next.status === 'rejected') expect(isOutage(next.reason), String(next.reason)).toBe(true);
      expect(await source.query('SELECT 3 AS three')).toEqual([{ three: 3 }]);
    } finally {
      await source.destroy();
      await server.close();
    }
  });
});
