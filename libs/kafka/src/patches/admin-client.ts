import type { Admin } from 'kafkajs';
import { replaceModule } from './replace-module.js';
import { describeTopics, type BrokerSource } from '../describe-topics.js';
import { KafkaUnavailable } from '../outage.js';
import type { TopicState } from '../topic-metadata.js';

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

/** kafkajs' cluster, as far as it is of use here. */
interface Cluster extends BrokerSource {
  isolationLevel: number | undefined;
  findTopicPartitionMetadata(topic: string): { partitionId: number }[];
  fetchTopicsOffset(
    topics: { topic: string; fromBeginning: boolean; partitions: { partition: number }[] }[],
  ): Promise<{ partitions: { partition: number; offset: string }[] }[]>;
}

type CreateAdmin = (options: { cluster: Cluster }) => Admin;

/** How long it is believed who leads a partition; a broker that no longer does says so. */
const LEADERS_KNOWN_MS = 5_000;
/** How long it is believed how many partitions there are: for who asks all the time, so that this is not asked each time. */
const COUNT_KNOWN_MS = 50;
/** An end is where readers get to: below the first transaction that is open. */
const READ_COMMITTED = 1;

/**
 * kafkajs' admin asks, each time and one after the other, who leads, where a partition ends and where it begins. Who
 * only has to know the end, and often, waits for two answers too many.
 */
function adminClient(admin: Admin, cluster: Cluster): AdminClient {
  const known = new Map<string, { leadersUntil: number; countUntil: number }>();
  cluster.isolationLevel = READ_COMMITTED;

  const fetchTopicOffsets: Admin['fetchTopicOffsets'] = async (topic) => {
    try {
      return await admin.fetchTopicOffsets(topic);
    } catch (error) {
      // of a topic without partitions kafkajs fails by a TypeError
      throw error instanceof TypeError ? new KafkaUnavailable(`${topic} is not there`, { cause: error }) : error;
    }
  };

  const askAll = async (topic: string): Promise<PartitionEnd[]> => {
    const offsets = await fetchTopicOffsets(topic);
    const now = Date.now();
    known.set(topic, { leadersUntil: now + LEADERS_KNOWN_MS, countUntil: now + COUNT_KNOWN_MS });
    return offsets.map(({ partition, high }) => ({ partition, end: Number(high) }));
  };

  const hasGrown = async (topic: string, count: number): Promise<boolean> => {
    const one = known.get(topic)!;
    const now = Date.now();
    if (now < one.countUntil) return false;
    const state = (await describeTopics(cluster, [topic])).get(topic);
    one.countUntil = now + COUNT_KNOWN_MS;
    return state?.partitions !== count;
  };

  const askEnds = async (topic: string): Promise<PartitionEnd[] | undefined> => {
    const partitions = cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => ({ partition: partitionId }));
    const [[answer], grown] = await Promise.all([
      cluster.fetchTopicsOffset([{ topic, fromBeginning: false, partitions }]),
      hasGrown(topic, partitions.length),
    ]);
    return grown ? undefined : answer!.partitions.map(({ partition, offset }) => ({ partition, end: Number(offset) }));
  };

  const fetchTopicEnds = async (topic: string): Promise<PartitionEnd[]> => {
    if (Date.now() >= (known.get(topic)?.leadersUntil ?? 0)) return askAll(topic);
    try {
      return (await askEnds(topic)) ?? (await askAll(topic));
    } catch {
      return askAll(topic); // another broker leads by now, or the connection is lost: this one sees to it, or says why not
    }
  };

  return {
    ...admin,
    fetchTopicOffsets,
    fetchTopicEnds,
    describeTopics: (topics, version) => describeTopics(cluster, topics, version),
  };
}

replaceModule<CreateAdmin>(
  'kafkajs/src/admin/index.js',
  (createAdmin) => (options) => adminClient(createAdmin(options), options.cluster),
);
