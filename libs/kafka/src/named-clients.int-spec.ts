import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { UnreadableEvent } from '#libs/contracts';
import { eventually } from '../../../test/support/eventually.js';
import { ConsumerServer, StateReader, type InboundRecord } from './index.js';
import { collect, connect, newTopic, onBatches, type TestKafka } from './testing.suite.js';

const prefix = `acme-${randomUUID().slice(0, 8)}.`;
const kafka = connect({ topicPrefix: prefix, groupPrefix: prefix });
const plain = connect({ topicPrefix: '', groupPrefix: '' });
const stops: (() => Promise<void>)[] = [];
afterAll(async () => {
  await Promise.all(stops.map((stop) => stop()));
  await Promise.all([kafka, plain].map(async (one) => (await one).close()));
});
const never = (error: Error): never => {
  throw error;
};

/** Handles the records of a topic in a group, until the test ends or it is stopped. */
function serve(
  { connection, publisher }: TestKafka,
  topic: string,
  groupId: string,
  handle: (record: InboundRecord) => void,
): ConsumerServer {
  const failure = { publisher, deadLetterTopic: (from: string) => `${from}.dlq` };
  const server = new ConsumerServer({ connection, transportId: Symbol(topic), groupId, failure, onFatal: never });
  onBatches(server, topic, (batch) => batch.each(async (record) => handle(record)));
  server.listen(() => undefined);
  stops.push(() => server.close());
  return server;
}

describe('names with a prefix', () => {
  it('are added at the brokers alone: code sends to, reads from and is told of its own names', async () => {
    const test = await kafka;
    const topic = await newTopic(test, 2);
    const groupId = `group-${randomUUID()}`;
    const seen: InboundRecord[] = [];
    const server = serve(test, topic, groupId, (record) => void seen.push(record));
    await test.publisher.publish(topic, { key: 'a', value: '1' });
    await eventually(() => expect(seen.map((record) => [record.topic, record.key])).toEqual([[topic, 'a']]));
    expect([...server.assignment]).toEqual([[topic, new Set([0, 1])]]);
    const admin = await (await plain).connection.admin();
    expect(await admin.listTopics()).toContain(prefix + topic);
    expect(await admin.listTopics()).not.toContain(topic);
    expect((await admin.listGroups()).groups.map((group) => group.groupId)).toContain(prefix + groupId);
    expect(await (await test.connection.admin()).listTopics()).toContain(topic);
    await eventually(() => expect(test.connection.topics.stateOf(topic)?.partitions).toBe(2));
  });

  it('are committed: the next consumer goes on where the first one ended', async () => {
    const test = await kafka;
    const topic = await newTopic(test, 1);
    const groupId = randomUUID();
    const first: InboundRecord[] = [];
    const server = serve(test, topic, groupId, (record) => void first.push(record));
    await test.publisher.publish(topic, { key: 'a', value: '1' });
    await eventually(() => expect(first).toHaveLength(1));
    await server.close();
    const second: InboundRecord[] = [];
    serve(test, topic, groupId, (record) => void second.push(record));
    await test.publisher.publish(topic, { key: 'b', value: '2' });
    await eventually(() => expect(second.map(({ key }) => key)).toEqual(['b']));
  });

  it('are in a dead letter as the brokers have them: there somebody looks for the original', async () => {
    const test = await kafka;
    const topic = await newTopic(test, 1);
    const letters = await collect(test, `${topic}.dlq`);
    serve(test, topic, randomUUID(), () => {
      throw new UnreadableEvent('it is not what it should be');
    });
    await test.publisher.publish(topic, { key: 'a', value: '1' });
    await eventually(() => expect(letters).toHaveLength(1));
    expect(letters[0]!.headers).toMatchObject({ 'np-original-topic': prefix + topic, 'np-original-offset': '0' });
  });

  it('do not keep a reader of states from knowing when it has read all', async () => {
    const test = await kafka;
    const topic = await newTopic(test, 3, true);
    const seen: (string | null)[] = [];
    const reader = new StateReader({
      connection: test.connection,
      topic,
      groupPrefix: 'states',
      apply: ({ key }) => void seen.push(key),
      onUnreadable: async () => undefined,
      onFatal: never,
    });
    stops.push(() => reader.stop());
    await reader.start();
    await test.publisher.publish(topic, [
      { key: 'a', value: '1' },
      { key: 'b', value: '2' },
    ]);
    await reader.catchUp();
    expect(seen.sort()).toEqual(['a', 'b']);
  });
});
