import type { Admin } from 'kafkajs';
import { replaceModule } from './replace-module.js';

/** The end of one partition: the offset that its next record will get. */
export interface PartitionEnd {
  partition: number;
  end: number;
}

export interface AdminClient extends Admin {
  /** Where each partition of a topic ends, by one request. */
  fetchTopicEnds(topic: string): Promise<PartitionEnd[]>;
}

/** kafkajs' cluster, as far as it is of use here. */
interface Cluster {
  targetTopics: Set<string>;
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

  return { ...admin, fetchTopicEnds };
}

replaceModule<CreateAdmin>(
  'kafkajs/src/admin/index.js',
  (createAdmin) => (options) => adminClient(createAdmin(options), options.cluster),
);
