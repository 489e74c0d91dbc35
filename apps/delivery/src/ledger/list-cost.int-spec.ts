import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '#libs/contracts';
import { buildLedgerEntry } from './build-ledger-entry.suite.js';
import { startLedgerApi, type Answer, type LedgerApi, type Page } from './ledger-api.suite.js';
import {
  listStatement,
  versionsStatement,
  type DeliveryFilter,
  type ListOf,
  type Statement,
} from './list-statement.js';

const HOUR = 3_600_000;
const ORG = 'org-large';
const COPIES = 30_000;
const COPIES_AT_ONCE = 1_000; // a statement may take 30 s, also on a slow machine
const DEPTH = 5_000;
const integrationId = uuidv7();
const projectId = uuidv7();

let api: LedgerApi;
beforeAll(async () => {
  api = await startLedgerApi();
  await api.partitions.ensure();
  const entry = buildLedgerEntry({ organizationId: ORG, integrationId, projectId });
  await api.ledger.record(entry);
  // 100 versions of 300 deliveries each; one of the oldest is a test in another environment
  for (let from = 1; from <= COPIES; from += COPIES_AT_ONCE)
    await api.dataSource.query(
      `INSERT INTO deliveries SELECT (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), 'event_at', d.event_at - i * interval '30 s',
         'version', '2.' || i % 100 || '.0', 'environment', CASE WHEN i = 29000 THEN 'stage' ELSE 'prod' END, 'test', i = 29000))).*
       FROM deliveries d, generate_series($2::integer, $3::integer) i WHERE id = $1`,
      [entry.request.deliveryId, from, from + COPIES_AT_ONCE - 1],
    );
  await api.dataSource.query('VACUUM ANALYZE deliveries');
});
afterAll(() => api?.close());

interface Node {
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: Node[];
}

interface Cost {
  blocks: number;
  /** Rows of tables that were read and not used. */
  dropped: number;
  read: number;
}

async function costOf({ text, values }: Statement): Promise<Cost> {
  const [row] = await api.dataSource.query<Record<'QUERY PLAN', [{ Plan: Node }]>[]>(
    `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`,
    values,
  );
  const [{ Plan: top }] = row!['QUERY PLAN'];
  const scans = nodesOf(top).filter((node) => node['Relation Name'] !== undefined);
  const sum = (of: (node: Node) => number): number =>
    Math.round(scans.reduce((total, node) => total + of(node) * node['Actual Loops'], 0));
  const dropped = sum((node) => (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0));
  const read = dropped + sum((node) => node['Actual Rows']);
  return { blocks: top['Shared Hit Blocks'] + top['Shared Read Blocks'], dropped, read };
}

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

const listOf = (filter: DeliveryFilter, of: Partial<ListOf> = {}): Statement =>
  listStatement({ organizationId: ORG, filter, limit: 26, depth: DEPTH, ...of });

describe('the cost of a list', () => {
  it.each<[string, DeliveryFilter]>([
    ['nothing', {}],
    ['an integration', { integrationId }],
    ['a project', { projectId }],
    ['a status that none has', { status: 'held' }],
    ['an event type that none has', { integrationId, eventType: 'release.promoted' }],
    ['a status and a time', { projectId, status: 'delivered', until: new Date(Date.now() - 3 * HOUR) }],
    ['all that there is', { integrationId, status: 'dead', eventType: 'release.created', since: new Date(0) }],
  ])('is small whatever there is, filtered by %s', async (_case, filter) => {
    const { blocks, dropped } = await costOf(listOf(filter));
    expect(blocks).toBeLessThan(1_000);
    expect(dropped).toBe(0);
  });

  it.each<[string, DeliveryFilter, string[] | undefined]>([
    ['no tests', { test: false }, undefined],
    ['an environment that most have', { environment: 'prod', test: false, integrationId }, undefined],
    ['a version', { version: '2.7.0' }, ['2.7.0']],
    ['a version and a status that none has', { version: '2.7.0', status: 'held', test: false }, ['2.7.0']],
    ['a version and its destination', { version: '2.7.0', integrationId }, ['2.7.0']],
    ['more versions than are looked up', { version: '2' }, undefined],
  ])('is small, filtered by %s', async (_case, filter, versions) => {
    const { blocks, read } = await costOf(listOf(filter, { versions }));
    expect(blocks).toBeLessThan(1_500);
    expect(read).toBeLessThan(500);
  });

  it('is bounded where hardly any matches', async () => {
    const { blocks, read } = await costOf(listOf({ environment: 'stage' }));
    expect(blocks).toBeLessThan(2 * DEPTH);
    expect(read).toBeLessThan(DEPTH + 100);
  });

  it('of versions is a probe for each', async () => {
    const { blocks, read } = await costOf(versionsStatement(ORG, '2.1', 51));
    expect(blocks).toBeLessThan(1_000);
    expect(read).toBeLessThan(100);
  });
});

describe('what is rare', () => {
  it('is found on a later page, and those before it say how far was looked', async () => {
    const found: unknown[] = [];
    let pages = 0;
    for (let cursor: string | null = ''; cursor !== null; pages++) {
      const query: string = `environment=stage&test=true${cursor && `&cursor=${cursor}`}`;
      const { status, body }: Answer<Page> = await api.call<Page>(ORG, `/api/v1/deliveries?${query}`);
      expect(status).toBe(200);
      found.push(...body.items);
      cursor = body.nextCursor;
    }
    expect(found).toEqual([expect.objectContaining({ environment: 'stage', version: '2.0.0' })]);
    expect(pages).toBe(Math.floor(COPIES / DEPTH) + 1);
  });

  it('is found at once by its version', async () => {
    const { body } = await api.call(ORG, '/api/v1/deliveries?version=2.0.0&environment=stage');
    expect(body).toMatchObject({ items: [{ environment: 'stage' }], nextCursor: null });
  });
});
