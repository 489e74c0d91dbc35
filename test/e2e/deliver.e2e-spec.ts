import '#libs/kafka'; // before the client, parts of which it replaces
import { randomUUID } from 'node:crypto';
import kafkajs from 'kafkajs';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { expectInTime } from '../support/expect-in-time.js';
import { startReceiver, versionOf, type Received, type Receiver } from '../support/receiver.js';
import { Api, stack } from './support/api.js';

let receiver: Receiver;
beforeAll(async () => (receiver = await startReceiver()));
afterAll(() => receiver.close());

const at = (path: string): Received[] => receiver.received.filter((request) => request.path === path);
const versionsAt = (path: string): string[] => at(path).map(versionOf);

describe('a release', () => {
  it('reaches the webhook with the whole story, signed as Standard Webhooks says', async () => {
    const api = await Api.signIn();
    const project = await api.project('NitroPush iOS');
    const hook = await api.webhook(`${receiver.url}/whole`, {
      credentials: { url: `${receiver.url}/whole`, authorization: 'Bearer s3cr3t' },
    });
    const created = await api.release(project.id, '1.0.5', {
      environment: 'test',
      description: 'Faster start 🚀',
      mandatory: true,
      rolloutPercentage: 20,
    });
    const promoted = await api.must<{ id: string }>('POST', `/releases/${created.id}/promote`, {
      rolloutPercentage: 50,
    });
    await api.must('PATCH', `/releases/${promoted.id}/rollout`, { rolloutPercentage: 80 });
    await eventually(() => expect(at('/whole')).toHaveLength(3));

    const [first, second, third] = at('/whole').map(({ body }) => JSON.parse(body) as Record<string, unknown>);
    expect(first).toEqual({
      type: 'release.created',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown,
      test: false,
      data: {
        eventId: expect.any(String) as unknown,
        organizationId: api.organizationId,
        project: { id: project.id, name: 'NitroPush iOS' },
        release: {
          id: created.id,
          version: '1.0.5',
          environment: 'test',
          mandatory: true,
          description: 'Faster start 🚀',
          rolloutPercentage: 20,
          revision: 1,
        },
        previous: null,
        actor: { id: 'dev-owner', name: 'Demo owner' },
        url: `${stack().gatewayUrl}/projects/${project.id}/releases/${created.id}`,
      },
    });
    expect(second).toMatchObject({
      type: 'release.promoted',
      data: {
        release: { id: promoted.id, environment: 'stage', rolloutPercentage: 50, revision: 2 },
        previous: { environment: 'test', rolloutPercentage: null },
      },
    });
    expect(third).toMatchObject({
      type: 'release.rollout_changed',
      data: { release: { rolloutPercentage: 80, revision: 3 }, previous: { environment: null, rolloutPercentage: 50 } },
    });

    const verifier = new Webhook(hook.signingSecret!);
    for (const { body, headers } of at('/whole')) {
      expect(headers['authorization']).toBe('Bearer s3cr3t');
      expect(() => verifier.verify(body, headers as Record<string, string>)).not.toThrow();
      expect(() => verifier.verify(body.replace('1.0.5', '6.6.6'), headers as Record<string, string>)).toThrow();
    }
  });

  it('goes to every integration whose route selects it and to no other, also when the route was saved a moment before', async () => {
    const api = await Api.signIn();
    const [ios, android] = [await api.project('iOS'), await api.project('Android')];
    const everything = await api.webhook(`${receiver.url}/everything`);
    await api.webhook(`${receiver.url}/ios`, { projectId: ios.id });
    await api.webhook(`${receiver.url}/android`, { projectId: android.id });
    await api.webhook(`${receiver.url}/prod-only`, { environments: ['prod'], eventTypes: ['release.promoted'] });
    for (let n = 0; n < 10; n += 1) {
      await api.release(ios.id, `1.${n}`, { environment: 'test' });
      await api.release(android.id, `2.${n}`, { environment: 'test' });
    }
    await eventually(() => expect(versionsAt('/everything')).toHaveLength(20));
    await api.must('PATCH', `/integrations/${everything.id}`, { projectId: android.id });
    await api.release(ios.id, '1.99');
    const other = await Api.signIn();
    await other.release((await other.project()).id, '3.0');
    await eventually(() => expect(versionsAt('/ios')).toHaveLength(11));
    await eventually(() => expect(versionsAt('/android')).toHaveLength(10));
    expect(versionsAt('/ios')).toEqual([...Array.from({ length: 10 }, (_, n) => `1.${n}`), '1.99']);
    expect(versionsAt('/android')).toEqual(Array.from({ length: 10 }, (_, n) => `2.${n}`));
    expect(versionsAt('/everything')).toHaveLength(20);
    expect(versionsAt('/everything')).not.toContain('1.99');
    expect(at('/prod-only')).toEqual([]);
    const preview = await api.must<{ items: { name: string }[] }>(
      'GET',
      `/integrations/route-preview?projectId=${ios.id}&environment=prod&eventType=release.promoted`,
    );
    expect(preview.items).toHaveLength(2);
  });

  it('of another release service is delivered like our own', async () => {
    const api = await Api.signIn();
    const project = await api.project('Theirs');
    const hook = await api.webhook(`${receiver.url}/stranger`);
    const kafka = new kafkajs.Kafka({ brokers: stack().brokers.split(','), logLevel: kafkajs.logLevel.NOTHING });
    const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
    await producer.connect();
    const data = {
      organizationId: api.organizationId,
      project: { id: project.id, name: 'Theirs' },
      release: {
        id: randomUUID(),
        version: '9.1',
        environment: 'prod',
        mandatory: false,
        description: null,
        rolloutPercentage: 100,
        revision: 1,
      },
      previous: null,
      actor: { id: 'ci', name: 'CI' },
    };
    const headers = {
      ce_specversion: '1.0',
      ce_id: 'their-id-1',
      ce_type: 'release.created',
      ce_source: '/their/service',
      ce_time: new Date().toISOString(),
      'content-type': 'application/json',
    };
    const good = { key: project.id, value: JSON.stringify(data), headers };
    await producer.send({
      topic: 'release.events',
      messages: [{ key: project.id, value: '{ broken', headers }, good, good],
    });
    await eventually(() => expect(at('/stranger')).toHaveLength(1));
    await producer.disconnect();
    const { body, headers: sent } = at('/stranger')[0]!;
    expect(() => new Webhook(hook.signingSecret!).verify(body, sent as Record<string, string>)).not.toThrow();
    expect(JSON.parse(body)).toMatchObject({
      data: { eventId: 'their-id-1', url: expect.stringContaining(`/projects/${project.id}/releases/`) as unknown },
    });
    await eventually(async () =>
      expect(await api.deliveries()).toMatchObject([{ status: 'delivered', attemptCount: 1 }]),
    );
    expect(at('/stranger')).toHaveLength(1); // the same event twice is one delivery
  });
});

