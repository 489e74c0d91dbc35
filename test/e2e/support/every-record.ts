import { expect } from 'vitest';
import { KafkaConnection, TopicReader } from '#libs/kafka';
import { eventually } from '../../support/eventually.js';
import { stack } from './api.js';

/** A record as any client reads it. */
export interface ReadRecord {
  topic: string;
  key: string | null;
  value: string | null;
  headers: Record<string, string>;
}

const silent = (): void => undefined;

/**
 * Every record of these topics, all where none is named, each partition from its beginning to its end as of the call. Read
 * by our own reader: other tests leave batches of every codec, and partitions that end with a control record.
 */
export async function everyRecord(...only: string[]): Promise<ReadRecord[]> {
  const connection = new KafkaConnection(
    { brokers: stack().brokers.split(','), clientId: 'test', replicationFactor: 1, minInsyncReplicas: 1 },
    { debug: silent, info: silent, warn: silent, error: silent },
  );
  try {
    const admin = await connection.admin();
    const topics = only.length > 0 ? only : (await admin.listTopics()).filter((topic) => !topic.startsWith('__'));
    return (await Promise.all(topics.map((topic) => everyRecordOf(connection, topic)))).flat();
  } finally {
    await connection.close();
  }
}

async function everyRecordOf(connection: KafkaConnection, topic: string): Promise<ReadRecord[]> {
  const ends = await (await connection.admin()).fetchTopicOffsets(topic);
  const unread = new Map(
    ends.filter(({ low, high }) => Number(high) > Number(low)).map((end) => [end.partition, Number(end.high)]),
  );
  if (unread.size === 0) return [];
  const records: ReadRecord[] = [];
  const reader = new TopicReader({
    connection,
    topic,
    groupPrefix: 'test.every-record',
    fromBeginning: true,
    onRecord: ({ key, value, headers }) => records.push({ topic, key, value: value?.toString() ?? null, headers }),
    onRead: (partition, next) => {
      if (next >= (unread.get(partition) ?? Infinity)) unread.delete(partition);
    },
    onFatal: (error) => {
      throw error;
    },
  });
  reader.start();
  try {
    await eventually(() => expect([...unread.keys()]).toEqual([]));
  } finally {
    await reader.stop();
  }
  return records;
}
