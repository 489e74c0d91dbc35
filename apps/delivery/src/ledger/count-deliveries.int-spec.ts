import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '#libs/contracts';
import { buildLedgerEntry } from './build-ledger-entry.suite.js';
import { countStatement, type CountFilter } from './deliveries.queries.js';
import { startLedgerApi, type LedgerApi } from './ledger-api.suite.js';
import { MOST_COUNTED } from './list-deliveries.dto.js';

const HOUR = 3_600_000;
const ORG = 'org-large';
const large = uuidv7();
const small = uuidv7();

let api: LedgerApi;
beforeAll(async () => {
  api = await startLedgerApi();
  await api.partitions.ensure();
  await fill(large, 30_000, 30);
  await fill(small, 1_000, 900); // over the same time
  await api.dataSource.query('VACUUM ANALYZE deliveries');
});
afterAll(() => api?.close());

async function fill(integrationId: string, count: number, everySeconds: number): Promise<void> {
  await api.ledger.record(buildLedgerEntry({ organizationId: ORG, integrationId }));
  await api.dataSource.transaction(async (manager) => {
    await manager.query('SET LOCAL statement_timeout = 0'); // however long that takes here
    await manager.query(
      `INSERT INTO deliveries SELECT (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), 'event_at', d.event_at - i * $3 * interval '1 s'))).*
       FROM deliveries d, generate_series(1, $2::int - 1) i WHERE integration_id = $1`,
      [integrationId, count, everySeconds],
    );
  });
}

interface Plan {
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Plan[];
}

async function planOf(filter: CountFilter): Promise<Plan> {
  const { text, values } = countStatement(ORG, filter, MOST_COUNTED + 1);
  const [row] = await api.dataSource.query<Record<'QUERY PLAN', [{ Plan: Plan }]>[]>(
    `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
    values,
  );
  return row!['QUERY PLAN'][0].Plan;
}

/** What the leaves of a plan read, and what of it they dropped. */
const rowsRead = ({ Plans: parts, ...plan }: Plan): number =>
  parts?.reduce((sum, part) => sum + rowsRead(part), 0) ??
  (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * plan['Actual Loops'];

describe('a count', () => {
  it.each<[string, number, CountFilter]>([
    ['all of one destination among others', 1_000, { integrationId: small, status: 'delivered' }],
    ['what it has none of', 0, { integrationId: small, status: 'held' }],
    ['a day', 97, { integrationId: small, status: 'delivered', since: new Date(Date.now() - 24 * HOUR) }],
    ['more than are counted', MOST_COUNTED + 1, { integrationId: large, status: 'delivered' }],
  ])('of %s reads the rows that it counts', async (_case, rows, filter) => {
    expect(rowsRead(await planOf(filter))).toBeLessThanOrEqual(rows);
  });

  it.each([
    ['ends, and says that there are more', large, { count: MOST_COUNTED, more: true }],
    ['is exact below', small, { count: 1_000, more: false }],
  ])('%s', async (_case, integrationId, expected) => {
    const path = `/api/v1/deliveries/count?integrationId=${integrationId}&status=delivered`;
    expect((await api.call(ORG, path)).body).toEqual(expected);
  });
});