describe('a test', () => {
  it('reaches the receiver within half a second, marked, with data of the route; also while disabled', async () => {
    const api = await Api.signIn();
    await api.project('Other');
    const project = await api.project('Checkout');
    const hook = await api.webhook(`${receiver.url}/test`, {
      projectId: project.id,
      eventTypes: ['release.promoted'],
      environments: ['stage'],
      enabled: false,
    });
    let deliveryId = '';
    let last: Received | undefined;
    await expectInTime(500, async () => {
      const before = at('/test').length;
      const called = Date.now();
      ({ deliveryId } = await api.must<{ deliveryId: string }>('POST', `/integrations/${hook.id}/test`));
      await eventually(() => expect(at('/test')).toHaveLength(before + 1), { everyMs: 5 });
      last = at('/test').at(-1)!;
      return last.at - called;
    });
    expect(JSON.parse(last!.body)).toMatchObject({
      type: 'release.promoted',
      test: true,
      data: {
        project: { id: project.id, name: 'Checkout' },
        release: { environment: 'stage', description: expect.stringMatching(/^\[TEST\]/) as unknown },
        previous: { environment: 'test' },
      },
    });
    await eventually(async () =>
      expect(await api.delivery(deliveryId)).toMatchObject({ status: 'delivered', test: true }),
    );
  });
});
