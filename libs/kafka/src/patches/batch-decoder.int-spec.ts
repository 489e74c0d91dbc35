import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../../../test/support/eventually.js';
import { crc32c } from './crc32c.js';
import { ConsumerServer, DelayServer, StateReader, type RecordBatch } from '../index.js';
import { kafkaOfEachTest } from '../each-test.suite.js';
import { collect, newTopic, type TestKafka } from '../testing.suite.js';

const { closing, kafka } = kafkaOfEachTest();

type Make = (options: ConstructorParameters<typeof ConsumerServer>[0], topic: string) => ConsumerServer | DelayServer;

/** The values of all records that a consumer of this kind is handed. */
function consume({ connection, publisher }: TestKafka, topic: string, groupId: string, make: Make): string[] {
  const seen: string[] = [];
  const options = {
    connection,
    transportId: Symbol(topic),
    groupId,
    failure: { publisher, deadLetterTopic: (name: string) => `${name}.dlq` },
    onFatal: (error: Error) => {
      throw error;
    },
    drainMs: 500,
  };
  const server = make(options, topic);
  server.addHandler(
    topic,
    (batch: RecordBatch) => Promise.resolve(batch.each(async ({ value }) => void seen.push(String(value)))) as never,
    true,
  );
  server.listen(() => undefined);
  closing.push(() => server.close());
  return seen;
}

const makes: { name: string; make: Make }[] = [
  { name: 'a consumer', make: (options) => new ConsumerServer(options) },
  { name: 'the delay consumer', make: (options, topic) => new DelayServer({ ...options, topics: [topic] }) },
];

describe.each(['gzip', 'snappy', 'lz4', 'zstd'])('batches compressed with %s by the broker', (codec) => {
  it('are read', async () => {
    const test = await kafka();
    const topic = `test.${randomUUID()}`;
    const configEntries = [{ name: 'compression.type', value: codec }];
    // from its beginning: a broker applies a change of it some time after it has answered
    const admin = await test.connection.admin();
    await admin.createTopics({ topics: [{ topic, numPartitions: 1, replicationFactor: 1, configEntries }] });
    const values = Array.from({ length: 300 }, (_, n) => `${n} of some words, of some words, of some words`);
    await test.publisher.publish(
      topic,
      values.map((value) => ({ key: 'k', value })),
    );
    const seen = consume(test, topic, randomUUID(), makes[0]!.make);
    await eventually(() => expect(seen).toEqual(values));
    const log = readFileSync(segment(topic));
    expect(log.readInt16BE(21) & 7).toBe(['none', 'gzip', 'snappy', 'lz4', 'zstd'].indexOf(codec));
  });
});

describe('a batch that cannot be decoded', () => {
  it.each(makes)('is set aside by $name with its place and its bytes, and the next one is taken', async ({ make }) => {
    const test = await kafka();
    const topic = await newTopic(test, 1);
    const groupId = randomUUID();
    for (const value of ['one', 'damaged', 'three', 'strange', 'five'])
      await test.publisher.publish(topic, [
        { key: 'k', value: `${value}-a` },
        { key: 'k', value: `${value}-b` },
      ]);
    const { damaged } = spoil(topic);
    const letters = await collect(test, `${topic}.dlq`);
    const seen = consume(test, topic, groupId, make);
    await eventually(() =>
      expect(seen).toEqual(['one', 'three', 'five'].flatMap((value) => [`${value}-a`, `${value}-b`])),
    );
    await eventually(() => expect(letters).toHaveLength(2));
    const [first, second] = letters.toSorted(
      (a, b) => Number(a.headers['np-original-offset']) - Number(b.headers['np-original-offset']),
    );
    expect(first!.headers).toMatchObject({
      'np-original-topic': topic,
      'np-original-partition': '0',
      'np-original-offset': '2',
      'np-original-last-offset': '3',
      'np-error-code': 'undecodable',
      'np-error-reason': 'the batch of offsets 2 to 3 cannot be decoded: its checksum is wrong',
    });
    expect(first!.value!.equals(damaged)).toBe(true);
    expect(second!.headers['np-error-reason']).toContain('codec 6');
    await eventually(async () => {
      const [group] = await (await test.connection.admin()).fetchOffsets({ groupId, topics: [topic] });
      expect(group!.partitions[0]!.offset).toBe('10');
    });
  });

  it('is set aside by a state reader, which reads the rest', async () => {
    const test = await kafka();
    const topic = await newTopic(test, 1);
    for (const key of ['one', 'damaged', 'three', 'strange', 'five'])
      await test.publisher.publish(topic, [
        { key, value: `${key}-a` },
        { key: `${key}-b`, value: '' },
      ]);
    spoil(topic);
    const state = new Set<string>();
    const unreadable: string[] = [];
    const reader = new StateReader({
      connection: test.connection,
      topic,
      groupPrefix: 'test.undecodable',
      apply: ({ key }) => state.add(key!),
      onUnreadable: async (_, error) => void unreadable.push(error.message),
      onFatal: (error) => {
        throw error;
      },
    });
    closing.push(() => reader.stop());
    await reader.start();
    expect([...state]).toEqual(['one', 'one-b', 'three', 'three-b', 'five', 'five-b']);
    expect(unreadable).toHaveLength(2);
  });
});

const segment = (topic: string): string =>
  join(process.env['TEST_KAFKA_LOGS']!, `${topic}-0`, '00000000000000000000.log');

/** Damages the second batch of the log where the broker keeps it, and gives the fourth a codec that nobody knows. */
function spoil(topic: string): { damaged: Buffer } {
  const log = readFileSync(segment(topic));
  const batches: Buffer[] = [];
  for (let at = 0; at < log.length && log.readInt32BE(at + 8) > 0; at += batches.at(-1)!.length)
    batches.push(log.subarray(at, at + 12 + log.readInt32BE(at + 8)));
  const [, damaged, , strange] = batches;
  damaged![damaged!.length - 3]! ^= 0xff;
  strange!.writeInt16BE(6, 21);
  strange!.writeUInt32BE(crc32c(strange!.subarray(21)), 17);
  writeFileSync(segment(topic), log, { flag: 'r+' });
  return { damaged: damaged! };
}
