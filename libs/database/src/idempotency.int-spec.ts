import { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { eventually } from '../../../test/support/eventually.js';
import { IDEMPOTENCY_TABLE_SQL, carryOutOnce, type Answer, type IdempotentRequest } from './index.js';
import { inBackground } from '../../../test/support/in-background.js';

let database: TestDatabase;
let dataSource: DataSource;
beforeAll(async () => {
  database = await createTestDatabase('idempotency');
  dataSource = new DataSource({ type: 'postgres', url: database.url, poolSize: 10 });
  await dataSource.initialize();
  for (const sql of [...IDEMPOTENCY_TABLE_SQL, 'CREATE TABLE effects (id serial PRIMARY KEY)'])
    await dataSource.query(sql);
});
afterEach(() => dataSource.query('TRUNCATE idempotency_keys, effects'));
afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

const buildRequest = (overrides: Partial<IdempotentRequest> = {}): IdempotentRequest => ({
  organizationId: 'acme',
  key: 'k1',
  operation: 'POST /things',
  body: { name: 'A', size: { a: 1, b: [1, 2] } },
  ...overrides,
});

/** One more row in `effects`, and then whatever `then` waits for or throws. */
const carryOut = (
  overrides: Partial<IdempotentRequest> = {},
  then: () => Promise<void> = () => Promise.resolve(),
): Promise<Answer<{ id: number }>> =>
  carryOutOnce(dataSource, buildRequest(overrides), async (manager) => {
    const rows = await manager.query<{ id: number }[]>('INSERT INTO effects DEFAULT VALUES RETURNING id');
    await then();
    return { status: 201, body: rows[0]! };
  });
const count = async (table: string): Promise<number> =>
  (await dataSource.query<{ count: number }[]>(`SELECT count(*)::integer AS count FROM ${table}`))[0]!.count;

function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

/** Resolves when so many sessions wait for another one's transaction. */
const waiting = (sessions: number): Promise<void> =>
  eventually(async () => {
    const [row] = await dataSource.query<{ count: number }[]>(
      `SELECT count(*)::integer AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    expect(row!.count).toBe(sessions);
  });

describe('a key', () => {
  it('has the same request answered as before, whatever the order of its fields', async () => {
    const first = await carryOut();
    const again = await carryOut({ body: { size: { b: [1, 2], a: 1 }, name: 'A' } });
    expect([first.replayed, again]).toEqual([false, { ...first, replayed: true }]);
    expect(await count('effects')).toBe(1);
  });

  it.each<[string, Partial<IdempotentRequest>]>([
    ['another body', { body: { name: 'B' } }],
    ['another order of a list', { body: { name: 'A', size: { a: 1, b: [2, 1] } } }],
    ['another operation', { operation: 'POST /others' }],
  ])('is refused for %s', async (_, overrides) => {
    await carryOut();
    await expect(carryOut(overrides)).rejects.toMatchObject({ status: 422, code: 'idempotency-key-reused' });
    expect(await count('effects')).toBe(1);
  });

  it('belongs to its organization', async () => {
    const [first, second] = [await carryOut(), await carryOut({ organizationId: 'other', body: { name: 'B' } })];
    expect([first.replayed, second.replayed, await count('effects')]).toEqual([false, false, 2]);
  });

  it.each([[''], [' k'], ['x'.repeat(256)], ['a\nb'], ['schlüssel']])('%j is not a key', async (key) => {
    await expect(carryOut({ key })).rejects.toMatchObject({ status: 400 });
    expect(await count('effects')).toBe(0);
  });

  it.each([['x'], ['x'.repeat(255)], ['a key, with blanks']])('may be %j', async (key) => {
    expect(await carryOut({ key })).toMatchObject({ status: 201, replayed: false });
  });

  it('that is not sent costs no row, and nothing is repeated', async () => {
    const [first, second] = [await carryOut({ key: undefined }), await carryOut({ key: undefined })];
    expect([first.replayed, second.replayed]).toEqual([false, false]);
    expect([await count('effects'), await count('idempotency_keys')]).toEqual([2, 0]);
  });
});

describe('twins', () => {
  it('wait for the first, and get its answer', async () => {
    const { opened, open } = gate();
    const first = inBackground(carryOut({}, () => opened));
    await eventually(async () => expect((await dataSource.query<unknown[]>(OPEN_TRANSACTIONS)).length).toBe(1));
    const twins = [carryOut(), carryOut(), carryOut()].map(inBackground);
    await waiting(3);
    open();
    const answer = await first;
    expect(await Promise.all(twins)).toEqual(twins.map(() => ({ ...answer, replayed: true })));
    expect(await count('effects')).toBe(1);
  });

  it('of one that fails are carried out', async () => {
    const { opened, open } = gate();
    const failing = inBackground(
      carryOut({}, async () => {
        await opened;
        throw new Error('no');
      }),
    );
    await eventually(async () => expect((await dataSource.query<unknown[]>(OPEN_TRANSACTIONS)).length).toBe(1));
    const twin = inBackground(carryOut());
    await waiting(1);
    open();
    await expect(failing).rejects.toThrow('no');
    expect(await twin).toMatchObject({ status: 201, replayed: false });
    expect(await count('effects')).toBe(1);
  });
});

describe('old keys', () => {
  const age = (hours: number): Promise<unknown> =>
    dataSource.query(`UPDATE idempotency_keys SET created_at = now() - interval '${hours} hours'`);

  it('are kept for 24 hours, and forgotten then', async () => {
    await carryOut();
    await age(23);
    expect((await carryOut()).replayed).toBe(true);
    await age(25);
    expect((await carryOut({ body: { name: 'B' } })).replayed).toBe(false);
  });

  it('that others left behind do not make one last longer', async () => {
    await carryOut();
    await dataSource.query(
      `INSERT INTO idempotency_keys (organization_id, key, fingerprint, created_at)
       SELECT 'other', n::text, 'x', now() - interval '3 days' FROM generate_series(1, 500) AS n`,
    );
    await dataSource.query(
      `UPDATE idempotency_keys SET created_at = now() - interval '25 hours' WHERE organization_id = 'acme'`,
    );
    expect((await carryOut({ body: { name: 'B' } })).replayed).toBe(false);
    expect(await count('idempotency_keys')).toBeGreaterThan(400); // a request clears away a few, not all
  });
});

const OPEN_TRANSACTIONS = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'`;
