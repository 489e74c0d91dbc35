import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DeliveryStatus } from '#libs/contracts';
import { BUCKET_SIZES_MS, bucketsFor } from './bucket-sizes.js';
import { buildLedgerEntry } from './build-ledger-entry.suite.js';
import { LATENCY_BUCKETS } from './latency-buckets.js';
import { Ledger } from './ledger.service.js';
import { startLedgerApi, type LedgerApi } from './ledger-api.suite.js';
import { RollupQueries } from './rollup.queries.js';
import { partitionName, weekOf } from './weeks.js';

const DAY = 86_400_000;
const NOW = new Date('2026-11-25T12:00:00Z');
const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * DAY);
const weeksOn = (weeks: number): Date => daysAgo(-7 * weeks);

let api: LedgerApi;
beforeAll(async () => {
  api = await startLedgerApi();
});
afterAll(() => api?.close());

/** Written when the event happened, unless another time is said. */
async function record(at: Date, status: DeliveryStatus, writtenAt: Date = at): Promise<string> {
  const entry = buildLedgerEntry({ at, status });
  await new Ledger(api.dataSource, { now: () => writtenAt.getTime() }).record(entry);
  return entry.request.deliveryId;
}

/** Where a delivery lies, with its attempt; undefined where it is gone. */
async function tablesOf(id: string): Promise<string[]> {
  const rows = await api.dataSource.query<{ name: string }[]>(
    `SELECT tableoid::regclass::text AS name FROM deliveries WHERE id = $1
     UNION ALL SELECT tableoid::regclass::text FROM attempts WHERE delivery_id = $1`,
    [id],
  );
  return rows.map(({ name }) => name).sort();
}

