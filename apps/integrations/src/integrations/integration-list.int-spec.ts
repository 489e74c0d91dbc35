import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '#libs/contracts';
import type { Answer } from '../../../../test/support/call-api.js';
import { buildWebhook, Topics, ready, startIntegrations } from '../integrations-api.suite.js';
import type { CreatedIntegration, Integration, IntegrationPage } from './integration.dto.js';
import { eventually } from '../../../../test/support/eventually.js';
import { expectInTime } from '../../../../test/support/expect-in-time.js';

const topics = new Topics();
let api: Awaited<ReturnType<typeof startIntegrations>>;

beforeAll(async () => {
  api = await startIntegrations();
  await ready(api);
});
afterAll(async () => {
  await api?.close();
  await topics.close();
});

const newOrganization = (): string => `org-${uuidv7()}`;
const create = async (organizationId: string, overrides = {}): Promise<CreatedIntegration> =>
  (await api.call<CreatedIntegration>(organizationId, 'POST /integrations', { body: buildWebhook(overrides) })).body;
const list = (organizationId: string, query = ''): Promise<Answer<IntegrationPage>> =>
  api.call<IntegrationPage>(organizationId, `GET /integrations${query}`);

describe('the list of integrations', () => {
  it('is newest first, in pages, and of one organization', async () => {
    const [organizationId, other] = [newOrganization(), newOrganization()];
    for (const name of ['1', '2', '3', '4', '5']) await create(organizationId, { name });
    await create(other);
    const names: string[] = [];
    let cursor: string | null = null;
    do {
      const { body }: Answer<IntegrationPage> = await list(
        organizationId,
        `?limit=2${cursor ? `&cursor=${cursor}` : ''}`,
      );
      names.push(...body.items.map(({ name }) => name));
      cursor = body.nextCursor;
    } while (cursor !== null);
    expect(names).toEqual(['5', '4', '3', '2', '1']);
  });

  it.each(['limit=0', 'limit=101', 'limit=x', 'cursor=x', `cursor=${btoa('["x"]')}`, 'colour=red'])(
    'refuses ?%s',
    async (query) => expect((await list(newOrganization(), `?${query}`)).status).toBe(400),
  );

  it('asks delivery once a page, with the caller’s own token', async () => {
    const organizationId = newOrganization();
    const [known, unknown] = [await create(organizationId), await create(organizationId)];
    const at = new Date().toISOString();
    const status = {
      health: 'failing',
      counts: { pending: 1, retrying: 2, dead: 3, held: 4 },
      lastDelivery: { id: uuidv7(), status: 'dead', at },
    };
    api.delivery.asked.length = 0;
    api.delivery.answer = (_ids, response) =>
      void response.end(JSON.stringify({ items: [{ integrationId: known.id, ...status }] }));
    const { body } = await list(organizationId);
    expect(body.items.map(({ health, counts, lastDelivery }) => ({ health, counts, lastDelivery }))).toEqual([
      { health: 'unknown', counts: { pending: 0, retrying: 0, dead: 0, held: 0 }, lastDelivery: null },
      status,
    ]);
    expect(api.delivery.asked).toEqual([
      { ids: [unknown.id, known.id], authorization: expect.stringMatching(/^Bearer ey/) as unknown },
    ]);
  });

  it.each<[string, (typeof api)['delivery']['answer']]>([
    ['is away', (_ids, response) => void response.destroy()],
    ['answers 500', (_ids, response) => void response.writeHead(500).end()],
    ['answers nonsense', (_ids, response) => void response.end('<html>')],
    ['does not answer', () => undefined],
    ['never finishes', (_ids, response) => void response.write('{ "items": [')],
  ])('is served without it where delivery %s', async (_, answer) => {
    const organizationId = newOrganization();
    const { id } = await create(organizationId);
    api.delivery.answer = answer;
    await expectInTime(1_000, async () => {
      const before = performance.now();
      const { status, body } = await list(organizationId);
      const took = performance.now() - before;
      expect(status).toBe(200);
      expect(body.items).toMatchObject([{ id, health: null, counts: null, statusFreshness: { state: 'unknown' } }]);
      expect(body.items[0]).not.toHaveProperty('lastDelivery'); // null is "nothing was ever sent"
      expect(body.items[0]).not.toHaveProperty('recipients');
      return took;
    });
  });

  const failing = {
    health: 'failing',
    counts: { pending: 0, retrying: 0, dead: 2, held: 0 },
    lastDelivery: { id: uuidv7(), status: 'dead', at: new Date().toISOString() },
  };
  const answering =
    (id: string): (typeof api)['delivery']['answer'] =>
    (_ids, response) =>
      void response.end(JSON.stringify({ items: [{ integrationId: id, ...failing }] }));

  it.each<[string, (typeof api)['delivery']['answer']]>([
    ['is away', (_ids, response) => void response.destroy()],
    ['does not answer', () => undefined],
  ])('shows what was last known, with its time, where delivery %s, and says since when', async (_, answer) => {
    const organizationId = newOrganization();
    const { id } = await create(organizationId);
    api.delivery.answer = answering(id);
    const before = (await list(organizationId)).body.items[0]!;
    expect(before).toMatchObject({ ...failing, statusFreshness: { state: 'current', unavailableSince: null } });
    api.delivery.answer = answer;
    await eventually(async () => {
      const { items } = (await list(organizationId)).body;
      expect(items).toMatchObject([{ ...failing, statusFreshness: { state: 'earlier' } }]);
      const { asOf, unavailableSince } = items[0]!.statusFreshness;
      expect(Date.parse(asOf!)).toBeLessThanOrEqual(Date.parse(before.statusFreshness.asOf!));
      expect(Date.parse(unavailableSince!)).toBeGreaterThanOrEqual(Date.parse(asOf!));
    });
    api.delivery.answer = answering(id);
    const { statusFreshness } = (await list(organizationId)).body.items[0]!;
    expect(statusFreshness).toMatchObject({ state: 'current', unavailableSince: null });
  });

  it('takes an answer of delivery that comes late for the next list', async () => {
    const organizationId = newOrganization();
    const { id } = await create(organizationId);
    const late: (() => void)[] = [];
    api.delivery.answer = (ids, response) => void late.push(() => answering(id)(ids, response));
    expect((await list(organizationId)).body.items).toMatchObject([{ statusFreshness: { state: 'unknown' } }]);
    await eventually(async () => {
      for (const answer of late.splice(0)) answer();
      expect((await list(organizationId)).body.items).toMatchObject([
        { ...failing, statusFreshness: { state: 'earlier', unavailableSince: null } },
      ]);
    });
  });
});

