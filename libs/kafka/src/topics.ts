import type { Admin, ITopicConfig } from 'kafkajs';
import type { KafkaConnection, KafkaSettings } from './connection.js';
import { KafkaUnavailable, isForbidden, isOutage, keepTrying } from './outage.js';
import { kafkajs } from './patches/index.js';

export interface TopicSpec {
  name: string;
  partitions: number;
  compacted?: boolean;
  /** The broker's own where it is left out; of no meaning for a compacted topic. */
  retentionMs?: number;
}

const GIVE_UP_AFTER_MS = 120_000;
const LEADERS_WITHIN_MS = 10_000;

/** A topic of states that loses them by and by: nothing is to be built on it. */
export class TopicNotCompacted extends Error {
  override readonly name = 'TopicNotCompacted';
}

/** Topics are not there, and this service does not create them: somebody else has to, and then it goes on. */
export class TopicsMissing extends KafkaUnavailable {
  constructor(topics: string[], why: string) {
    const several = topics.length > 1;
    super(
      `topic${several ? 's' : ''} ${topics.join(', ')} ${several ? 'do' : 'does'} not exist, or may not be seen by this service, and ${why}`,
    );
  }
}

/**
 * Creates the topics that are missing and waits until they take records; waits up to two minutes for brokers that are
 * not up yet. A topic that is there stays as it is: what differs is logged. One that vanishes later is created again.
 * @throws TopicNotCompacted where a topic that is to be compacted, and nothing else, is not
 */
export async function ensureTopics(connection: KafkaConnection, specs: TopicSpec[]): Promise<void> {
  const deadline = Date.now() + GIVE_UP_AFTER_MS;
  await keepTrying(async () => ensure(await connection.admin(), connection, specs), {
    signal: () => Date.now() < deadline,
    onRetry: (error, tries) => {
      if (connection.access.failed('topics', error)) return;
      if (tries === 1) connection.logger.warn({ reason: String(error) }, 'kafka.awaited');
    },
  });
  connection.access.succeeded('topics');
  for (const spec of specs) connection.keeper.keep(spec.name, () => remake(connection, spec));
}

async function remake(connection: KafkaConnection, spec: TopicSpec): Promise<void> {
  const admin = await connection.admin();
  if (!(await admin.listTopics()).includes(spec.name)) await create(admin, connection, [spec]);
  await leadersServe(admin, spec.name);
}

/** The names of the topics that are there and begin with the prefix, in their order. */
export async function topicsBeginning(connection: KafkaConnection, prefix: string): Promise<string[]> {
  const admin = await connection.admin();
  return (await admin.listTopics()).filter((name) => name.startsWith(prefix)).sort();
}

async function ensure(admin: Admin, connection: KafkaConnection, specs: TopicSpec[]): Promise<void> {
  const existing = new Set(await admin.listTopics());
  const missing = specs.filter(({ name }) => !existing.has(name));
  if (missing.length > 0) await create(admin, connection, missing);
  await Promise.all(specs.map(({ name }) => leadersServe(admin, name)));
  await compareSettings(
    admin,
    connection,
    specs.filter(({ name }) => existing.has(name)),
  );
}

async function create(admin: Admin, connection: KafkaConnection, missing: TopicSpec[]): Promise<void> {
  const { settings, logger, names } = connection;
  const physical = missing.map(({ name }) => names.physical(name));
  if (settings.createTopics === false) throw new TopicsMissing(physical, 'KAFKA_CREATE_TOPICS is false');
  try {
    await admin.createTopics({ topics: missing.map((spec) => topicConfig(settings, spec)), waitForLeaders: true });
    logger.info({ topics: missing.map(({ name }) => name) }, 'kafka.topics-created');
  } catch (error) {
    if (isForbidden(error)) throw new TopicsMissing(physical, 'the brokers do not allow it to create them');
    if (!isAlreadyThere(error)) throw error; // another instance was faster
  }
}

/**
 * Metadata names the leaders of a new topic before they serve it. A send that one of them refuses is sent again to all,
 * and what the others had taken is there twice: so each is asked first.
 */
