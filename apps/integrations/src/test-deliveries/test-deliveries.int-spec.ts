import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DELIVERY_REQUESTED, deliveryIdOf, parseEvent, uuidv7, type DeliveryRequested } from '#libs/contracts';
import type { InboundRecord } from '#libs/kafka';
import { eventually } from '../../../../test/support/eventually.js';
import { buildWebhook, Topics, ready, startIntegrations } from '../integrations-api.suite.js';

const topics = new Topics();
let api: Awaited<ReturnType<typeof startIntegrations>>;
let onTopic: InboundRecord[];

beforeAll(async () => {
  api = await startIntegrations({ ADMIN_BASE_URL: 'https://admin.example.com' });
  await ready(api);
  onTopic = topics.follow(DELIVERY_REQUESTED.topic);
});
afterAll(async () => {
  await api?.close();
  await topics.close();
});

async function testOf(organizationId: string, overrides: Record<string, unknown>) {
  const { body } = await api.call<{ id: string }>(organizationId, 'POST /integrations', {
    body: buildWebhook(overrides),
  });
  const headers = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` };
  const answer = await api.call<{ deliveryId: string }>(organizationId, `POST /integrations/${body.id}/test`, {
    headers,
  });
  expect(answer.status).toBe(202);
  expect(Object.keys(answer.body)).toEqual(['deliveryId']);
  const record = await eventually(() => {
    const found = onTopic.find(({ key }) => key === body.id);
    if (!found) throw new Error('nothing on the topic yet');
    return found;
  });
  return { id: body.id, deliveryId: answer.body.deliveryId, record, request: parseEvent(DELIVERY_REQUESTED, record) };
}

describe('a test', () => {
  it('goes to Kafka as a delivery of its own, with data of the route', async () => {
    const organizationId = `org-${uuidv7()}`;
    const projectId = await topics.project(organizationId, 'Checkout');
    await topics.project(organizationId, 'Newer');
    const route = { projectId, eventTypes: ['release.promoted'], environments: ['stage'], enabled: false };
    const { id, deliveryId, record, request } = await testOf(organizationId, route);
    expect(request).toEqual<DeliveryRequested>({
      deliveryId,
      integrationId: id,
      round: 1,
      attempt: 1,
      test: true,
      integrationVersion: 1,
      event: expect.objectContaining({ type: 'release.promoted' }) as DeliveryRequested['event'],
    });
    expect(deliveryId).toBe(deliveryIdOf(request.event, id));
    expect(request.event.data).toMatchObject({
      organizationId,
      project: { id: projectId, name: 'Checkout' },
      release: { environment: 'stage' },
      previous: { environment: 'test', rolloutPercentage: null },
      actor: { id: 'user-1', name: 'Ada' },
    });
    expect(request.event.data.url).toMatch(`https://admin.example.com/projects/${projectId}/releases/`);
    expect(record.headers).toMatchObject({
      ce_specversion: '1.0',
      ce_type: 'delivery.requested',
      'np-delivery-id': deliveryId,
      'np-attempt': '1',
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    });
  });

  it('of a route to all projects takes the newest one', async () => {
    const organizationId = `org-${uuidv7()}`;
    await topics.project(organizationId, 'Older');
    // naming the newer one makes the service read both
    const projectId = await topics.project(organizationId, 'Newer');
    await testOf(organizationId, { projectId });
    const { request } = await testOf(organizationId, {});
    expect(request.event.data).toMatchObject({ project: { id: projectId, name: 'Newer' } });
  });

  it('needs no project', async () => {
    const { request } = await testOf(`org-${uuidv7()}`, {});
    expect(request.event.data).toMatchObject({ project: { name: expect.stringMatching(/./) as string } });
  });
});
