import { describe, expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.js';
import { KafkaConnection, Publisher, RecordTooLarge, isOutage, partitionFor } from './index.js';
import { kafkaOfEachTest } from './each-test.suite.js';
import { collect, newTopic } from './testing.suite.js';
import { inBackground } from '../../../test/support/in-background.js';

const { kafka } = kafkaOfEachTest();

describe('a publisher', () => {
  it('keeps the order of each key, whatever is published at once', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 4);
    const records = await collect(test, topic);
    const value = 'x'.repeat(2_000);
    await Promise.all(
      Array.from({ length: 3_000 }, (_, n) =>
        test.publisher.publish(topic, { key: `k${n % 7}`, value: `${n} ${value}` }),
      ),
    );
    const numbers = (key: string): number[] => [
      ...new Set(
        records.filter((record) => record.key === key).map((record) => Number(record.value!.toString().split(' ')[0])),
      ),
    ];
    const keys = Array.from({ length: 7 }, (_, key) => `k${key}`);
    await eventually(() => expect(keys.flatMap(numbers)).toHaveLength(3_000));
    for (const key of keys) expect(numbers(key)).toEqual(numbers(key).toSorted((a, b) => a - b));
  });

  it('puts a record where partitionFor says', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 24);
    const records = await collect(test, topic);
    await test.publisher.publish(
      topic,
      Array.from({ length: 200 }, () => ({ key: crypto.randomUUID(), value: '' })),
    );
    // a broker that has just become a leader may make kafkajs send again: each at least once
    await eventually(() => expect(new Set(records.map(({ key }) => key)).size).toBe(200));
    for (const { key, partition } of records) expect(partition).toBe(partitionFor(key!, 24));
  });

  it('refuses a record that is too large, and that one alone', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 1);
    const records = await collect(test, topic);
    const [large, small] = await Promise.allSettled([
      test.publisher.publish(topic, { key: 'a', value: 'x'.repeat(1_000_000) }),
      test.publisher.publish(topic, { key: 'b', value: 'y' }),
    ]);
    expect(large).toMatchObject({ status: 'rejected', reason: expect.any(RecordTooLarge) as unknown });
    expect(small.status).toBe('fulfilled');
    await eventually(() => expect(records.map(({ key }) => key)).toEqual(['b']));
  });

  it('sends text of many bytes a character without exceeding what the brokers take at once', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 1);
    const records = await collect(test, topic);
    const value = '行'.repeat(3_000);
    await test.publisher.publish(
      topic,
      Array.from({ length: 400 }, () => ({ key: 'k', value })),
    );
    await eventually(() => expect(records.length).toBeGreaterThanOrEqual(400));
    const large = test.publisher.publish(topic, { key: 'k', value: '行'.repeat(350_000) });
    await expect(large).rejects.toThrow(RecordTooLarge);
  });

  it('takes no more into memory than it may, and loses no turn', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 1);
    const records = await collect(test, topic);
    const value = Buffer.alloc(500_000);
    await Promise.all(
      Array.from({ length: 160 }, (_, n) =>
        test.publisher.publish(topic, { key: 'k', value, headers: { n: String(n) } }),
      ),
    );
    const numbers = (): number[] => [...new Set(records.map(({ headers }) => Number(headers['n'])))];
    await eventually(() => expect(numbers()).toHaveLength(160));
    expect(numbers()).toEqual(Array.from({ length: 160 }, (_, n) => n));
  });

  it('fails with an outage where the brokers are away, and works again when they are there', async () => {
    const test = await kafka();
    const away = new KafkaConnection({ ...test.connection.settings, brokers: ['127.0.0.1:9'] }, test.connection.logger);
    const error: unknown = await new Publisher(away)
      .publish('any', { key: null, value: '' })
      .catch((reason: unknown) => reason);
    expect(isOutage(error)).toBe(true);
    expect(await away.reachable()).toBe(false);
    expect(await test.connection.reachable()).toBe(true);
  });

  it('creates a topic that vanished again, and holds up no other meanwhile', async () => {
    const test = await kafka();
    const [gone, other] = [await newTopic(test, 2), await newTopic(test, 1)];
    await test.publisher.publish(gone, { key: 'a', value: 'before' });
    const admin = await test.connection.admin();
    await admin.deleteTopics({ topics: [gone] });
    let arrived = false;
    const late = inBackground(test.publisher.publish(gone, { key: 'a', value: 'after' }).then(() => (arrived = true)));
    const before = [];
    for (let n = 0; n < 20; n += 1) {
      await test.publisher.publish(other, { key: 'b', value: String(n) });
      before.push(arrived);
    }
    expect(before).toContain(false); // some of them while the one waited: how many depends on the machine
    await late;
    const records = await collect(test, gone);
    await eventually(() => expect(records.map(({ value }) => String(value))).toEqual(['after']));
    const { topics } = await admin.fetchTopicMetadata({ topics: [gone] });
    expect(topics[0]!.partitions).toHaveLength(2);
  });

  it('says soon that a topic is not there which nobody made sure of, and goes on with the others', async () => {
    const test = await kafka();
    const other = await newTopic(test, 1);
    const sent = test.publisher.publish('test.never', { key: 'a', value: '' });
    await expect(sent).rejects.toThrow('there is no topic of that name');
    expect(isOutage(await sent.catch((error: unknown) => error))).toBe(true);
    await test.publisher.publish(other, { key: 'b', value: '' });
  });

  it('creates a topic that vanished again although nobody sends to it', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 3);
    const admin = await test.connection.admin();
    await eventually(() => expect(test.connection.topics.stateOf(topic)?.partitions).toBe(3));
    await admin.deleteTopics({ topics: [topic] });
    await eventually(() => expect(test.connection.topics.stateOf(topic)?.partitions).toBe(0));
    await eventually(() => expect(test.connection.topics.stateOf(topic)?.partitions).toBe(3));
  });
});
