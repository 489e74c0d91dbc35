import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.js';
import { offsetLabel } from './patches/consumer-internals.js';
import { ConsumerServer, DelayServer, TopicReader, ensureTopics, type InboundRecord } from './index.js';
import { kafkaOfEachTest, warningConnection } from './each-test.suite.js';
import { newTopic, onBatches, recreate, type TestKafka } from './testing.suite.js';

const { closing, kafka } = kafkaOfEachTest();

interface Consuming {
  server: ConsumerServer;
  seen: string[];
  /** Messages of the lines at level warn about topics and positions. */
  warnings: string[];
}

function consume(
  test: TestKafka,
  topic: string,
  groupId: string = randomUUID(),
  handle: (record: InboundRecord) => Promise<void> = async () => undefined,
): Consuming {
  const { connection, warnings } = warningConnection(test);
  const server = new ConsumerServer({ ...options(test, groupId), connection });
  const seen: string[] = [];
  const each = async (record: InboundRecord): Promise<void> => {
    await handle(record);
    seen.push(record.value!.toString());
  };
  onBatches(server, topic, (batch) => batch.each(each));
  server.listen(() => undefined);
  closing.push(async () => {
    await server.close();
    await connection.close();
  });
  return { server, seen, warnings };
}

const options = (
  { connection, publisher }: TestKafka,
  groupId: string,
): ConstructorParameters<typeof ConsumerServer>[0] => ({
  connection,
  transportId: Symbol(groupId),
  groupId,
  failure: { publisher, deadLetterTopic: (name) => `${name}.dlq`, maxTries: 2 },
  onFatal: (error) => {
    throw error;
  },
  drainMs: 500,
});

const send = (test: TestKafka, topic: string, name: string, count: number): Promise<void> =>
  test.publisher.publish(
    topic,
    Array.from({ length: count }, (_, n) => ({
      key: `key-${n}`,
      value: `${name}-${n}`,
      headers: { 'np-due-at': '0' },
    })),
  );
const ofName = (seen: string[], name: string): Set<string> =>
  new Set(seen.filter((value) => value.startsWith(`${name}-`)));

/** Where the group stands on the topic, by what is committed. */
async function committed(
  { connection }: TestKafka,
  groupId: string,
  topic: string,
): Promise<{ offset: string; metadata: string | null }[]> {
  const admin = await connection.admin();
  const [answer] = await admin.fetchOffsets({ groupId, topics: [topic] });
  return answer!.partitions.map(({ offset, metadata }) => ({ offset, metadata }));
}

describe('a consumer whose topic is created again while it runs', () => {
  it.each([
    { name: 'is shorter than the old one was read', count: 7 },
    { name: 'is longer than the old one was read', count: 60 },
  ])('takes every record of the new log where that $name, and says so once', async ({ count }) => {
    const test = await kafka();
    const topic = await newTopic(test, 2);
    const { server, seen, warnings } = consume(test, topic);
    await send(test, topic, 'old', 30);
    await eventually(() => expect(ofName(seen, 'old').size).toBe(30));
    await recreate(test, topic, 2);
    await send(test, topic, 'new', count);
    await eventually(() => expect(ofName(seen, 'new').size).toBe(count));
    await send(test, topic, 'later', 5);
    await eventually(() => expect(ofName(seen, 'later').size).toBe(5));
    await eventually(() => expect(warnings).toEqual(['kafka.topic-recreated']));
    expect(server.health).toBe('ready');
  });

  it('sees to its end what it took before, and commits nothing of it', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 1);
    const groupId = randomUUID();
    let release = (): void => undefined;
    const hang = new Promise<void>((resolve) => (release = resolve));
    const owned: boolean[] = [];
    const { seen } = consume(test, topic, groupId, async (record) => {
      if (record.value!.toString() !== 'old-3') return;
      await hang;
      owned.push(record.owned);
    });
    await send(test, topic, 'old', 10);
    await eventually(() => expect(seen).toHaveLength(9));
    await recreate(test, topic, 1);
    await send(test, topic, 'new', 2);
    await eventually(() => expect(ofName(seen, 'new').size).toBe(2));
    release();
    await eventually(() => expect(ofName(seen, 'old').size).toBe(10));
    expect(owned).toEqual([true]);
    await eventually(async () => expect((await committed(test, groupId, topic))[0]!.offset).toBe('2'));
  });

  it('goes on with its other topics while one is gone', async () => {
    const test = await kafka();
    const [one, other] = [await newTopic(test, 1), await newTopic(test, 1)];
    const both = new ConsumerServer(options(test, randomUUID()));
    closing.push(() => both.close());
    const got: string[] = [];
    for (const topic of [one, other])
      onBatches(both, topic, (batch) => batch.each(async (record) => void got.push(record.value!.toString())));
    both.listen(() => undefined);
    await send(test, one, 'one', 1);
    await eventually(() => expect(got).toEqual(['one-0']));
    const changes: string[] = [];
    test.connection.topics.watch(one, ({ kind }) => changes.push(kind));
    await (await test.connection.admin()).deleteTopics({ topics: [one] });
    await eventually(() => expect(changes.at(-1)).toBe('vanished'));
    for (let n = 0; n < 5; n += 1) {
      await send(test, other, `other${n}`, 1);
      await eventually(() => expect(got).toContain(`other${n}-0`));
    }
    await ensureTopics(test.connection, [{ name: one, partitions: 1 }]);
    await eventually(() => expect(both.assignment.get(one)?.size).toBe(1));
  });
});

