import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.js';
import { TopicReader } from './index.js';
import { kafkaOfEachTest } from './each-test.suite.js';
import { newTopic, type TestKafka } from './testing.suite.js';

const { closing, kafka } = kafkaOfEachTest();

function follow(
  { connection }: TestKafka,
  topic: string,
  groupPrefix: string,
): { reader: TopicReader; seen: string[] } {
  const seen: string[] = [];
  const onFatal = (error: Error): void => {
    throw error;
  };
  const onRecord = ({ value }: { value: Buffer | null }): void => void seen.push(String(value));
  const reader = new TopicReader({ connection, topic, groupPrefix, fromBeginning: false, onRecord, onFatal });
  closing.push(() => reader.stop());
  return { reader, seen };
}

describe('a topic reader', () => {
  it('follows a topic from its end, each reader all of it', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 3);
    await test.publisher.publish(topic, { key: 'a', value: 'before' });
    const [one, other] = [follow(test, topic, 'test.one'), follow(test, topic, 'test.other')];
    for (const { reader } of [one, other]) reader.start();
    await eventually(async () => {
      await test.publisher.publish(topic, { key: randomUUID(), value: 'after' });
      for (const { seen } of [one, other]) expect(seen).toContain('after');
    });
    for (const { seen } of [one, other]) expect(seen).not.toContain('before');
  });

  it('leaves no member behind when it is stopped while it joins', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 1);
    const prefix = `test.${randomUUID()}`;
    for (let n = 0; n < 5; n += 1) {
      const { reader } = follow(test, topic, prefix);
      reader.start();
      for (let step = 0; step < n * 10; step += 1) await new Promise((resolve) => setImmediate(resolve));
      await reader.stop();
    }
    const witness = follow(test, topic, 'test.witness');
    witness.reader.start(); // by the time that it has joined, so would they have
    await eventually(() => expect(witness.reader.health).toBe('ready'));
    const admin = await test.connection.admin();
    const groups = (await admin.listGroups()).groups.map(({ groupId }) => groupId);
    const described = await admin.describeGroups(groups.filter((groupId) => groupId.startsWith(prefix)));
    expect(described.groups.flatMap(({ members }) => members)).toEqual([]);
  });
});
