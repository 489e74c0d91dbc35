import { createRequire } from 'node:module';
import type { Broker } from './describe-topics.js';
import type { Protocol } from './topic-metadata.js';

/** The end of one partition: the offset that its next record will get. */
export interface PartitionEnd {
  partition: number;
  end: number;
}

/** kafkajs' cluster, as far as it is of use here. */
export interface LeaderSource {
  isolationLevel: number | undefined;
  findTopicPartitionMetadata(topic: string): { partitionId: number }[];
  findLeaderForPartitions(topic: string, partitions: readonly number[]): Record<string, number[]>;
  findBroker(place: { nodeId: string }): Promise<Broker>;
}

interface Offsets {
  responses: { partitions: { partition: number; errorCode: number; offset: string }[] }[];
}

const LIST_OFFSETS = 2;
const LATEST = -1;
const NO_ERROR = 0;
const UNKNOWN_PARTITION = 3;

/** A leader is no longer that, or gone. */
class EndsNotKnown extends Error {}

/**
 * Where each partition that is known ends, by one request to each leader. Each is asked for the partition behind the last
 * one as well: only where the topic does not have it does a broker say that it knows none. So nothing more has to be asked to
 * see that the topic was given more partitions; the answer is undefined then.
 * @throws EndsNotKnown, and where a broker cannot be asked
 */
export async function askEnds(cluster: LeaderSource, topic: string): Promise<PartitionEnd[] | undefined> {
  const partitions = cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => partitionId);
  const next = partitions.length;
  const leaders = Object.entries(cluster.findLeaderForPartitions(topic, partitions));
  if (leaders.length === 0) throw new EndsNotKnown(`nobody leads ${topic}`);
  const answers = await Promise.all(
    leaders.map(async ([nodeId, own]) =>
      askLeader(await cluster.findBroker({ nodeId }), cluster.isolationLevel, topic, [...own, next]),
    ),
  );
  const all = answers.flat();
  if (all.some(({ partition, errorCode }) => partition === next && errorCode !== UNKNOWN_PARTITION)) return undefined;
  const known = all.filter(({ partition }) => partition !== next);
  const refused = known.find(({ errorCode }) => errorCode !== NO_ERROR);
  if (refused) throw new EndsNotKnown(`partition ${refused.partition} of ${topic}: error ${refused.errorCode}`);
  return known.map(({ partition, offset }) => ({ partition, end: Number(offset) }));
}

/** kafkajs' own request; its parser fails where any of the partitions is not there. */
async function askLeader(
  broker: Broker,
  isolationLevel: number | undefined,
  topic: string,
  partitions: readonly number[],
): Promise<Offsets['responses'][number]['partitions']> {
  const { requests } = createRequire(import.meta.url)('kafkajs/src/protocol/requests') as {
    requests: { ListOffsets: object };
  };
  const asked = partitions.map((partition) => ({ partition, timestamp: LATEST }));
  const { request, response } = broker.lookupRequest(
    LIST_OFFSETS,
    requests.ListOffsets,
  )({ isolationLevel, topics: [{ topic, partitions: asked }] });
  const lenient: Protocol<Offsets> = {
    request,
    response: { decode: response.decode, parse: async (all: Offsets) => all },
  };
  const { responses } = await broker.connectionPool.send(lenient);
  return responses.flatMap((one) => one.partitions);
}
