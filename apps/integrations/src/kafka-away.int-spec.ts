import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INTEGRATION_STATE, uuidv7 } from '#libs/contracts';
import { buildWebhook, startIntegrations } from './integrations-api.suite.js';

let api: Awaited<ReturnType<typeof startIntegrations>>;
beforeAll(async () => {
  api = await startIntegrations({ KAFKA_BROKERS: '127.0.0.1:1' });
});
afterAll(() => api?.close());

describe('without Kafka', () => {
  it('is not ready, but accepts: the outbox carries what is saved', async () => {
    const health = await fetch(`${api.url}/health/ready`);
    expect(health.status).toBe(503);
    expect(await health.json()).toMatchObject({
      details: { database: { status: 'up' }, 'project-state': { status: 'down' } },
    });
    const created = await api.call<{ id: string }>('acme', 'POST /integrations', { body: buildWebhook() });
    expect(created.status).toBe(201);
    const { id } = created.body;
    expect((await api.call('acme', `PATCH /integrations/${id}`, { body: { name: 'x' } })).status).toBe(200);
    expect((await api.call('acme', `DELETE /integrations/${id}`)).status).toBe(204);
    const waiting = await api.dataSource.query<{ key: string; value: string | null }[]>(
      'SELECT key, value FROM outbox WHERE topic = $1 ORDER BY id',
      [INTEGRATION_STATE.topic],
    );
    expect(waiting.map(({ key, value }) => [key, value === null])).toEqual([
      [id, false],
      [id, false],
      [id, true],
    ]);
  });

  it.each<[string, (id: string) => string, unknown]>([
    ['say whether a project is there', () => 'POST /integrations', buildWebhook({ projectId: uuidv7() })],
    ['send a test', (id) => `POST /integrations/${id}/test`, undefined],
  ])('cannot %s, and says when to try again', async (_, request, body) => {
    const { id } = (await api.call<{ id: string }>('acme', 'POST /integrations', { body: buildWebhook() })).body;
    const answer = await api.call('acme', request(id), { body });
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });
});
