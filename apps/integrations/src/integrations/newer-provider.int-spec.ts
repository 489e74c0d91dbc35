import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INTEGRATION_STATE, uuidv7 } from '#libs/contracts';
import { eventually } from '../../../../test/support/eventually.js';
import { buildWebhook, Topics, ready, startIntegrations } from '../integrations-api.suite.js';
import type { CreatedIntegration, IntegrationPage } from './integration.dto.js';

const topics = new Topics();
let onTopic: ReturnType<typeof topics.follow>;
let api: Awaited<ReturnType<typeof startIntegrations>>;

beforeAll(async () => {
  api = await startIntegrations();
  await ready(api);
  onTopic = topics.follow(INTEGRATION_STATE.topic);
});
afterAll(async () => {
  await api?.close();
  await topics.close();
});

/** What a version finds that is put back in the place of a newer one. */
describe('an integration of a provider that only a newer version knows', () => {
  let organizationId: string;
  let id: string;
  const call = (method: string, path = '', body?: unknown) =>
    api.call<Record<string, unknown>>(organizationId, `${method} /integrations/${id}${path}`, { body });

  beforeAll(async () => {
    organizationId = `org-${uuidv7()}`;
    const made = await api.call<CreatedIntegration>(organizationId, 'POST /integrations', { body: buildWebhook() });
    id = made.body.id;
    await api.dataSource.query(`UPDATE integrations SET provider = 'pigeon' WHERE id = $1`, [id]);
  });

  it('is listed, and named by its id', async () => {
    const { body } = await api.call<IntegrationPage>(organizationId, 'GET /integrations');
    expect(body.items).toMatchObject([{ id, provider: 'pigeon' }]);
    expect(await call('GET')).toMatchObject({ status: 200, body: { provider: 'pigeon' } });
  });

  it('is renamed and disabled, and published with the provider that it has', async () => {
    expect(await call('PATCH', '', { name: 'Loft', enabled: false })).toMatchObject({ status: 200 });
    await eventually(() => {
      const values = onTopic.filter(({ key }) => key === id).map(({ value }) => String(value));
      expect(JSON.parse(values.at(-1) ?? '{}')).toMatchObject({ provider: 'pigeon', name: 'Loft', enabled: false });
    });
  });

  it.each<[string, string, string, unknown]>([
    ['given other credentials', 'PATCH', '', { credentials: { url: 'https://hooks.example.com/x' } }],
    ['given a concurrency', 'PATCH', '', { concurrency: 2 }],
    ['given another signing secret', 'POST', '/signing-secret/rotate', undefined],
  ])('is not %s by what does not know it', async (_case, method, path, body) =>
    expect((await call(method, path, body)).status).toBe(422),
  );

  it('is deleted', async () => {
    expect((await call('DELETE')).status).toBe(204);
  });
});
