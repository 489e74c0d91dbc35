import { expect, it } from 'vitest';
import { loadedModule } from './original-module.suite.js';

interface Produced {
  topicData: { partitions: { partition: number }[] }[];
}

type Attempt = (bail: (error: unknown) => void, count: number, timeMs: number) => Promise<unknown>;
type CreateSend = (parts: object) => (request: object) => Promise<unknown>;

const nothing = (): void => undefined;

it('records of a partition whose leader died go to the next one, also where that has answered for its own', async () => {
  const got: number[][] = [];
  const partitionsOf = ({ topicData }: Produced): number[] =>
    topicData.flatMap(({ partitions }) => partitions.map(({ partition }) => partition));
  const dead = {
    nodeId: 1,
    produce: () =>
      Promise.reject(Object.assign(new Error('gone'), { name: 'KafkaJSConnectionError', retriable: true })),
  };
  const alive = {
    nodeId: 2,
    produce: (produced: Produced) => {
      got.push(partitionsOf(produced));
      return Promise.resolve({ topics: [] });
    },
  };
  let leaders: Record<number, number[]> = { 1: [0], 2: [1] };
  const cluster = {
    addMultipleTargetTopics: nothing,
    refreshMetadataIfNecessary: nothing,
    refreshMetadata: () => void (leaders = { 2: [0, 1] }),
    isConnected: () => true,
    removeBroker: nothing,
    findTopicPartitionMetadata: () => [{ partitionId: 0 }, { partitionId: 1 }],
    findLeaderForPartitions: () => leaders,
    findBroker: ({ nodeId }: { nodeId: string | number }) => (Number(nodeId) === 1 ? dead : alive),
  };
  const eosManager = {
    acquireBrokerLock: nothing,
    releaseBrokerLock: nothing,
    isTransactional: () => false,
    getSequence: () => 0,
    updateSequence: nothing,
    getProducerId: () => -1,
    getProducerEpoch: () => 0,
  };
  const retrier = async (attempt: Attempt): Promise<unknown> => {
    const bail = (error: unknown): void => {
      throw error;
    };
    return attempt(bail, 0, 0).catch(() => attempt(bail, 1, 0));
  };
  const logger = { debug: nothing, error: nothing };
  const createSend = loadedModule('kafkajs/src/producer/sendMessages.js') as CreateSend;
  const send = createSend({ logger, cluster, eosManager, retrier });
  const messages = [0, 1].map((partition) => ({ partition, value: 'x' }));
  await send({ acks: -1, timeout: 1_000, topicMessages: [{ topic: 't', messages }] });
  expect(got).toEqual([[1], [0, 1]]);
});
