import { createRequire } from 'node:module';
import type { Admin } from 'kafkajs';
import { replaceModule } from './replace-module.js';
import {
  METADATA,
  METADATA_VERSION,
  metadataOf,
  withoutIds,
  type Protocol,
  type TopicState,
} from './topic-metadata.js';

/** The end of one partition: the offset that its next record will get. */
export interface PartitionEnd {
  partition: number;
  end: number;
}

export interface AdminClient extends Admin {
  /** Where each partition of a topic ends, by one request. */
  fetchTopicEnds(topic: string): Promise<PartitionEnd[]>;
  /**
   * Id and number of partitions of topics, by one request; a topic of which a broker knows nothing yet is left out.
   * No ids below version 12 of the request, which is the one that is used where the brokers have it.
   */
  describeTopics(topics: readonly string[], version?: number): Promise<Map<string, TopicState>>;
}

/** kafkajs' broker, likewise. */
interface Broker {
  versions: Record<number, { maxVersion: number } | undefined>;
  connectionPool: { send<T>(protocol: Protocol<T>): Promise<T> };
  lookupRequest(apiKey: number, requests: object): (parameters: object) => Protocol<unknown>;
  disconnect(): Promise<void>;
}

/** kafkajs' cluster, as far as it is of use here. */
interface Cluster {
  targetTopics: Set<string>;
  brokerPool: { findConnectedBroker(): Promise<Broker> };
  findTopicPartitionMetadata(topic: string): { partitionId: number }[];
  fetchTopicsOffset(
    topics: { topic: string; fromBeginning: boolean; partitions: { partition: number }[] }[],
  ): Promise<{ partitions: { partition: number; offset: string }[] }[]>;
}

type CreateAdmin = (options: { cluster: Cluster }) => Admin;

/** How long it is believed who leads a partition; a broker that no longer does says so. */
const LEADERS_KNOWN_MS = 5_000;

/**
 * kafkajs' admin asks, each time and one after the other, who leads, where a partition ends and where it begins. Who
 * only has to know the end, and often, waits for two answers too many.
 */
function adminClient(admin: Admin, cluster: Cluster): AdminClient {
  let knownUntil = 0;

  const askAll = async (topic: string): Promise<PartitionEnd[]> => {
    const offsets = await admin.fetchTopicOffsets(topic);
    knownUntil = Date.now() + LEADERS_KNOWN_MS;
    return offsets.map(({ partition, high }) => ({ partition, end: Number(high) }));
  };

  const askEnds = async (topic: string): Promise<PartitionEnd[]> => {
    const partitions = cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => ({ partition: partitionId }));
    const [answer] = await cluster.fetchTopicsOffset([{ topic, fromBeginning: false, partitions }]);
    return answer!.partitions.map(({ partition, offset }) => ({ partition, end: Number(offset) }));
  };

  const fetchTopicEnds = async (topic: string): Promise<PartitionEnd[]> => {
    if (Date.now() >= knownUntil || !cluster.targetTopics.has(topic)) return askAll(topic);
    try {
      return await askEnds(topic);
    } catch {
      return askAll(topic); // another broker leads by now, or the connection is lost: this one sees to it, or says why not
    }
  };

  return { ...admin, fetchTopicEnds, describeTopics: (topics, version) => describeTopics(cluster, topics, version) };
}

async function describeTopics(
  cluster: Cluster,
  topics: readonly string[],
  version = METADATA_VERSION,
): Promise<Map<string, TopicState>> {
  const broker = await cluster.brokerPool.findConnectedBroker();
  const knowsIds = Math.min(version, broker.versions[METADATA]?.maxVersion ?? 0) >= METADATA_VERSION;
  try {
    return await broker.connectionPool.send(knowsIds ? metadataOf(topics) : withoutIds(olderRequest(broker, topics)));
  } catch (error) {
    if ((error as Error).name === 'KafkaJSConnectionClosedError') await broker.disconnect(); // as kafkajs does: the next call connects
    throw error;
  }
}

function olderRequest(broker: Broker, topics: readonly string[]): Protocol<unknown> {
  const { requests } = createRequire(import.meta.url)('kafkajs/src/protocol/requests') as {
    requests: { Metadata: object };
  };
  return broker.lookupRequest(METADATA, requests.Metadata)({ topics, allowAutoTopicCreation: false });
}

replaceModule<CreateAdmin>(
  'kafkajs/src/admin/index.js',
  (createAdmin) => (options) => adminClient(createAdmin(options), options.cluster),
);