describe('a consumer that starts', () => {
  it('does not believe a position that was committed for an earlier topic of the name', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 1);
    const groupId = randomUUID();
    const first = consume(test, topic, groupId);
    await send(test, topic, 'old', 5);
    await eventually(async () => expect((await committed(test, groupId, topic))[0]!.offset).toBe('5'));
    const { metadata } = (await committed(test, groupId, topic))[0]!;
    expect(metadata).toMatch(/^topic-id:[0-9a-f]{32}$/);
    await first.server.close();
    await recreate(test, topic, 1);
    await send(test, topic, 'new', 8);
    await commitLate(test, groupId, { topic, partition: 0, offset: '5', metadata: metadata! });
    const second = consume(test, topic, groupId);
    await eventually(() => expect(ofName(second.seen, 'new').size).toBe(8));
    await eventually(() => expect(second.warnings).toEqual(['kafka.positions-out-of-range']));
  });

  it('goes on where the group stands, also by a position without a label', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 1);
    const groupId = randomUUID();
    await send(test, topic, 'all', 8);
    await commitLate(test, groupId, { topic, partition: 0, offset: '5' });
    const { seen, warnings } = consume(test, topic, groupId);
    await eventually(() => expect(seen).toEqual(['all-5', 'all-6', 'all-7']));
    expect(warnings).toEqual([]);
  });

  it('says that records expired before it read them, and goes on with the first that is left', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 1);
    const groupId = randomUUID();
    await send(test, topic, 'all', 8);
    await commitLate(test, groupId, { topic, partition: 0, offset: '2' });
    const admin = await test.connection.admin();
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '6' }] });
    const { seen, warnings } = consume(test, topic, groupId);
    await eventually(() => expect(seen).toEqual(['all-6', 'all-7']));
    await eventually(() => expect(warnings).toEqual(['kafka.positions-out-of-range']));
  });
});

describe('a topic that is given more partitions', () => {
  it('is taken up by consumers, readers and publishers within ten seconds', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 2);
    const { server, seen } = consume(test, topic);
    const read: number[] = [];
    const reader = new TopicReader({
      connection: test.connection,
      topic,
      groupPrefix: 'test.growth',
      fromBeginning: true,
      onRecord: ({ partition }) => void read.push(partition),
      onFatal: (error) => {
        throw error;
      },
    });
    reader.start();
    closing.push(() => reader.stop());
    await send(test, topic, 'before', 20);
    await eventually(() => expect([seen.length, read.length]).toEqual([20, 20]));
    await (await test.connection.admin()).createPartitions({ topicPartitions: [{ topic, count: 8 }] });
    await eventually(() => expect(server.assignment.get(topic)?.size).toBe(8));
    await eventually(async () => {
      await send(test, topic, 'after', 100);
      expect(new Set(read).size).toBe(8);
    });
    await eventually(() => expect(ofName(seen, 'after').size).toBe(100));
  });
});

describe('the delay consumer', () => {
  it('takes every record of a topic that is created again, also while its head waits', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 1);
    const groupId = randomUUID();
    const server = new DelayServer({ ...options(test, groupId), topics: [topic] });
    const seen: string[] = [];
    onBatches(server, 'any', (batch) => batch.each(async (record) => void seen.push(record.value!.toString())));
    server.listen(() => undefined);
    closing.push(() => server.close());
    await send(test, topic, 'old', 3);
    const farAway = String(Date.now() + 3_600_000);
    await test.publisher.publish(topic, { key: 'k', value: 'waits', headers: { 'np-due-at': farAway } });
    await eventually(() => expect(seen).toHaveLength(3));
    await recreate(test, topic, 1);
    await send(test, topic, 'new', 6);
    await eventually(() => expect(ofName(seen, 'new').size).toBe(6));
    await eventually(async () => expect((await committed(test, groupId, topic))[0]!.offset).toBe('6'));
  });
});

/** As a member of the group does whose commit was on its way while the topic was created again. */
async function commitLate(
  { connection }: TestKafka,
  groupId: string,
  position: { topic: string; partition: number; offset: string; metadata?: string },
): Promise<void> {
  const consumer = connection.consumer({ groupId });
  await consumer.connect();
  await consumer.subscribe({ topic: position.topic });
  const joined = new Promise<void>((resolve) => consumer.on(consumer.events.GROUP_JOIN, () => resolve()));
  await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: async () => undefined });
  await joined;
  await consumer.commitOffsets([position]);
  await consumer.disconnect();
}

describe('the label of a commit', () => {
  it('is left out where the brokers give topics no ids', () => {
    expect([offsetLabel('ab'), offsetLabel(null), offsetLabel(undefined)]).toEqual(['topic-id:ab', null, null]);
  });
});
