import type { Admin } from 'kafkajs';
import { replaceModule } from './replace-module.js';
import { describeTopics, type BrokerSource } from '../describe-topics.js';
import { KafkaUnavailable } from '../outage.js';
import { askEnds, type LeaderSource, type PartitionEnd } from '../topic-ends.js';
import type { TopicState } from '../topic-metadata.js';

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
interface Cluster extends BrokerSource, LeaderSource {
  refreshMetadata(): Promise<void>;
}

type CreateAdmin = (options: { cluster: Cluster }) => Admin;

/** An end is where readers get to: below the first transaction that is open. */
const READ_COMMITTED = 1;

/**
 * kafkajs' admin asks, each time and one after the other, who leads, where a partition ends and where it begins. Who
 * only has to know the end, and often, waits for two answers too many.
 */
function adminClient(admin: Admin, cluster: Cluster): AdminClient {
  cluster.isolationLevel = READ_COMMITTED;

  const fetchTopicOffsets: Admin['fetchTopicOffsets'] = async (topic) => {
    try {
      return await admin.fetchTopicOffsets(topic);
    } catch (error) {
      // of a topic without partitions kafkajs fails by a TypeError
      throw error instanceof TypeError ? new KafkaUnavailable(`${topic} is not there`, { cause: error }) : error;
    }
  };

  /** kafkajs believes for five minutes what it knows of partitions and their leaders. */
  const askAgain = async (topic: string): Promise<PartitionEnd[]> => {
    await cluster.refreshMetadata();
    await fetchTopicOffsets(topic); // sees to connections, and says what is wrong
    const ends = await askEnds(cluster, topic);
    if (!ends) throw new KafkaUnavailable(`the brokers do not agree how many partitions ${topic} has`);
    return ends;
  };

  /** A broker that no longer leads says so. */
  const fetchTopicEnds = async (topic: string): Promise<PartitionEnd[]> => {
    const ends = await askEnds(cluster, topic).catch(() => undefined);
    return ends ?? askAgain(topic);
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
