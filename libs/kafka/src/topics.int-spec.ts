import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { KafkaConnection, TopicNotCompacted, ensureTopics } from './index.js';
import { kafkaOfEachTest } from './each-test.suite.js';
import { connect } from './testing.suite.js';

const { closing } = kafkaOfEachTest();

interface Logged {
  message: string;
  fields: object;
}

async function logged(): Promise<{ connection: KafkaConnection; warnings: Logged[] }> {
  const test = await connect();
  const warnings: Logged[] = [];
  const connection = new KafkaConnection(test.connection.settings, {
    ...test.connection.logger,
    warn: (fields, message) => warnings.push({ fields, message }),
  });
  closing.push(test.close, () => connection.close());
  return { connection, warnings };
}

describe('ensuring topics', () => {
  it('makes what is missing, also while another instance does the same, and leaves the rest', async () => {
    const [one, other] = [await logged(), await logged()];
    const specs = Array.from({ length: 6 }, () => ({ name: `test.${randomUUID()}`, partitions: 6 }));
    await Promise.all([
      ensureTopics(one.connection, specs),
      ensureTopics(other.connection, specs.toReversed()),
      ensureTopics(one.connection, specs.slice(0, 3)),
    ]);
    await ensureTopics(one.connection, specs);
    const admin = await one.connection.admin();
    const { topics } = await admin.fetchTopicMetadata({ topics: specs.map(({ name }) => name) });
    expect(topics.map(({ partitions }) => partitions.length)).toEqual(specs.map(() => 6));
    expect([...one.warnings, ...other.warnings]).toEqual([]);
  });

  it('says which settings of a topic differ, and changes none', async () => {
    const { connection, warnings } = await logged();
    const name = `test.${randomUUID()}`;
    await ensureTopics(connection, [{ name, partitions: 2, retentionMs: 3_600_000 }]);
    await ensureTopics(connection, [{ name, partitions: 1, retentionMs: 7_200_000 }]);
    await expect(ensureTopics(connection, [{ name, partitions: 2, compacted: true }])).rejects.toThrow(
      `topic ${name} has cleanup.policy=delete`,
    );
    expect(warnings.map(({ fields }) => fields)).toEqual([
      { topic: name, setting: 'partitions', expected: '1', actual: '2' },
      { topic: name, setting: 'retention.ms', expected: '7200000', actual: '3600000' },
      { topic: name, setting: 'cleanup.policy', expected: 'compact', actual: 'delete' },
      { topic: name, setting: 'min.compaction.lag.ms', expected: '604800000', actual: '0' },
    ]);
  });

  it('refuses a topic of states that is compacted and loses records by time as well', async () => {
    const { connection } = await logged();
    const name = `test.${randomUUID()}`;
    const admin = await connection.admin();
    const configEntries = [{ name: 'cleanup.policy', value: 'compact,delete' }];
    await admin.createTopics({ topics: [{ topic: name, numPartitions: 1, replicationFactor: 1, configEntries }] });
    const ensured = ensureTopics(connection, [{ name, partitions: 1, compacted: true }]);
    await expect(ensured).rejects.toThrow(TopicNotCompacted);
  });
});
