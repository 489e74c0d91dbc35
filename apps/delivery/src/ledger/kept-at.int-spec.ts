import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeliveryRequested } from '#libs/contracts';
import { createLogger, createRegistry } from '#libs/observability';
import { StreamQueries } from '../dashboards/stream.queries.js';
import { buildLedgerEntry, type EntryOf } from './build-ledger-entry.suite.js';
import type { DeliveryOne } from './delivery.dto.js';
import { startLedgerApi, type LedgerApi } from './ledger-api.suite.js';
import { LedgerClock } from '../clock/ledger-clock.service.js';
import type { LedgerEntry } from './ledger-entry.js';

const ORG = 'org-kept-at';
const LONG_AGO = new Date('2026-01-01T00:00:00.000Z');

let api: LedgerApi;
beforeAll(async () => {
  api = await startLedgerApi();
  await api.partitions.ensure();
});
afterAll(() => api?.close());

/** An entry about an event of long ago that is kept under another time. */
function keptUnder(recordedAt: string, of: EntryOf = {}): LedgerEntry {
  const entry = buildLedgerEntry({ organizationId: ORG, at: LONG_AGO, ...of });
  return { ...entry, request: { ...entry.request, recordedAt } };
}

const rowsOf = ({ deliveryId }: DeliveryRequested): Promise<{ event_at: Date; of: string }[]> =>
  api.dataSource.query(
    `SELECT event_at, tableoid::regclass::text AS of FROM deliveries WHERE id = $1
     UNION ALL SELECT event_at, tableoid::regclass::text FROM attempts WHERE delivery_id = $1`,
    [deliveryId],
  );

describe('a delivery that is kept under another time than its event’s', () => {
  it('lies, with its attempts, in the partition of that time, and is found whatever time a later record says', async () => {
    const now = new Date().toISOString();
    const entry = keptUnder(now, { status: 'dead' });
    await api.ledger.record(entry);
    const rows = await rowsOf(entry.request);
    expect(rows.map(({ event_at }) => event_at.toISOString())).toEqual([now, now]);
    for (const { of } of rows) expect(of).not.toContain('other');
    const again: DeliveryRequested = { ...entry.request, recordedAt: new Date(Date.now() + 3_600_000).toISOString() };
    const seen = await api.ledger.lookUp(again);
    expect(seen).toMatchObject({ status: 'dead', attempt: { outcome: 'failed' } });
    expect(seen!.keptAt.toISOString()).toBe(now);
  });

  it('is found where it was kept under its event’s time before, among others that are looked up by theirs', async () => {
    const entry = buildLedgerEntry({ organizationId: ORG });
    const other = buildLedgerEntry({ organizationId: ORG, status: 'dead' });
    await Promise.all([api.ledger.record(entry), api.ledger.record(other)]);
    const moved = { ...entry.request, event: { ...entry.request.event, time: LONG_AGO.toISOString() } };
    const requests = [
      other.request,
      { ...moved, recordedAt: new Date().toISOString() },
      buildLedgerEntry().request,
      { ...buildLedgerEntry().request, recordedAt: new Date().toISOString() },
    ];
    const seen = await Promise.all(requests.map((request) => api.ledger.lookUp(request)));
    expect(seen.map((one) => one?.status)).toEqual(['dead', 'delivered', undefined, undefined]);
    expect(seen[1]!.keptAt.toISOString()).toBe(entry.request.event.time);
  });

  it('is listed by that time, and shows its event’s own', async () => {
    const now = new Date().toISOString();
    const organizationId = `${ORG}-list`;
    const old = keptUnder(now, { organizationId });
    const before = buildLedgerEntry({ organizationId, at: new Date(Date.now() - 60_000) });
    await Promise.all([api.ledger.record(old), api.ledger.record(before)]);
    const { body } = await api.call(organizationId, '/api/v1/deliveries');
    expect(body.items.map(({ id, createdAt }) => [id, createdAt])).toEqual([
      [old.request.deliveryId, now],
      [before.request.deliveryId, before.request.event.time],
    ]);
    const one = await api.call<DeliveryOne>(organizationId, `/api/v1/deliveries/${old.request.deliveryId}`);
    expect(one.body).toMatchObject({ createdAt: now, event: { timestamp: LONG_AGO.toISOString() } });
    expect(one.body.attempts).toHaveLength(1);
  });

  it('is found by the outcome of its attempt', async () => {
    const recordedAt = new Date().toISOString();
    const { request } = keptUnder(recordedAt);
    await api.ledger.record(keptUnderOf(request));
    const { deliveryId, round, attempt, event } = request;
    const named = await new StreamQueries(api.dataSource).named([
      { deliveryId, eventTime: event.time, recordedAt, round, attempt },
    ]);
    expect(named.map(({ event: { delivery } }) => delivery.id)).toEqual([deliveryId]);
  });
});

const keptUnderOf = (request: DeliveryRequested): LedgerEntry => ({ ...buildLedgerEntry(), request });

describe('the ledger’s clock', () => {
  const clock = (host: () => number): LedgerClock =>
    new LedgerClock(api.dataSource, createLogger('delivery', 'fatal'), createRegistry('delivery'), host);

  it.each([600_000, -600_000])('is the database’s where the host is %i ms off', async (off) => {
    const wrong = clock(() => Date.now() + off);
    await wrong.compare();
    expect(Math.abs(wrong.now() - Date.now())).toBeLessThan(60_000);
  });

  it('is the host’s own where the two are near to each other', async () => {
    const near = clock(Date.now);
    await near.compare();
    const [before, now, after] = [Date.now(), near.now(), Date.now()];
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(after);
  });
});
