import { describe, expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.js';
import { KafkaUnavailable, partitionFor, type StateReaderOptions } from './index.js';
import { kafkaOfEachTest, warningConnection } from './each-test.suite.js';
import { readStates, type Reading } from './state-reader.suite.js';
import { connect, newTopic, recreate, type TestKafka } from './testing.suite.js';
import { inBackground } from '../../../test/support/in-background.js';
import kafkajs from 'kafkajs'; // after ours, which replaces parts of it

const { closing, kafka } = kafkaOfEachTest();

function read(
  test: TestKafka,
  topic: string,
  more: Partial<StateReaderOptions> = {},
): Reading & { warnings: string[] } {
  const { connection, warnings } = warningConnection(test);
  const reading = readStates(connection, topic, more);
  closing.push(async () => {
    await reading.reader.stop();
    await connection.close();
  });
  return { ...reading, warnings };
}

const completeKey = 'complete';
const publish = ({ publisher }: TestKafka, topic: string, states: Record<string, string | null>): Promise<void> =>
  publisher.publish(
    topic,
    Object.entries(states).map(([key, value]) => ({ key, value })),
  );

describe('a state reader that waits for the word of the owner', () => {
  it('is ready once that was read, and applies everything but that', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 3, true);
    const { reader, state, warnings } = read(test, topic, { completeKey });
    const started = inBackground(reader.start());
    await publish(test, topic, { a: '1' });
    await eventually(() => expect([...state]).toEqual([['a', '1']]));
    expect(reader.health).toBe('starting');
    await expect(reader.catchUp(200)).rejects.toThrow(KafkaUnavailable);
    await publish(test, topic, { b: '2' });
    await publish(test, topic, { complete: '{}' });
    await started;
    await reader.catchUp();
    expect([reader.health, [...state.keys()].toSorted(), warnings]).toEqual(['ready', ['a', 'b'], []]);
  });

  it('takes a topic with states for whole after a time where the owner does not know that word, and warns', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 1, true);
    const { reader, warnings } = read(test, topic, { completeKey, assumeWholeAfterMs: 300 });
    const started = inBackground(reader.start());
    await eventually(() => expect(reader.catchUp(50)).rejects.toThrow('does not hold all states'));
    expect([reader.health, warnings]).toEqual(['starting', []]); // empty: nothing to assume, however long it takes
    await publish(test, topic, { a: '1' });
    await started;
    expect([reader.health, warnings]).toEqual(['ready', ['state.assumed-whole']]);
  });

  it('keeps what it knows where the topic is created again, and is not ready until the owner has published all', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 2, true);
    await publish(test, topic, { a: '1', b: '1', complete: '{}' });
    const told: string[] = [];
    const { reader, state, warnings } = read(test, topic, {
      completeKey,
      onRecreated: () => told.push('recreated'),
      onWhole: () => told.push('whole'),
    });
    await reader.start();
    await recreate(test, topic, 2, true);
    await eventually(() => expect(reader.health).toBe('starting'));
    expect([...state.keys()].toSorted()).toEqual(['a', 'b']);
    await expect(reader.catchUp(100)).rejects.toThrow(KafkaUnavailable);
    await publish(test, topic, { a: '2', b: null, c: '1' });
    await expect(reader.catchUp(100)).rejects.toThrow(KafkaUnavailable);
    await publish(test, topic, { complete: '{}' });
    await eventually(() => reader.catchUp(1_000));
    await eventually(() => expect(reader.health).toBe('ready'));
    expect(Object.fromEntries(state)).toEqual({ a: '2', c: '1' });
    expect(warnings).toEqual(['kafka.topic-recreated']);
    expect(told).toEqual(['whole', 'recreated', 'whole']);
  });
});

describe('the read barrier of a topic that is given more partitions', () => {
  it('knows them at once, and what is on them within seconds', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 1, true);
    const { reader, state } = read(test, topic);
    await reader.start();
    await (await test.connection.admin()).createPartitions({ topicPartitions: [{ topic, count: 6 }] });
    const late = await connect(); // a publisher that knows of them
    closing.push(late.close);
    for (let n = 0; n < 20; n += 1) {
      await publish(late, topic, { [`k${n}`]: 'x' });
      await eventually(() => reader.catchUp(10_000)); // an outage, until the new partitions have a leader
      expect(state.has(`k${n}`)).toBe(true);
    }
    await eventually(() => expect(reader.health).toBe('ready'));
  });

  it('believes the partition where a key belongs now, whatever an older one still says', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 1, true);
    const keys = Array.from({ length: 40 }, (_, n) => `key-${n}`).filter((key) => partitionFor(key, 6) !== 0);
    await publish(test, topic, Object.fromEntries(keys.map((key) => [key, 'before'])));
    await (await test.connection.admin()).createPartitions({ topicPartitions: [{ topic, count: 6 }] });
    const late = await connect();
    closing.push(late.close);
    const [deleted, ...changed] = keys;
    await publish(late, topic, { ...Object.fromEntries(changed.map((key) => [key, 'after'])), [deleted!]: null });
    const { reader, state } = read(late, topic);
    await reader.start();
    expect(new Set(state.values())).toEqual(new Set(['after']));
    expect([state.size, state.has(deleted!)]).toEqual([changed.length, false]);
  });
});

describe('the read barrier, where the end of a log is not a record', () => {
  it('passes records of transactions, committed, aborted and open', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 1, true);
    const producer = new kafkajs.Kafka({ brokers: test.connection.settings.brokers, logLevel: 0 }).producer({
      transactionalId: topic,
      idempotent: true,
      maxInFlightRequests: 1,
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    closing.push(() => producer.disconnect());
    const send = async (value: string): Promise<kafkajs.Transaction> => {
      const transaction = await producer.transaction();
      await transaction.send({ topic, messages: [{ key: 'a', value }] });
      return transaction;
    };
    await (await send('committed')).commit();
    await (await send('aborted')).abort();
    const { reader, state } = read(test, topic);
    await reader.start();
    expect(Object.fromEntries(state)).toEqual({ a: 'committed' });
    const open = await send('open');
    await reader.catchUp();
    expect(state.get('a')).toBe('committed');
    await open.commit();
    await eventually(async () => {
      await reader.catchUp();
      expect(state.get('a')).toBe('open');
    });
  });

  it('passes a log whose records have all expired', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 1);
    await publish(test, topic, { a: '1', b: '1' });
    await (await test.connection.admin()).deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '-1' }] });
    const { reader, state } = read(test, topic);
    await reader.start();
    await publish(test, topic, { c: '1' });
    await reader.catchUp();
    expect(Object.fromEntries(state)).toEqual({ c: '1' });
  });
});
