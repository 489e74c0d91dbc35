import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.js';
import { KafkaConnection, Publisher, RecordTooLarge, isOutage, partitionFor } from './index.js';
import { collect, connect, newTopic, type TestKafka } from './testing.suite.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function kafka(): Promise<TestKafka> {
  const made = await connect();
  closing.push(made.close);
  return made;
}

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
    await eventually(() => expect(records).toHaveLength(3_000));
    for (let key = 0; key < 7; key += 1) {
      const order = records
        .filter((record) => record.key === `k${key}`)
        .map((record) => Number(record.value!.toString().split(' ')[0]));
      expect(order).toEqual(order.toSorted((a, b) => a - b));
    }
  });

  it('puts a record where partitionFor says', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 24);
    const records = await collect(test, topic);
    await test.publisher.publish(
      topic,
      Array.from({ length: 200 }, () => ({ key: crypto.randomUUID(), value: '' })),
    );
    await eventually(() => expect(records).toHaveLength(200));
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
});
