import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '#libs/contracts';
import { buildWebhook, Topics, ready, startIntegrations } from '../integrations-api.suite.js';
import type { CreatedIntegration, Integration, IntegrationPage } from './integration.dto.js';
import type { SameTargets } from './same-target.dto.js';

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

const URL_OF = (path: string): string => `http://127.0.0.1:9/${path}`;
const newOrganization = (): string => `org-${uuidv7()}`;

async function create(organizationId: string, name: string, path: string, more = {}): Promise<CreatedIntegration> {
  const body = buildWebhook({ name, credentials: { url: URL_OF(path) }, ...more });
  return (await api.call<CreatedIntegration>(organizationId, 'POST /integrations', { body })).body;
}

const twinsOf = ({ sameTarget }: Integration): string[] => sameTarget.map(({ name }) => name);

describe('integrations that lead to the same target', () => {
  it('name each other with their routes, as soon as the second is connected', async () => {
    const organizationId = newOrganization();
    const first = await create(organizationId, 'First', 'one', { eventTypes: ['release.created'] });
    const second = await create(organizationId, 'Second', 'one', { environments: ['prod'] });
    await create(organizationId, 'Elsewhere', 'two');
    await create(newOrganization(), 'Of somebody else', 'one');
    expect(first.sameTarget).toEqual([]);
    expect(second.sameTarget).toEqual([
      { id: first.id, name: 'First', projectId: null, eventTypes: ['release.created'], environments: [] },
    ]);
    const { body } = await api.call<IntegrationPage>(organizationId, 'GET /integrations');
    expect(body.items.map((one) => [one.name, twinsOf(one)])).toEqual([
      ['Elsewhere', []],
      ['Second', ['First']],
      ['First', ['Second']],
    ]);
    const path = `PATCH /integrations/${second.id}`;
    const change = { body: { credentials: { url: URL_OF('two') } } };
    expect(twinsOf((await api.call<Integration>(organizationId, path, change)).body)).toEqual(['Elsewhere']);
    const { body: one } = await api.call<Integration>(organizationId, `GET /integrations/${first.id}`);
    expect(twinsOf(one)).toEqual([]);
  });

  it('are found before anything is saved, and nothing is where the form is not filled in whole', async () => {
    const organizationId = newOrganization();
    const first = await create(organizationId, 'First', 'one');
    const ask = async (body: object, who = organizationId): Promise<string[]> => {
      const answer = await api.call<SameTargets>(who, 'POST /integrations/same-target', { body });
      expect(answer.status).toBe(200);
      return answer.body.items.map(({ name }) => name);
    };
    const provider = 'webhook';
    const typed = { provider, credentials: { url: `${URL_OF('one')}?source=typed`, authorization: 'Bearer typed' } };
    expect(await ask(typed)).toEqual(['First']);
    expect(await ask({ ...typed, integrationId: first.id })).toEqual([]);
    expect(await ask(typed, newOrganization())).toEqual([]);
    for (const credentials of [{}, { url: 'http' }, { url: 'http://10.0.0.1/' }, { url: 7 }])
      expect(await ask({ provider, credentials })).toEqual([]);
    expect(await ask({ provider: 'slack', credentials: {} })).toEqual([]);
  });

  it('are looked for only among what may be changed', async () => {
    const organizationId = newOrganization();
    const call = 'POST /integrations/same-target';
    const body = { provider: 'webhook', credentials: {} };
    const unknown = { ...body, integrationId: uuidv7() };
    expect((await api.call(organizationId, call, { body: unknown })).status).toBe(404);
    expect((await api.call(organizationId, call, { body: { ...body, provider: 'fax' } })).status).toBe(400);
  });
});
