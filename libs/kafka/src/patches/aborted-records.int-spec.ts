import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { eventually } from '../../../../test/support/eventually.js';
import { kafkaOfEachTest } from '../each-test.suite.js';
import { newTopic } from '../testing.suite.js';
import { TopicReader } from '../topic-reader.js';
import kafkajs, { type Transaction } from 'kafkajs'; // after ours, which replace parts of it before it is loaded

const { closing, kafka } = kafkaOfEachTest();

/** Somebody else's producer, on one partition. */
async function begin(topic: string): Promise<{ send: (value: string) => Promise<unknown>; transaction: Transaction }> {
  const kafka = new kafkajs.Kafka({
    brokers: process.env['TEST_KAFKA_BROKERS']!.split(','),
    logLevel: kafkajs.logLevel.NOTHING,
  });
  const producer = kafka.producer({
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    transactionalId: randomUUID(),
    maxInFlightRequests: 1,
    idempotent: true,
  });
  await producer.connect();
  closing.push(() => producer.disconnect());
  const transaction = await producer.transaction();
  return { transaction, send: (value) => transaction.send({ topic, messages: [{ partition: 0, value }] }) };
}

it('records of aborted transactions are not handed out, also where two of them overlap', async () => {
  const test = await kafka();
  const topic = await newTopic(test, 1);
  const [first, second, committed] = [await begin(topic), await begin(topic), await begin(topic)];
  await first.send('aborted 1');
  await committed.send('committed 1');
  await second.send('aborted 2');
  await first.send('aborted 3');
  await second.transaction.abort(); // the broker lists them in the order of their ends
  await committed.send('committed 2');
  await first.send('aborted 4');
  await first.transaction.abort();
  await committed.transaction.commit();
  await test.publisher.publish(topic, { key: null, value: 'last', partition: 0 });
  const seen: string[] = [];
  const reader = new TopicReader({
    connection: test.connection,
    topic,
    groupPrefix: 'test.aborted',
    fromBeginning: true,
    onRecord: ({ value }) => void seen.push(String(value)),
    onFatal: (error) => {
      throw error;
    },
  });
  reader.start();
  closing.push(() => reader.stop());
  await eventually(() => expect(seen).toContain('last'));
  expect(seen).toEqual(['committed 1', 'committed 2', 'last']);
});
