import { type Kafka } from 'kafkajs';
import { expect } from 'vitest';
import { eventually } from './eventually.js';

/** Of the protocol: the configuration of a topic. */
const TOPIC_RESOURCE = 2;

/**
 * Sets the largest batch that a topic takes, and resolves once the brokers hold to it, which is some time after they have
 * said yes: half of it is taken, as a tombstone of a key that nobody uses, and more than it is refused.
 *
 * @param policy the topic's `cleanup.policy`, which would go back to the brokers' own otherwise
 */
export async function limitRecords(
  kafka: Pick<Kafka, 'admin' | 'producer'>,
  { topic, bytes, policy = 'delete' }: { topic: string; bytes: number; policy?: 'compact' | 'delete' },
): Promise<void> {
  const admin = kafka.admin();
  const producer = kafka.producer();
  const probe = (size: number): Promise<unknown> =>
    producer.send({ topic, messages: [{ key: 'probe', value: null, headers: { filler: 'x'.repeat(size) } }] });
  try {
    await Promise.all([admin.connect(), producer.connect()]);
    const configEntries = [
      { name: 'cleanup.policy', value: policy },
      { name: 'max.message.bytes', value: String(bytes) },
    ];
    await admin.alterConfigs({
      validateOnly: false,
      resources: [{ type: TOPIC_RESOURCE, name: topic, configEntries }],
    });
    await eventually(async () => {
      await expect(probe(bytes)).rejects.toMatchObject({ type: 'MESSAGE_TOO_LARGE' });
      await probe(Math.floor(bytes / 2));
    });
  } finally {
    await Promise.all([admin.disconnect(), producer.disconnect()]);
  }
}