describe('who may', () => {
  it('is read off the role', async () => {
    const organizationId = newOrganization();
    const { id } = await create(organizationId);
    const statusOf = async (role: 'viewer' | 'developer' | 'admin', request: string, body?: unknown): Promise<number> =>
      (await api.call(organizationId, request, { role, body })).status;
    for (const role of ['viewer', 'developer'] as const) {
      expect(await statusOf(role, 'GET /integrations')).toBe(200);
      expect(await statusOf(role, 'GET /providers')).toBe(200);
      expect(await statusOf(role, 'POST /integrations', buildWebhook())).toBe(403);
      expect(await statusOf(role, `PATCH /integrations/${id}`, { name: 'x' })).toBe(403);
      expect(await statusOf(role, `POST /integrations/${id}/signing-secret/rotate`)).toBe(403);
      expect(await statusOf(role, `DELETE /integrations/${id}`)).toBe(403);
    }
    expect(await statusOf('viewer', `POST /integrations/${id}/test`)).toBe(403);
    expect(await statusOf('developer', `POST /integrations/${id}/test`)).toBe(202);
    expect(await statusOf('admin', `PATCH /integrations/${id}`, { name: 'x' })).toBe(200);
  });

  it.each([
    ['GET /integrations/ID', undefined],
    ['PATCH /integrations/ID', { name: 'x' }],
    ['DELETE /integrations/ID', undefined],
    ['POST /integrations/ID/test', undefined],
    ['POST /integrations/ID/signing-secret/rotate', undefined],
  ])('is told of nobody else’s: %s', async (request, body) => {
    const { id } = await create(newOrganization());
    for (const other of [id, uuidv7(), 'no-id'])
      expect((await api.call(newOrganization(), request.replace('ID', other), { body })).status).toBe(404);
  });
});

