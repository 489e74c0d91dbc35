import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.js';
import { KafkaConnection, ensureTopics, type TopicChange } from './index.js';
import { kafkaOfEachTest } from './each-test.suite.js';
import { newTopic, type TestKafka } from './testing.suite.js';

const { closing, kafka } = kafkaOfEachTest();

async function watched(partitions: number): Promise<{ test: TestKafka; topic: string; changes: TopicChange[] }> {
  const test = await kafka();
  const topic = await newTopic(test, partitions);
  const changes: TopicChange[] = [];
  test.connection.topics.watch(topic, (change) => changes.push(change));
  await eventually(() => expect(changes).toHaveLength(1));
  return { test, topic, changes };
}

describe('the watch over topics of a real broker', () => {
  it('notices more partitions, and a topic that is created again at once', async () => {
    const { test, topic, changes } = await watched(3);
    const admin = await test.connection.admin();
    await admin.createPartitions({ topicPartitions: [{ topic, count: 5 }] });
    await eventually(() => expect(changes.map(({ kind }) => kind)).toEqual(['seen', 'resized']));
    await admin.deleteTopics({ topics: [topic] });
    await ensureTopics(test.connection, [{ name: topic, partitions: 5 }]);
    await eventually(() => expect(changes.at(-1)!.kind).toBe('recreated'));
    const [seen, resized] = changes;
    expect([seen!.partitions, resized!.partitions, changes.at(-1)!.partitions]).toEqual([3, 5, 5]);
    expect(seen!.id).toMatch(/^[0-9a-f]{32}$/);
    expect([resized!.id === seen!.id, changes.at(-1)!.id === seen!.id]).toEqual([true, false]);
  });

  it('notices that a topic is gone, and goes on for the others', async () => {
    const { test, topic, changes } = await watched(1);
    const other: string[] = [];
    test.connection.topics.watch(`test.${randomUUID()}.missing`, ({ kind }) => other.push(kind));
    await (await test.connection.admin()).deleteTopics({ topics: [topic] });
    await eventually(() => expect(changes.map(({ kind }) => kind)).toEqual(['seen', 'vanished']));
    expect(other).toEqual([]);
  });

  it('reads the number of partitions from brokers that give no ids', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 4);
    const admin = await test.connection.admin();
    expect(await admin.describeTopics([topic, `${topic}.missing`], 6)).toEqual(
      new Map([
        [topic, { id: null, partitions: 4 }],
        [`${topic}.missing`, { id: null, partitions: 0 }],
      ]),
    );
  });

  it('takes brokers that are away for no change', async () => {
    const test = await kafka();
    const away = new KafkaConnection({ ...test.connection.settings, brokers: ['127.0.0.1:9'] }, test.connection.logger);
    closing.push(() => away.close());
    const kinds: string[] = [];
    away.topics.watch('any', ({ kind }) => kinds.push(kind));
    await away.topics.check();
    expect(kinds).toEqual([]);
  });
});
