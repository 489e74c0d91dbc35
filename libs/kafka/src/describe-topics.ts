import { createRequire } from 'node:module';
import {
  METADATA,
  METADATA_VERSION,
  metadataOf,
  withoutIds,
  type Protocol,
  type TopicState,
} from './topic-metadata.js';

/** kafkajs' broker, as far as it is of use here. */
export interface Broker {
  versions: Record<number, { maxVersion: number } | undefined>;
  connectionPool: { send<T>(protocol: Protocol<T>): Promise<T> };
  lookupRequest(apiKey: number, requests: object): (parameters: object) => Protocol<unknown>;
  disconnect(): Promise<void>;
}

/** kafkajs' cluster, likewise. */
export interface BrokerSource {
  brokerPool: { findConnectedBroker(): Promise<Broker> };
}

/** Asks one of the brokers, by one request. */
export async function describeTopics(
  cluster: BrokerSource,
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
