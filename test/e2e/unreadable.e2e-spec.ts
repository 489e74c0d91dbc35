import '#libs/kafka'; // before the client, parts of which it replaces
import { randomUUID } from 'node:crypto';
import kafkajs from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { startReceiver, type Receiver } from '../support/receiver.js';
import { Api } from './support/api.js';
import { followDeadLetters } from './support/dead-letters.js';
import { foreignClient } from './support/publisher.js';

let receiver: Receiver;
let producer: kafkajs.Producer;
beforeAll(async () => {
  receiver = await startReceiver();
  producer = foreignClient().producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await producer.connect();
});
afterAll(async () => {
  await producer.disconnect();
  await receiver.close();
});

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
    const { deadLetters, stop } = await followDeadLetters(deadLetterTopic);
    for (const value of ['not json', '{"half":', 'null', '{}', '[]'])
      await producer.send({ topic, messages: [{ key, value: `${value}`, headers: { mark: 'ours' } }] });
    const project = await api.project();
    await api.webhook(`${receiver.url}/${topic}`);
    await api.release(project.id, '1.0');
    await eventually(() => expect(receiver.received.filter(({ path }) => path === `/${topic}`)).toHaveLength(1));
    await eventually(() => expect(deadLetters.filter((one) => one.key === key)).toHaveLength(5));
    const ours = deadLetters.filter((one) => one.key === key);
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
