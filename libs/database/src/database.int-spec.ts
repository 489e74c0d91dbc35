import { Client } from 'pg';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '#libs/observability';
import { eventually } from '../../../test/support/eventually.js';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { MigrationFailed, awaitMigrations, dataSourceOptions, migrate, type MigrateOptions } from './index.js';
import { TransactionPooler } from './transaction-pooler.suite.js';
import { refuseTransactionPooler } from './transaction-pooler.js';
import { inBackground } from '../../../test/support/in-background.js';

class CreateThings1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE things AS SELECT now() AS made');
    await runner.query('SELECT pg_sleep(0.5)'); // longer than the limit that the database has here
  }
  async down(): Promise<void> {}
}

class RefuseThings1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE more (id integer)');
    await runner.query('ALTER TABLE things ADD COLUMN made integer');
  }
  async down(): Promise<void> {}
}

let database: TestDatabase;
let admin: Client;
let lines: Record<string, unknown>[];
const closing: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  database = await createTestDatabase('database');
  lines = [];
  admin = await session();
});
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
  await database.drop();
});

async function session(): Promise<Client> {
  const client = new Client({ connectionString: database.url, application_name: 'somebody' });
  await client.connect();
  closing.push(() => client.end());
  return client;
}

const options = (migrations: (new () => MigrationInterface)[] = [CreateThings1700000000000]): MigrateOptions => ({
  url: database.url,
  service: 'test',
  migrations,
  logger: createLogger('test', 'info', {
    write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>),
  }),
});

async function connected(url: string): Promise<DataSource> {
  const dataSource = new DataSource(dataSourceOptions({ ...options([]), url, entities: [], poolSize: 4 }));
  await dataSource.initialize();
  closing.push(() => dataSource.destroy());
  return dataSource;
}

const said = (event: string): Record<string, unknown>[] => lines.filter((line) => line['event'] === event);
const alter = (setting: string): Promise<unknown> =>
  admin.query(`DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET ${setting}', current_database()); END $$`);

describe('migrations', () => {
  beforeEach(async () => {
    await alter('statement_timeout = 200');
    await alter('lock_timeout = 200');
  });

  it('have no limit of time, and are run by one of several instances', async () => {
    await Promise.all([migrate(options()), migrate(options()), migrate(options())]);
    expect(said('database.migrated')).toEqual([expect.objectContaining({ migrations: ['CreateThings1700000000000'] })]);
    const { rows } = await admin.query('SELECT FROM things');
    expect(rows).toHaveLength(1);
  });

  it('wait for the session that has the lock, say which one that is, and run once it is let go', async () => {
    await admin.query('SELECT pg_advisory_lock(4120113)');
    let ended = false;
    const migrating = inBackground(migrate(options()).finally(() => (ended = true)));
    await eventually(() => expect(said('database.migration-awaited')).toHaveLength(1));
    const { rows } = await admin.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    expect(said('database.migration-awaited')[0]).toMatchObject({ pid: rows[0]!.pid, application: 'somebody' });
    const asked = new Set<number>();
    await eventually(async () => {
      const { rows: sessions } = await admin.query<{ at: Date }>(
        `SELECT query_start AS at FROM pg_stat_activity WHERE application_name = 'nitropush-test'`,
      );
      for (const { at } of sessions) asked.add(at.getTime());
      expect(Math.max(...asked) - Math.min(...asked)).toBeGreaterThan(500); // longer than either limit here
    });
    expect(ended).toBe(false);
    await admin.query('SELECT pg_advisory_unlock(4120113)');
    await migrating;
    expect(said('database.migrated')).toHaveLength(1);
  });

  it('that fail say which one and why, and leave nothing behind', async () => {
    await migrate(options());
    const failing = migrate(options([CreateThings1700000000000, RefuseThings1700000000001]));
    const error = await failing.catch((fault: unknown) => fault);
    expect(error).toBeInstanceOf(MigrationFailed);
    expect((error as Error).message).toMatch(/^RefuseThings1700000000001 failed .*"made" .*42701/);
    expect((await admin.query(`SELECT to_regclass('more') AS more`)).rows).toEqual([{ more: null }]);
    await migrate(options()); // the lock was let go
  });

  it('are waited for where somebody else runs them', async () => {
    let ended = false;
    const waiting = inBackground(awaitMigrations(options()).finally(() => (ended = true)));
    await eventually(() => expect(said('database.migration-awaited')).toHaveLength(1));
    expect(said('database.migration-awaited')[0]).toMatchObject({ missing: ['CreateThings1700000000000'] });
    expect(ended).toBe(false);
    await migrate(options());
    await waiting;
  });
});

describe('a session', () => {
  it('reads times and numbers the same, whatever the server, the database or the role prefers', async () => {
    await alter(`DateStyle = ''German, DMY''`);
    await alter(`IntervalStyle = ''sql_standard''`);
    await alter(`TimeZone = ''America/St_Johns''`);
    await alter('extra_float_digits = -15');
    await alter(`bytea_output = ''escape''`);
    await alter(`default_transaction_isolation = ''serializable''`);
    const dataSource = await connected(database.url);
    const [row] = await dataSource.query<object[]>(
      `SELECT '2026-11-02T10:20:30.456Z'::timestamptz AS at, interval '1 day 02:03:04' AS lasts, 0.1::float8 AS share,
         '\\x00ff'::bytea AS bytes, current_setting('transaction_isolation') AS isolation`,
    );
    expect(row).toMatchObject({
      at: new Date('2026-11-02T10:20:30.456Z'),
      lasts: { days: 1, hours: 2, minutes: 3, seconds: 4 },
      share: 0.1,
      bytes: Buffer.from([0, 255]),
      isolation: 'read committed',
    });
  });

  it('has a limit of time for each statement, whatever the database has', async () => {
    await alter('statement_timeout = 0');
    const dataSource = await connected(database.url);
    expect(await dataSource.query('SHOW statement_timeout')).toEqual([{ statement_timeout: '30s' }]);
  });
});

describe('a pooler in transaction mode', () => {
  it('is refused by name, with what to do', async () => {
    const pooler = await TransactionPooler.start(database.url);
    closing.push(() => pooler.stop());
    const dataSource = await connected(pooler.urlOf(database.url)); // no setting in its first packet is refused
    await expect(refuseTransactionPooler(dataSource)).rejects.toThrow(/^DATABASE_URL: .* pool_mode=session/);
  });

  it('is not seen where there is none', async () => {
    await expect(refuseTransactionPooler(await connected(database.url))).resolves.toBeUndefined();
  });
});
