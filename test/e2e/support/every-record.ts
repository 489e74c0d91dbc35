import kafkajs from 'kafkajs';
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

/** Every record of every topic, each partition from its beginning to its end as of the call. */
export async function everyRecord(): Promise<ReadRecord[]> {
  const kafka = new kafkajs.Kafka({ brokers: stack().brokers.split(','), logLevel: kafkajs.logLevel.NOTHING });
  const ends = await partitionEnds(kafka);
  const records: ReadRecord[] = [];
  const consumer = kafka.consumer({ groupId: `test.every-record.${crypto.randomUUID()}` });
  await consumer.connect();
  try {
    await consumer.subscribe({
      topics: [...new Set([...ends.values()].map(({ topic }) => topic))],
      fromBeginning: true,
    });
    await consumer.run({
      eachMessage: async ({ topic, partition, message: { key, value, headers, offset } }) => {
        const texts = Object.entries(headers ?? {}).map(([name, text]) => [name, String(text)]);
        const text = (bytes: Buffer | null): string | null => bytes?.toString() ?? null;
        records.push({ topic, key: text(key), value: text(value), headers: Object.fromEntries(texts) });
        // others go on writing: what counts is not how many were read, but that each partition was read to its end
        if (Number(offset) >= (ends.get(`${topic}:${partition}`)?.last ?? Infinity))
          ends.delete(`${topic}:${partition}`);
      },
    });
    await eventually(() => expect([...ends.keys()]).toEqual([]));
  } finally {
    await consumer.disconnect();
  }
  return records;
}

/** The last offset of each partition that holds any record. */
async function partitionEnds(kafka: kafkajs.Kafka): Promise<Map<string, { topic: string; last: number }>> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const topics = (await admin.listTopics()).filter((topic) => !topic.startsWith('__'));
    const ends = new Map<string, { topic: string; last: number }>();
    for (const topic of topics)
      for (const { partition, low, high } of await admin.fetchTopicOffsets(topic))
        if (Number(high) > Number(low)) ends.set(`${topic}:${partition}`, { topic, last: Number(high) - 1 });
    return ends;
  } finally {
    await admin.disconnect();
  }
}