async function tables(): Promise<string[]> {
  const rows = await api.dataSource.query<{ name: string }[]>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relname ~ '^(deliveries|attempts)_p' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

const inWeek = (time: Date): string[] => ['attempts', 'deliveries'].map((table) => partitionName(table, weekOf(time)));
const IN_OTHER = ['attempts_other', 'deliveries_other'];

describe('the ledger’s partitions', () => {
  beforeEach(async () => {
    for (const name of await tables()) await api.dataSource.query(`DROP TABLE IF EXISTS ${name}`);
    await api.dataSource.query('TRUNCATE deliveries, attempts, destination_minutes');
  });

  it('are there from last week to two weeks ahead, also when several instances make them at once', async () => {
    await Promise.all([api.partitions.ensure(NOW), api.partitions.ensure(NOW)]);
    const weeks = ['20261116', '20261123', '20261130', '20261207'];
    expect(await tables()).toEqual(
      ['attempts', 'deliveries'].flatMap((table) => weeks.map((week) => `${table}_p${week}`)),
    );
    expect(await tablesOf(await record(NOW, 'delivered'))).toEqual(inWeek(NOW));
    expect(await tablesOf(await record(daysAgo(100), 'delivered'))).toEqual(IN_OTHER);
  });

  it('take in what had fallen into the default ones for their week', async () => {
    const before = await record(new Date(weekOf(NOW).start.getTime() - 1), 'delivered');
    const [first, last] = [
      await record(weekOf(NOW).start, 'dead'),
      await record(new Date(weekOf(NOW).end.getTime() - 1), 'held'),
    ];
    const far = await record(weeksOn(20), 'delivered');
    await api.partitions.ensure(NOW);
    for (const id of [first, last]) expect(await tablesOf(id)).toEqual(inWeek(NOW));
    expect(await tablesOf(before)).toEqual(inWeek(daysAgo(7)));
    expect(await tablesOf(far)).toEqual(IN_OTHER);
  });

  it('are dropped when their time is over; what is open and young enough stays', async () => {
    await api.partitions.ensure(NOW);
    const delivered = await record(NOW, 'delivered');
    const dropped = await record(NOW, 'dropped');
    const open = await Promise.all(
      (['dead', 'held', 'pending', 'retrying'] as const).map((status) => record(NOW, status)),
    );
    const later = await record(weeksOn(2), 'delivered');

    await api.partitions.maintain(weeksOn(4)); // 28 days: the week itself is still within the 30
    expect(await tablesOf(delivered)).toEqual(inWeek(NOW));

    await api.partitions.maintain(weeksOn(5));
    for (const id of [delivered, dropped]) expect(await tablesOf(id)).toEqual([]);
    for (const id of open) expect(await tablesOf(id)).toEqual(IN_OTHER);
    expect(await tablesOf(later)).toEqual(inWeek(weeksOn(2)));
    expect(await tables()).not.toContain(partitionName('deliveries', weekOf(NOW)));

    await api.partitions.maintain(weeksOn(12)); // 84 days
    for (const id of open) expect(await tablesOf(id)).toEqual(IN_OTHER);
    await api.partitions.maintain(weeksOn(13)); // 91 days
    for (const id of open) expect(await tablesOf(id)).toEqual([]);
  });

  it('keep what was written late for as long as any other, whatever the time of its event', async () => {
    await api.partitions.ensure(NOW);
    const { end } = weekOf(NOW);
    const lastOfWeek = new Date(end.getTime() - 1);
    const day = (days: number): Date => new Date(end.getTime() + days * DAY);
    const late = await record(lastOfWeek, 'delivered', day(1)); // an event may be a day old
    const resent = await record(NOW, 'delivered', day(20)); // redelivered long after it was delivered
    const prompt = await record(lastOfWeek, 'delivered');
    await api.partitions.maintain(day(30));
    expect(await tablesOf(prompt)).toEqual([]);
    for (const id of [late, resent]) expect(await tablesOf(id)).toEqual(IN_OTHER);
    await api.partitions.maintain(day(31.5));
    expect(await tablesOf(late)).toEqual([]);
    expect(await tablesOf(resent)).toEqual(IN_OTHER);
    await api.partitions.maintain(day(50.5));
    expect(await tablesOf(resent)).toEqual([]);
  });

  it('do not prune a dead letter of today, however old its event says that it is', async () => {
    const dead = await record(daysAgo(91), 'dead', NOW);
    const ahead = await record(new Date('2031-01-01T00:00:00Z'), 'delivered', NOW);
    await api.partitions.maintain(daysAgo(-1));
    expect(await tablesOf(dead)).toEqual(IN_OTHER);
    await api.partitions.maintain(daysAgo(-31)); // what an event said of the future keeps nothing for longer
    expect(await tablesOf(ahead)).toEqual([]);
    await api.partitions.maintain(daysAgo(-91));
    expect(await tablesOf(dead)).toEqual([]);
  });

  it('are dropped to the end by the next round where one broke off after the detaching', async () => {
    await api.partitions.ensure(NOW);
    const dead = await record(NOW, 'dead');
    for (const table of ['deliveries', 'attempts'])
      await api.dataSource.query(`ALTER TABLE ${table} DETACH PARTITION ${partitionName(table, weekOf(NOW))}`);
    expect(await tablesOf(dead)).toEqual([]);
    await api.partitions.maintain(weeksOn(6));
    expect(await tablesOf(dead)).toEqual(IN_OTHER);
    expect(await tables()).not.toContain(partitionName('attempts', weekOf(NOW)));
  });

  it('leave late events in the default one for as long as any other', async () => {
    const [young, old] = [await record(daysAgo(29), 'delivered'), await record(daysAgo(31), 'delivered')];
    const [dead, deadForLong] = [await record(daysAgo(89), 'dead'), await record(daysAgo(91), 'dead')];
    await api.partitions.maintain(NOW);
    expect(await tablesOf(young)).toEqual(IN_OTHER);
    expect(await tablesOf(dead)).toEqual(IN_OTHER);
    for (const id of [old, deadForLong]) expect(await tablesOf(id)).toEqual([]);
    const [attempts] = await api.dataSource.query<{ n: number }[]>('SELECT count(*)::int AS n FROM attempts');
    expect(attempts!.n).toBe(2);
  });

  it('are kept up by one instance at a time', async () => {
    const runner = api.dataSource.createQueryRunner();
    await runner.query('SELECT pg_advisory_lock(4120202)');
    await api.partitions.maintain(NOW);
    expect(await tables()).toEqual([]);
    await runner.query('SELECT pg_advisory_unlock(4120202)');
    await runner.release();
    await api.partitions.maintain(NOW);
    expect(await tables()).toHaveLength(8);
  });
});

describe('the figures of the summary', () => {
  it('become coarser with age, and no summary shows a difference', async () => {
    await api.dataSource.query('TRUNCATE destination_minutes');
    await api.dataSource.query(
      `INSERT INTO destination_minutes (organization_id, integration_id, minute, delivered, failed, dropped, latencies)
       SELECT 'org', ('00000000-0000-7000-8000-00000000000' || i % 2)::uuid, $1::timestamptz - i * interval '7 minutes', i % 5, i % 3, i % 2,
         array_fill(i % 4, ARRAY[${LATENCY_BUCKETS}]) FROM generate_series(0, 8000) i`,
      [NOW],
    );
    const rollups = new RollupQueries(api.dataSource);
    const summaries = async (): Promise<unknown[]> =>
      Promise.all(
        [1, 5, 24, 100, 600, 2000].map(async (hours) => {
          const figures = await rollups.figures('org', bucketsFor(new Date(NOW.getTime() - hours * 3_600_000), NOW));
          return figures.sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
        }),
      );
    const before = await summaries();
    await api.partitions.maintain(NOW);
    expect(await summaries()).toEqual(before);
    const [row] = await api.dataSource.query<{ n: number; odd: number }[]>(
      `SELECT count(*)::int AS n, count(*) FILTER (WHERE extract(epoch FROM minute)::bigint * 1000 % $2 <> 0 AND minute < $1::timestamptz - interval '32 days')::int AS odd
       FROM destination_minutes`,
      [NOW, BUCKET_SIZES_MS.at(-1)],
    );
    expect(row!.odd).toBe(0);
    expect(row!.n).toBeLessThan(1_000);
    await api.partitions.maintain(new Date(NOW.getTime() + 91 * DAY));
    expect(await api.dataSource.query('SELECT 1 FROM destination_minutes')).toEqual([]);
  });
});
