import '#libs/kafka'; // first: it gives the client every codec, and tells how far a partition has been read
import kafkajs, { type Consumer } from 'kafkajs';
import { expect } from 'vitest';
import { eventually } from '../../support/eventually.js';
import { stack } from './api.js';

/** A record as any client reads it. */
export interface ReadRecord {
  topic: string;
  key: string | null;
  value: string | null;
  headers: Record<string, string>;
}

/** Not in kafkajs' types. */
interface Announces {
  on: (
    event: 'consumer.position',
    listener: (position: { payload: { topic: string; partition: number; next: number } }) => void,
  ) => void;
}

/** Every record of these topics, all where none is named, each partition from its beginning to its end as of the call. */
export async function everyRecord(...only: string[]): Promise<ReadRecord[]> {
  const kafka = new kafkajs.Kafka({ brokers: stack().brokers.split(','), logLevel: kafkajs.logLevel.NOTHING });
  const ends = await partitionEnds(kafka, only);
  const records: ReadRecord[] = [];
  const consumer = kafka.consumer({ groupId: `test.every-record.${crypto.randomUUID()}` });
  // a partition may end with what is no record: control records of a transaction
  (consumer as Consumer & Announces).on('consumer.position', ({ payload: { topic, partition, next } }) => {
    const name = `${topic}:${partition}`;
    if (next >= (ends.get(name)?.high ?? Infinity)) ends.delete(name);
  });
  await consumer.connect();
  try {
    const topics = [...new Set([...ends.values()].map(({ topic }) => topic))];
    await consumer.subscribe({ topics, fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ topic, message: { key, value, headers } }) => {
        const texts = Object.entries(headers ?? {}).map(([name, text]) => [name, String(text)]);
        const text = (bytes: Buffer | null): string | null => bytes?.toString() ?? null;
        records.push({ topic, key: text(key), value: text(value), headers: Object.fromEntries(texts) });
      },
    });
    // others go on writing: what counts is not how many were read, but that each partition was read to its end
    await eventually(() => expect([...ends.keys()]).toEqual([]));
  } finally {
    await consumer.disconnect();
  }
  return records;
}

/** The end of each partition that holds any record. */
async function partitionEnds(
  kafka: kafkajs.Kafka,
  only: readonly string[],
): Promise<Map<string, { topic: string; high: number }>> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const there = (await admin.listTopics()).filter((topic) => !topic.startsWith('__'));
    const topics = there.filter((topic) => only.length === 0 || only.includes(topic));
    const ends = new Map<string, { topic: string; high: number }>();
    for (const topic of topics)
      for (const { partition, low, high } of await admin.fetchTopicOffsets(topic))
        if (Number(high) > Number(low)) ends.set(`${topic}:${partition}`, { topic, high: Number(high) });
    return ends;
  } finally {
    await admin.disconnect();
  }
}
