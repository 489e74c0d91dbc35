import { randomUUID } from 'node:crypto';
import type { Server } from '@nestjs/microservices';
import { EMPTY, type Observable } from 'rxjs';
import { expect } from 'vitest';
import { eventually } from '../../../test/support/eventually.js';
import { quiet } from './fakes.suite.js';
import {
  KafkaConnection,
  Publisher,
  TopicReader,
  ensureTopics,
  type InboundRecord,
  type KafkaLogger,
  type KafkaSettings,
  type RecordBatch,
} from './index.js';

export interface TestKafka {
  connection: KafkaConnection;
  publisher: Publisher;
  close: () => Promise<void>;
}

/** A connection to the test run's broker. */
export async function connect(settings: Partial<KafkaSettings> = {}, logger: KafkaLogger = quiet): Promise<TestKafka> {
  const connection = new KafkaConnection(
    {
      brokers: process.env['TEST_KAFKA_BROKERS']!.split(','),
      clientId: 'test',
      replicationFactor: 1,
      minInsyncReplicas: 1,
      ...settings,
    },
    logger,
  );
  const publisher = new Publisher(connection);
  await publisher.connect();
  return {
    connection,
    publisher,
    close: async () => {
      await publisher.disconnect();
      await connection.close();
    },
  };
}

/** Hands the batches of a topic to the work, as Nest does for a consumer's method. */
export function onBatches(server: Server, topic: string, work: (batch: RecordBatch) => void): void {
  const handler = (batch: RecordBatch): Promise<Observable<never>> => {
    work(batch);
    return Promise.resolve(EMPTY);
  };
  server.addHandler(topic, handler, true);
}

/** A topic of its own, with its dead-letter topic. */
export async function newTopic({ connection }: TestKafka, partitions: number, compacted = false): Promise<string> {
  const name = `test.${randomUUID()}`;
  const retentionMs = 3_600_000;
  await ensureTopics(connection, [
    { name, partitions, compacted, retentionMs },
    { name: `${name}.dlq`, partitions: 1, retentionMs },
  ]);
  return name;
}

/** Gives a topic more partitions. Resolves when the brokers answer with them: a publisher that begins then has them. */
export async function grow({ connection }: TestKafka, topic: string, count: number): Promise<void> {
  const admin = await connection.admin();
  await admin.createPartitions({ topicPartitions: [{ topic, count }] });
  await eventually(async () => expect((await admin.describeTopics([topic])).get(topic)?.partitions).toBe(count));
}

/** Everything that is and will be on a topic, as it comes; what is read again after a lost connection is left out. */
export async function collect({ connection }: TestKafka, topic: string): Promise<InboundRecord[]> {
  const records: InboundRecord[] = [];
  const seen = new Set<string>();
  const onFatal = (error: Error): void => {
    throw error;
  };
  const reader = new TopicReader({
    connection,
    topic,
    groupPrefix: 'test.collect',
    fromBeginning: true,
    onRecord: (record) => {
      const place = `${record.partition}:${record.offset}`;
      if (!seen.has(place)) records.push(record);
      seen.add(place);
    },
    onFatal,
  });
  reader.start();
  return records;
}

/** The topic is deleted and created again, empty, with as many partitions. */
export async function recreate(
  { connection }: TestKafka,
  name: string,
  partitions: number,
  compacted = false,
): Promise<void> {
  const admin = await connection.admin();
  await admin.deleteTopics({ topics: [name] });
  await ensureTopics(connection, [{ name, partitions, compacted, retentionMs: 3_600_000 }]);
}
