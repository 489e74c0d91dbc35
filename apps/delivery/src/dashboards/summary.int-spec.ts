import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '#libs/contracts';
import { buildLedgerEntry } from '../ledger/build-ledger-entry.suite.js';
import { makeKnown, startLedgerApi, type LedgerApi } from '../ledger/ledger-api.suite.js';
import type { DeliverySummary } from './delivery-summary.dto.js';

let api: LedgerApi;
beforeAll(async () => {
  api = await startLedgerApi();
});
afterAll(() => api?.close());

const summary = async (organizationId: string, query = ''): Promise<DeliverySummary> => {
  const { status, body } = await api.call<DeliverySummary>(organizationId, `/api/v1/deliveries/summary${query}`);
  expect(status).toBe(200);
  return body;
};

describe('GET /api/v1/deliveries/summary', () => {
  it('counts what was attempted, and what waits or failed now', async () => {
    const organizationId = 'org-sum';
    const busy = makeKnown(api.integrations, organizationId);
    const idle = makeKnown(api.integrations, organizationId);
    const deleted = uuidv7();
    const of = { organizationId, integrationId: busy };
    await Promise.all([
      ...Array.from({ length: 98 }, () => api.ledger.record(buildLedgerEntry({ ...of, attempt: { durationMs: 40 } }))),
      api.ledger.record(buildLedgerEntry({ ...of, status: 'retrying', attempt: { durationMs: 4_000 } })),
      api.ledger.record({
        ...buildLedgerEntry({ ...of, status: 'dead', attempt: { durationMs: 4_000 } }),
        health: 'failing',
      }),
      api.ledger.record(buildLedgerEntry({ ...of, status: 'dead', test: true, attempt: null })),
      api.ledger.record(buildLedgerEntry({ ...of, status: 'held', attempt: null })),
      api.ledger.record(buildLedgerEntry({ ...of, status: 'pending', attempt: null })),
      api.ledger.record(buildLedgerEntry({ organizationId, integrationId: deleted, status: 'dropped', attempt: null })),
      api.ledger.record(buildLedgerEntry({ organizationId: 'org-else' })),
    ]);

    const { since, until, totals, latencyMs, buckets, integrations } = await summary(organizationId);

    expect(Date.parse(until) - Date.parse(since)).toBeGreaterThanOrEqual(86_400_000);
    expect(totals).toEqual({ pending: 1, retrying: 1, delivered: 98, dead: 1, held: 1, dropped: 1 });
    expect(latencyMs.p50).toBeGreaterThan(30);
    expect(latencyMs.p50).toBeLessThanOrEqual(50);
    expect(latencyMs.p95).toBeLessThanOrEqual(50);
    expect(latencyMs.p99).toBeGreaterThan(3_000);
    expect(buckets.length).toBeGreaterThanOrEqual(96);
    expect(buckets[0]!.at).toBe(since);
    expect(buckets.reduce((sum, { delivered, failed }) => sum + delivered * 1_000 + failed, 0)).toBe(98_002);
    const quiet = { delivered: 0, failed: 0, pending: 0, retrying: 0, dead: 0, held: 0, p95Ms: 0 };
    expect(new Map(integrations.map((one) => [one.integrationId, one]))).toEqual(
      new Map([
        [
          busy,
          {
            integrationId: busy,
            health: 'failing',
            delivered: 98,
            failed: 2,
            pending: 1,
            retrying: 1,
            dead: 1,
            held: 1,
            p95Ms: latencyMs.p95,
          },
        ],
        [idle, { integrationId: idle, health: 'unknown', ...quiet }],
        [deleted, { integrationId: deleted, health: 'unknown', ...quiet }],
      ]),
    );
  });

  it('is that of one integration where it is named, also of one that was deleted, and never another’s', async () => {
    const organizationId = 'org-one';
    const [busy, other] = [makeKnown(api.integrations, organizationId), makeKnown(api.integrations, organizationId)];
    const [deleted, foreign] = [uuidv7(), makeKnown(api.integrations, 'org-else')];
    await Promise.all([
      api.ledger.record(buildLedgerEntry({ organizationId, integrationId: busy, attempt: { durationMs: 40 } })),
      api.ledger.record(buildLedgerEntry({ organizationId, integrationId: busy, status: 'dead' })),
      api.ledger.record(buildLedgerEntry({ organizationId, integrationId: other })),
      api.ledger.record(buildLedgerEntry({ organizationId, integrationId: deleted })),
      api.ledger.record(buildLedgerEntry({ organizationId: 'org-else', integrationId: foreign, status: 'dead' })),
    ]);
    const one = await summary(organizationId, `?integrationId=${busy.toUpperCase()}`);
    expect(one.totals).toMatchObject({ delivered: 1, dead: 1 });
    expect(one.integrations).toMatchObject([{ integrationId: busy, delivered: 1, failed: 1, dead: 1 }]);
    expect(one.buckets.reduce((sum, { delivered, failed }) => sum + delivered + failed, 0)).toBe(2);
    expect((await summary(organizationId, `?integrationId=${deleted}`)).totals).toMatchObject({ delivered: 1 });
    const none = await summary(organizationId, `?integrationId=${foreign}`);
    expect([none.integrations, none.totals.dead]).toEqual([[], 0]);
    expect((await api.call(organizationId, '/api/v1/deliveries/summary?integrationId=7')).status).toBe(400);
  });

  it('is empty where nothing ever happened', async () => {
    const { totals, latencyMs, buckets, integrations } = await summary(
      'org-new',
      `?since=${new Date(Date.now() - 3_600_000).toISOString()}`,
    );
    expect(Object.values(totals)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(latencyMs).toEqual({ p50: 0, p95: 0, p99: 0 });
    expect(buckets.length).toBeGreaterThanOrEqual(60);
    expect(buckets.every(({ delivered, failed, p95Ms }) => delivered + failed + p95Ms === 0)).toBe(true);
    expect(integrations).toEqual([]);
  });

  it.each([
    [400, 'yesterday'],
    [422, new Date(Date.now() - 91 * 86_400_000).toISOString()],
    [422, new Date(Date.now() + 3_600_000).toISOString()],
  ])('answers %d to since=%s', async (expected, since) => {
    const { status, body } = await api.call('org-sum', `/api/v1/deliveries/summary?since=${since}`);
    expect([status, body]).toMatchObject([expected, { errors: [{ field: 'since' }] }]);
  });
});

describe('GET /metrics', () => {
  it('shows what is open', async () => {
    const page = await (await fetch(`${api.url}/metrics`)).text();
    expect(page).toMatch(/delivery_open_deliveries\{status="held",service="delivery"\} [1-9]/);
    expect(page).toMatch(/delivery_streams\{service="delivery"\} 0/);
  });
});

describe('GET /internal/v1/destinations', () => {
  const path = (ids: string[]): string => `/internal/v1/destinations?ids=${ids.join(',')}`;

  it('shows health, counts and the last delivery of the caller’s own, in the order asked for', async () => {
    const organizationId = 'org-int';
    const [one, fresh] = [makeKnown(api.integrations, organizationId), uuidv7()];
    const foreign = makeKnown(api.integrations, 'org-foreign');
    const of = { organizationId, integrationId: one };
    const last = buildLedgerEntry({ ...of, status: 'held', at: new Date(), attempt: null });
    await Promise.all([
      api.ledger.record({
        ...buildLedgerEntry({ ...of, status: 'dead', at: new Date(Date.now() - 60_000) }),
        health: 'needs_reconnect',
      }),
      api.ledger.record(buildLedgerEntry({ ...of, status: 'dead', test: true, at: new Date(Date.now() - 50_000) })),
      api.ledger.record(last),
      api.ledger.record(buildLedgerEntry({ organizationId: 'org-foreign', integrationId: foreign, status: 'dead' })),
    ]);
    const { status, body } = await api.call(organizationId, path([fresh, foreign, one]));
    expect(status).toBe(200);
    expect(body.items).toEqual([
      {
        integrationId: fresh,
        recipients: null,
        health: 'unknown',
        counts: { pending: 0, retrying: 0, dead: 0, held: 0 },
        lastDelivery: null,
      },
      {
        integrationId: one,
        recipients: null,
        health: 'needs_reconnect',
        counts: { pending: 0, retrying: 0, dead: 1, held: 1 },
        lastDelivery: { id: last.request.deliveryId, status: 'held', at: expect.any(String) },
      },
    ]);
  });

  it.each([
    ['no ids', []],
    ['what is no id', ['7']],
    ['more than 100', Array.from({ length: 101 }, () => uuidv7())],
  ])('refuses %s', async (_case, ids) => {
    expect(await api.call('org-int', path(ids))).toMatchObject({ status: 400, body: { errors: [{ field: 'ids' }] } });
  });
});
