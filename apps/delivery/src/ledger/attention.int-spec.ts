import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildLedgerEntry } from './build-ledger-entry.suite.js';
import { makeKnown, startLedgerApi, type LedgerApi } from './ledger-api.suite.js';

let api: LedgerApi;
beforeAll(async () => {
  api = await startLedgerApi();
});
afterAll(() => api?.close());

const ORG = 'org-attention';
const attention = (organizationId = ORG) =>
  api.call(organizationId, '/api/v1/deliveries/attention', { role: 'viewer' }).then(({ body }) => body);

const healthOf = (integrationId: string, health: string): Promise<unknown> =>
  api.dataSource.query('INSERT INTO destinations (integration_id, organization_id, health) VALUES ($1, $2, $3)', [
    integrationId,
    ORG,
    health,
  ]);

describe('GET /api/v1/deliveries/attention', () => {
  it('counts the destinations that need somebody, each once, in one question to the ledger', async () => {
    expect(await attention()).toEqual({ count: 0, of: 0, stalledSince: null });
    const [healthy, failing, disconnected, dead, held, untouched] = Array.from({ length: 6 }, () =>
      makeKnown(api.integrations, ORG),
    ) as [string, string, string, string, string, string];
    await Promise.all([healthOf(healthy, 'healthy'), healthOf(failing, 'failing'), healthOf(dead, 'failing')]);
    await healthOf(disconnected, 'needs_reconnect');
    const of = { organizationId: ORG };
    await Promise.all([
      api.ledger.record(buildLedgerEntry({ ...of, integrationId: healthy })),
      api.ledger.record(buildLedgerEntry({ ...of, integrationId: healthy, status: 'retrying' })),
      api.ledger.record(buildLedgerEntry({ ...of, integrationId: untouched, status: 'dead', test: true })),
      api.ledger.record(buildLedgerEntry({ ...of, integrationId: dead, status: 'dead' })),
      api.ledger.record(buildLedgerEntry({ ...of, integrationId: held, status: 'held', attempt: null })),
    ]);
    const statements = vi.spyOn(api.dataSource, 'query');
    expect(await attention()).toEqual({ count: 4, of: 6, stalledSince: null });
    expect(statements).toHaveBeenCalledTimes(1);
    statements.mockRestore();
    expect(await attention('org-other')).toEqual({ count: 0, of: 0, stalledSince: null });
  });
});
