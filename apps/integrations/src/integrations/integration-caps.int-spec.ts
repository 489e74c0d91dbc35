import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '#libs/contracts';
import type { Answer } from '../../../../test/support/call-api.js';
import { startIntegrations, type IntegrationsApi } from '../integrations-api.suite.js';

const LIMITS = {
  MAX_INTEGRATIONS_PER_ORGANIZATION: '6',
  MAX_INTEGRATIONS_PER_TARGET: '3',
  MAX_TESTS_PER_MINUTE: '4',
};
const REACHED = { type: 'urn:nitropush:problem:limit-reached', status: 409 };

let api: IntegrationsApi;
beforeAll(async () => {
  api = await startIntegrations(LIMITS);
});
afterAll(() => api.close());

const create = (organizationId: string, url: string): Promise<Answer> =>
  api.call(organizationId, 'POST /integrations', {
    body: { provider: 'webhook', name: 'x', projectId: null, credentials: { url } },
  });
const statuses = (answers: Answer[], status: number): Answer[] => answers.filter((one) => one.status === status);
const count = async (organizationId: string): Promise<number> =>
  (await api.call<{ items: unknown[] }>(organizationId, 'GET /integrations?limit=100')).body.items.length;
/** Each its own target. */
const addresses = (many: number): string[] =>
  Array.from({ length: many }, (_, n) => `http://127.0.0.1:4100/inbox/${n}`);

describe('the integrations of an organization', () => {
  it('are as many as the setting says, also where all are created at once', async () => {
    const organizationId = uuidv7();
    const answers = await Promise.all(addresses(12).map((url) => create(organizationId, url)));
    expect(statuses(answers, 201)).toHaveLength(6);
    expect(statuses(answers, 409)).toHaveLength(6);
    expect(statuses(answers, 409)[0]!.body).toMatchObject({
      ...REACHED,
      detail: expect.stringContaining('6 integrations in an organization at most (MAX_INTEGRATIONS_PER_ORGANIZATION)'),
    });
    expect(await count(organizationId)).toBe(6);
    expect((await create(uuidv7(), addresses(1)[0]!)).status).toBe(201);
  });

  it('may be created again where one was deleted', async () => {
    const organizationId = uuidv7();
    const made = await Promise.all(addresses(6).map((url) => create(organizationId, url)));
    expect((await create(organizationId, 'http://127.0.0.1:4100/inbox/more')).status).toBe(409);
    await api.call(organizationId, `DELETE /integrations/${String(made[0]!.body['id'])}`);
    expect((await create(organizationId, 'http://127.0.0.1:4100/inbox/more')).status).toBe(201);
  });
});

describe('the integrations that lead to one address', () => {
  it('are as many as the setting says, whatever its query, also where all are created at once', async () => {
    const organizationId = uuidv7();
    const urls = Array.from({ length: 6 }, (_, n) => `http://127.0.0.1:4100/inbox/one?n=${n}`);
    const answers = await Promise.all(urls.map((url) => create(organizationId, url)));
    expect(statuses(answers, 201)).toHaveLength(3);
    expect(statuses(answers, 409)[0]!.body).toMatchObject({
      ...REACHED,
      detail: expect.stringContaining('(MAX_INTEGRATIONS_PER_TARGET)') as string,
    });
  });

  it('do not become more by a change, and keep what they were', async () => {
    const organizationId = uuidv7();
    const shared = 'http://127.0.0.1:4100/inbox/shared';
    const [first] = await Promise.all([shared, shared, shared].map((url) => create(organizationId, url)));
    const other = await create(organizationId, 'http://127.0.0.1:4100/inbox/other');
    const path = `PATCH /integrations/${String(other.body['id'])}`;
    expect(await api.call(organizationId, path, { body: { credentials: { url: shared } } })).toMatchObject({
      status: 409,
      body: REACHED,
    });
    expect((await api.call(organizationId, path, { body: { name: 'renamed' } })).status).toBe(200);
    const again = { body: { credentials: { url: shared } } };
    expect((await api.call(organizationId, `PATCH /integrations/${String(first!.body['id'])}`, again)).status).toBe(
      200,
    );
  });
});

describe('the tests of an organization', () => {
  it('are as many in a minute as the setting says, also where all are sent at once', async () => {
    const organizationId = uuidv7();
    const { body } = await create(organizationId, 'http://127.0.0.1:4100/inbox/tested');
    const test = (): Promise<Answer> => api.call(organizationId, `POST /integrations/${String(body['id'])}/test`);
    const answers = await Promise.all(Array.from({ length: 10 }, test));
    expect(statuses(answers, 202)).toHaveLength(4);
    const [refused] = statuses(answers, 429);
    expect(refused!.body).toMatchObject({ type: 'urn:nitropush:problem:rate-limited' });
    expect(refused!.body['detail']).toContain('MAX_TESTS_PER_MINUTE');
    expect(Number(refused!.headers.get('retry-after'))).toBeGreaterThan(0);
    await api.dataSource.query("UPDATE test_counts SET began_at = began_at - interval '61 seconds'");
    expect((await test()).status).toBe(202);
  });
});
