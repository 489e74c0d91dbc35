import '#libs/kafka'; // before the client, parts of which it replaces
import kafkajs, { type Admin } from 'kafkajs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Api, stack, type Project } from '../e2e/support/api.js';
import { eventually } from '../support/eventually.js';
import { versionOf, type Receiver } from '../support/receiver.js';
import { codecsOnLog } from './codecs-on-log.js';
import { allReady, restartService, signalServer } from '../support/control.js';
import { receiversOfEachTest } from '../support/receivers.js';

const receive = receiversOfEachTest();
const kafka = new kafkajs.Kafka({ brokers: stack().brokers.split(','), logLevel: kafkajs.logLevel.NOTHING });
const admin: Admin = kafka.admin();
beforeAll(() => admin.connect());
afterAll(() => admin.disconnect());
afterEach(async () => {
  await signalServer('kafka', 'SIGCONT'); // also where a test broke off
  await allReady();
});

const versions = (receiver: Receiver): string[] => [...new Set(receiver.received.map(versionOf))].toSorted();

async function release(api: Api, project: Project, name: string, count: number): Promise<string[]> {
  const all = Array.from({ length: count }, (_, n) => `${name}.${String(n).padStart(2, '0')}`);
  for (const version of all) await api.release(project.id, version);
  return all;
}

/** Deleted and created again, empty, as an operator would. */
async function recreate(topic: string, numPartitions: number): Promise<void> {
  await admin.deleteTopics({ topics: [topic] });
  await eventually(async () => {
    await admin.createTopics({ topics: [{ topic, numPartitions, replicationFactor: 1 }], waitForLeaders: true });
  });
}

describe('while everything runs', () => {
  it.each([
    { what: 'deleted and created again', change: () => recreate('release.events', 12) },
    { what: 'deleted, and created again by nobody', change: () => admin.deleteTopics({ topics: ['release.events'] }) },
  ])('release.events is $what: each release from then on is posted', async ({ change }) => {
    const api = await Api.signIn();
    const project = await api.project();
    const receiver = await receive();
    await api.webhook(receiver.url);
    const before = await release(api, project, '1', 10);
    await eventually(() => expect(versions(receiver)).toEqual(before));
    await change();
    const after = await release(api, project, '2', 20);
    await eventually(() => expect(versions(receiver)).toEqual([...before, ...after]));
    await allReady();
  });

  it('delivery.requested is given more partitions: every destination is served, and redelivered to', async () => {
    const api = await Api.signIn();
    const project = await api.project();
    const receivers = await Promise.all(Array.from({ length: 8 }, () => receive()));
    for (const { url } of receivers) await api.webhook(url);
    const { topics } = await admin.fetchTopicMetadata({ topics: ['delivery.requested'] });
    const count = topics[0]!.partitions.length + 17;
    await admin.createPartitions({ topicPartitions: [{ topic: 'delivery.requested', count }] });
    const all = await release(api, project, '1', 3);
    await eventually(() => expect(receivers.map(versions)).toEqual(receivers.map(() => all)));
    await redeliverAll(api, receivers);
  });

  it('delivery.requested has fewer partitions than it was made with: every destination is redelivered to', async () => {
    const api = await Api.signIn();
    const project = await api.project();
    const receivers = await Promise.all(Array.from({ length: 8 }, () => receive()));
    for (const { url } of receivers) await api.webhook(url);
    await recreate('delivery.requested', 6);
    const all = await release(api, project, '1', 1);
    await eventually(() => expect(receivers.map(versions)).toEqual(receivers.map(() => all)));
    await redeliverAll(api, receivers);
  });

  it('integration.state is given more partitions: what is saved from then on is respected within seconds', async () => {
    const api = await Api.signIn();
    const project = await api.project();
    const { topics } = await admin.fetchTopicMetadata({ topics: ['integration.state'] });
    const count = topics[0]!.partitions.length + 3;
    await admin.createPartitions({ topicPartitions: [{ topic: 'integration.state', count }] });
    await restartService('integrations');
    const receivers = await Promise.all(Array.from({ length: 8 }, () => receive()));
    for (const { url } of receivers) await api.webhook(url);
    const all = await release(api, project, '1', 1);
    await eventually(() => expect(receivers.map(versions)).toEqual(receivers.map(() => all)));
    await allReady();
  });

  it.each(['snappy', 'lz4', 'zstd'])('release.events is compressed with %s: releases are posted', async (codec) => {
    const api = await Api.signIn();
    const project = await api.project();
    const receiver = await receive();
    await api.webhook(receiver.url);
    await compress('release.events', codec);
    const first = await release(api, project, '1', 5);
    await eventually(() => expect(versions(receiver)).toEqual(first));
    const second = await release(api, project, '2', 5); // by now the broker goes by its new setting
    await eventually(() => expect(versions(receiver)).toEqual([...first, ...second]));
    expect(codecsOnLog('release.events')).toContain(codec);
    await compress('release.events', 'producer');
  });

  it('the brokers hang: delivery says that it is not ready, and is again once they answer', async () => {
    const api = await Api.signIn();
    const project = await api.project();
    const receiver = await receive();
    await api.webhook(receiver.url);
    await signalServer('kafka', 'SIGSTOP');
    await eventually(async () => expect(await ready('delivery')).toBe(503));
    await signalServer('kafka', 'SIGCONT');
    await allReady();
    const all = await release(api, project, '1', 3);
    await eventually(() => expect(versions(receiver)).toEqual(all));
  });
});

async function redeliverAll(api: Api, receivers: Receiver[]): Promise<void> {
  const before = receivers.map(({ received }) => received.length);
  const ids = await eventually(async () => {
    const deliveries = await api.deliveries({ limit: '100', status: 'delivered' }); // on record a moment after the post
    expect(deliveries).toHaveLength(before.reduce((sum, count) => sum + count, 0));
    return deliveries.map(({ id }) => id);
  });
  for (const id of ids) expect((await api.call('POST', `/deliveries/${id}/redeliver`)).status).toBe(202);
  await eventually(() =>
    expect(receivers.map(({ received }) => received.length)).toEqual(before.map((count) => count * 2)),
  );
}

async function compress(topic: string, codec: string): Promise<void> {
  const configEntries = [
    { name: 'compression.type', value: codec },
    { name: 'retention.ms', value: String(7 * 24 * 60 * 60 * 1000) },
  ];
  await admin.alterConfigs({ validateOnly: false, resources: [{ type: 2, name: topic, configEntries }] });
}

const ready = async (service: string): Promise<number> =>
  (await fetch(`http://127.0.0.1:${stack().ports[service]}/health/ready`)).status;
