import '#libs/kafka'; // before the client, parts of which it replaces
import { randomUUID } from 'node:crypto';
import kafkajs from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { startReceiver, type Receiver } from '../support/receiver.js';
import { Api, stack } from './support/api.js';

const kafka = (): kafkajs.Kafka =>
  new kafkajs.Kafka({ brokers: stack().brokers.split(','), logLevel: kafkajs.logLevel.NOTHING });

let receiver: Receiver;
let producer: kafkajs.Producer;
beforeAll(async () => {
  receiver = await startReceiver();
  producer = kafka().producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await producer.connect();
});
afterAll(async () => {
  await producer.disconnect();
  await receiver.close();
});

interface Letter {
  key: string;
  value: string;
  headers: Record<string, string>;
}

/** Everything on a dead-letter topic, as it comes. */
async function watch(topic: string): Promise<{ letters: Letter[]; stop: () => Promise<void> }> {
  const letters: Letter[] = [];
  const consumer = kafka().consumer({ groupId: `test.unreadable.${randomUUID()}` });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ message: { key, value, headers } }) => {
      letters.push({
        key: String(key),
        value: String(value),
        headers: Object.fromEntries(Object.entries(headers ?? {}).map(([name, one]) => [name, String(one)])),
      });
    },
  });
  return { letters, stop: () => consumer.disconnect() };
}

describe('a record that cannot be read', () => {
  it.each([
    ['release.events', 'release.events.dlq'],
    ['delivery.requested', 'delivery.requested.dlq'],
    ['delivery.retry.5s', 'delivery.requested.dlq'],
    ['integration.state', 'integration.state.dlq'],
    ['project.state', 'project.state.dlq'],
  ])('on %s goes to %s as it was, and what comes next is delivered', async (topic, deadLetterTopic) => {
    const api = await Api.signIn();
    const key = randomUUID();
    const { letters, stop } = await watch(deadLetterTopic);
    for (const value of ['not json', '{"half":', 'null', '{}', '[]'])
      await producer.send({ topic, messages: [{ key, value: `${value}`, headers: { mark: 'ours' } }] });
    const project = await api.project();
    await api.webhook(`${receiver.url}/${topic}`);
    await api.release(project.id, '1.0');
    await eventually(() => expect(receiver.received.filter(({ path }) => path === `/${topic}`)).toHaveLength(1));
    await eventually(() => expect(letters.filter((letter) => letter.key === key)).toHaveLength(5));
    const ours = letters.filter((letter) => letter.key === key);
    expect(ours.map(({ value }) => value)).toEqual(['not json', '{"half":', 'null', '{}', '[]']);
    expect(ours[0]!.headers).toMatchObject({
      mark: 'ours',
      'np-original-topic': topic,
      'np-error-code': 'unreadable',
      'np-error-reason': 'the value is not JSON',
    });
    await stop();
  });
});
