import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { uuidv7 } from '#libs/contracts';
import { eventually } from '../../../../test/support/eventually.js';
import { buildLedgerEntry } from './build-ledger-entry.suite.js';
import { makeKnown, startLedgerApi, type LedgerApi } from './ledger-api.suite.js';

let api: LedgerApi;
beforeAll(async () => {
  api = await startLedgerApi();
});
afterAll(() => api?.close());

const get = async (
  organizationId: string,
  query = '',
  { signal, sub }: { signal?: AbortSignal; sub?: string } = {},
): Promise<Response> =>
  fetch(`${api.url}/api/v1/deliveries/export${query}`, {
    headers: { authorization: `Bearer ${await api.token(organizationId, { role: 'viewer', sub })}` },
    signal,
  });

/** More than the buffers between service and client take: an export whose client does not read goes on. */
const MANY = 40_000;

async function fill(): Promise<void> {
  const entry = buildLedgerEntry({ organizationId: 'org-large', integrationId: uuidv7() });
  await api.ledger.record(entry);
  for (let from = 1; from <= MANY; from += 1_000)
    await api.dataSource.query(
      `INSERT INTO deliveries SELECT (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), 'event_at', d.event_at - i * interval '1 s'))).*
       FROM deliveries d, generate_series($2::integer, $3::integer) i WHERE id = $1`,
      [entry.request.deliveryId, from, from + 999],
    );
}

describe('GET /api/v1/deliveries/export', () => {
  it('is a file of what the filter asks for, newest first, with nothing of others and nothing that runs', async () => {
    const integrationId = makeKnown(api.integrations, 'org-export');
    const of = { organizationId: 'org-export', integrationId };
    const at = Date.now() - 60_000;
    await Promise.all([
      api.ledger.record(buildLedgerEntry({ ...of, version: '2.0.0', at: new Date(at), status: 'dead' })),
      api.ledger.record(buildLedgerEntry({ ...of, version: '=1+1', at: new Date(at + 1_000) })),
      api.ledger.record(buildLedgerEntry({ ...of, version: '2.0.1', test: true })),
      api.ledger.record(buildLedgerEntry({ ...of, organizationId: 'org-other' })),
    ]);
    const response = await get('org-export', `?test=false&since=${new Date(at - 1).toISOString()}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="deliveries-\d{4}-\d\d-\d\d-to-\d{4}-\d\d-\d\d\.csv"$/,
    );
    const lines = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer()).split('\r\n');
    expect(lines).toEqual([
      expect.stringMatching(/^\uFEFFtime,status,event,/),
      expect.stringMatching(/,delivered,release\.created,NitroPush iOS,'=1\+1,prod,false,a webhook,webhook,,1,/),
      expect.stringMatching(
        /,dead,release\.created,NitroPush iOS,2\.0\.0,.*,500,server_error,The server answered 500\.,/,
      ),
      '',
    ]);
  });

  it.each([['?status=lost'], ['?limit=5'], ['?cursor=abc'], ['?colour=red']])('refuses %s', async (query) => {
    const response = await get('org-export', query);
    expect([response.status, response.headers.get('content-disposition')]).toEqual([400, null]);
  });

  it('wants a token', async () => {
    expect((await fetch(`${api.url}/api/v1/deliveries/export`)).status).toBe(401);
  });
});

describe('large exports', () => {
  beforeAll(fill);

  it('reads no further once the client has gone', async () => {
    const statements = vi.spyOn(api.dataSource, 'query');
    const leave = new AbortController();
    const response = await get('org-large', '', { signal: leave.signal });
    expect((await response.body!.getReader().read()).value?.length).toBeGreaterThan(0);
    leave.abort();
    await eventually(async () => expect(await api.connections()).toBe(0));
    expect(statements.mock.calls.length).toBeLessThan(MANY / 1_000);
    statements.mockRestore();
  });

  it('lets one user have two at once and an organization four, until one of them ends', async () => {
    const leave = new AbortController();
    const begin = (sub: string, signal?: AbortSignal, organizationId = 'org-large'): Promise<Response> =>
      eventually(async () => {
        const response = await get(organizationId, '', { sub, signal });
        expect(response.status).not.toBe(503); // a busy machine has no connection within seconds
        return response;
      });
    const running = [await begin('anna', leave.signal), await begin('anna')]; // held, for fetch ends those that nobody holds
    running.push(await begin('ben', leave.signal), await begin('cem'));
    expect(running.map(({ status }) => status)).toEqual([200, 200, 200, 200]);

    const refused = await begin('dora');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '5']);
    expect(await refused.json()).toMatchObject({
      type: 'urn:nitropush:problem:too-many-exports',
      detail: 'An organization may have 4 exports at once. Wait until one has ended.',
    });
    expect((await begin('anna', undefined, 'org-modest')).status).toBe(200);

    leave.abort();
    await eventually(async () => {
      running.push(await begin('anna'));
      expect(running.at(-1)!.status).toBe(200);
    });
    expect(await (await begin('anna')).json()).toMatchObject({
      detail: 'One user may have 2 exports at once. Wait until one has ended.',
    });
  });
});
