import kafkajs from 'kafkajs';
import type { Admin, ITopicConfig } from 'kafkajs';
import type { KafkaConnection } from './connection.js';
import { keepTrying } from './outage.js';

export interface TopicSpec {
  name: string;
  partitions: number;
  compacted?: boolean;
  retentionMs?: number;
}

const GIVE_UP_AFTER_MS = 120_000;

/** Creates the topics that are missing and waits for their leaders; waits up to two minutes for brokers that are not up yet. */
export async function ensureTopics(connection: KafkaConnection, specs: TopicSpec[]): Promise<void> {
  const deadline = Date.now() + GIVE_UP_AFTER_MS;
  await keepTrying(async () => create(await connection.admin(), connection, specs), {
    signal: () => Date.now() < deadline,
    onRetry: (error, tries) => {
      if (tries === 1) connection.logger.warn({ reason: String(error) }, 'kafka.awaited');
    },
  });
}

async function create(admin: Admin, connection: KafkaConnection, specs: TopicSpec[]): Promise<void> {
  const existing = new Set(await admin.listTopics());
  const missing = specs.filter(({ name }) => !existing.has(name));
  if (missing.length > 0) {
    try {
      await admin.createTopics({ topics: missing.map((spec) => topicConfig(connection, spec)), waitForLeaders: true });
      connection.logger.info({ topics: missing.map(({ name }) => name) }, 'kafka.topics-created');
    } catch (error) {
      if (!isAlreadyThere(error)) throw error; // another instance was faster
    }
  }
  await warnOfDifferences(
    admin,
    connection,
    specs.filter(({ name }) => existing.has(name)),
  );
}

function topicConfig(
  { settings }: KafkaConnection,
  { name, partitions, compacted, retentionMs }: TopicSpec,
): ITopicConfig {
  const cleanup = compacted ? { 'cleanup.policy': 'compact' } : { 'retention.ms': String(retentionMs) };
  return {
    topic: name,
    numPartitions: partitions,
    replicationFactor: settings.replicationFactor,
    configEntries: Object.entries({ ...cleanup, 'min.insync.replicas': String(settings.minInsyncReplicas) }).map(
      ([key, value]) => ({ name: key, value }),
    ),
  };
}

function isAlreadyThere(error: unknown): boolean {
  const errors = error instanceof kafkajs.KafkaJSAggregateError ? error.errors : [error];
  return errors.every((one) => (one as { type?: string }).type === 'TOPIC_ALREADY_EXISTS');
}

async function warnOfDifferences(admin: Admin, connection: KafkaConnection, specs: TopicSpec[]): Promise<void> {
  if (specs.length === 0) return;
  const { topics } = await admin.fetchTopicMetadata({ topics: specs.map(({ name }) => name) });
  for (const { name, partitions } of specs) {
    const actual = topics.find((topic) => topic.name === name)?.partitions.length;
    if (actual !== partitions)
      connection.logger.warn({ topic: name, expected: partitions, actual }, 'kafka.topic-differs');
  }
}