describe('GET /providers', () => {
  it('has a tile for each provider, of which those that need no setting are available', async () => {
    const { body } = await api.call<{ items: Record<string, unknown>[] }>('acme', 'GET /providers');
    expect(body.items.map(({ id, setup, status }) => [id, setup, status])).toEqual([
      ['slack', 'oauth', 'not_configured'],
      ['discord', 'oauth', 'not_configured'],
      ['webhook', 'form', 'available'],
      ['email', 'form', 'coming_soon'],
      ['teams', 'form', 'available'],
    ]);
    for (const tile of body.items)
      expect(Object.keys(tile)).toEqual(['id', 'name', 'setup', 'status', 'missing', 'fields', 'signs', 'icon']);
  });
});

describe('a route preview', () => {
  it('names who would be notified, the disabled too', async () => {
    const organizationId = newOrganization();
    const [ios, android] = [await topics.project(organizationId), await topics.project(organizationId)];
    await create(organizationId, { name: 'all' });
    await create(organizationId, { name: 'ios', projectId: ios, enabled: false });
    await create(organizationId, { name: 'android', projectId: android });
    await create(organizationId, { name: 'promotions', eventTypes: ['release.promoted'], environments: ['prod'] });
    const preview = async (query: string): Promise<Answer<{ items: Integration[] }>> =>
      api.call(organizationId, `GET /integrations/route-preview?${query}`);
    const { body } = await preview(`projectId=${ios}&environment=prod&eventType=release.promoted`);
    expect(body.items.map(({ name, enabled }) => [name, enabled])).toEqual([
      ['promotions', true],
      ['ios', false],
      ['all', true],
    ]);
    expect(Object.keys(body.items[0]!)).toEqual([
      'integrationId',
      'name',
      'provider',
      'enabled',
      'destination',
      'health',
    ]);
    const fewer = await preview(`projectId=${android}&environment=test&eventType=release.created`);
    expect(fewer.body.items.map(({ name }) => name)).toEqual(['android', 'all']);
    for (const wrong of ['', 'projectId=x', `projectId=${ios}&environment=moon&eventType=release.created`])
      expect((await preview(wrong)).status).toBe(400);
  });
});

describe('a route preview', () => {
  it('says which of them is disconnected, and that it does not know where delivery does not answer', async () => {
    const organizationId = newOrganization();
    const projectId = await topics.project(organizationId);
    const { id } = await create(organizationId);
    const health = async (): Promise<unknown> => {
      const query = `projectId=${projectId}&environment=prod&eventType=release.created`;
      const { body } = await api.call<{ items: Integration[] }>(
        organizationId,
        `GET /integrations/route-preview?${query}`,
      );
      return body.items[0]!.health;
    };
    api.delivery.answer = (_ids, response) => void response.destroy();
    expect(await health()).toBeNull();
    const status = { health: 'needs_reconnect', counts: {}, lastDelivery: null };
    api.delivery.answer = (_ids, response) =>
      void response.end(JSON.stringify({ items: [{ integrationId: id, ...status }] }));
    expect(await health()).toBe('needs_reconnect');
  });
});

describe('the service’s part of the API document', () => {
  it('has every call, and asks for no header but the key', async () => {
    const document = (await (await fetch(`${api.url}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { parameters: { in: string; name: string }[] }>>;
    };
    const operations = Object.values(document.paths).flatMap((item) => Object.values(item));
    expect(operations).toHaveLength(16);
    const headers = operations.flatMap(({ parameters }) => parameters.filter((one) => one.in === 'header'));
    expect(headers.map(({ name }) => name)).toEqual(['Idempotency-Key', 'Idempotency-Key']);
  });
});