async function leadersServe(admin: Admin, topic: string): Promise<void> {
  const deadline = Date.now() + LEADERS_WITHIN_MS;
  await keepTrying(() => admin.fetchTopicOffsets(topic), { signal: () => Date.now() < deadline });
}

function topicConfig(settings: KafkaSettings, spec: TopicSpec): ITopicConfig {
  return {
    topic: spec.name,
    numPartitions: spec.partitions,
    replicationFactor: settings.replicationFactor,
    configEntries: Object.entries(configOf(settings, spec)).map(([name, value]) => ({ name, value })),
  };
}

/**
 * A state that came late says since when events have passed it by. Where a newer state of the same key replaced it while no
 * reader ran, nobody would learn of that: each is kept for as long as the events are, seven days.
 */
const EVERY_STATE_MS = 7 * 24 * 60 * 60 * 1000;

function configOf({ minInsyncReplicas }: KafkaSettings, { compacted, retentionMs }: TopicSpec): Record<string, string> {
  return {
    'cleanup.policy': compacted ? 'compact' : 'delete',
    ...(compacted ? { 'min.compaction.lag.ms': String(EVERY_STATE_MS) } : {}),
    ...(compacted || retentionMs === undefined ? {} : { 'retention.ms': String(retentionMs) }),
    'min.insync.replicas': String(minInsyncReplicas),
  };
}

function isAlreadyThere(error: unknown): boolean {
  const errors = error instanceof kafkajs.KafkaJSAggregateError ? error.errors : [error];
  return errors.every((one) => (one as { type?: string }).type === 'TOPIC_ALREADY_EXISTS');
}

type Settings = Record<string, string | undefined>;

async function compareSettings(admin: Admin, connection: KafkaConnection, specs: TopicSpec[]): Promise<void> {
  if (specs.length === 0) return;
  const { settings, logger } = connection;
  const { topics } = await admin.fetchTopicMetadata({ topics: specs.map(({ name }) => name) });
  const configs = await readConfigs(admin, connection, specs);
  for (const spec of specs) {
    const partitions = topics.find(({ name }) => name === spec.name)?.partitions.length;
    const actual: Settings = { partitions: String(partitions), ...configs?.get(spec.name) };
    const expected = { partitions: String(spec.partitions), ...(configs ? configOf(settings, spec) : {}) };
    for (const [setting, value] of Object.entries(expected))
      if (actual[setting] !== value)
        logger.warn({ topic: spec.name, setting, expected: value, actual: actual[setting] }, 'kafka.topic-differs');
    if (configs && spec.compacted) refuseUncompacted(connection.names.physical(spec.name), actual['cleanup.policy']);
  }
}

/** Undefined where we may not read them: that is no reason not to start. */
async function readConfigs(
  admin: Admin,
  { logger }: KafkaConnection,
  specs: TopicSpec[],
): Promise<Map<string, Settings> | undefined> {
  try {
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: specs.map(({ name }) => ({ type: kafkajs.ConfigResourceTypes.TOPIC, name })),
    });
    return new Map(
      resources.map(({ resourceName, configEntries }) => [
        resourceName,
        Object.fromEntries(configEntries.map(({ configName, configValue }) => [configName, configValue])),
      ]),
    );
  } catch (error) {
    if (isOutage(error) && !isForbidden(error)) throw error;
    const compacted = specs.filter((spec) => spec.compacted).map(({ name }) => name);
    logger.warn({ reason: String(error), compactionNotChecked: compacted }, 'kafka.topic-settings-unreadable');
    return undefined;
  }
}

function refuseUncompacted(topic: string, policy: string | undefined): void {
  if (policy === 'compact') return;
  throw new TopicNotCompacted(
    `topic ${topic} has cleanup.policy=${policy}: it must be compact, and nothing else, or states are lost from it. ` +
      `Set it with: kafka-configs --alter --topic ${topic} --add-config cleanup.policy=compact`,
  );
}
