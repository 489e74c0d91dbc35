import { replaceModule } from './replace-module.js';

interface Wish {
  groupId: string;
  coordinatorType?: number;
}

interface Broker {
  findGroupCoordinator(wish: Wish): Promise<object>;
  metadata(topics: string[]): Promise<object>;
}

declare class Cluster {
  readonly brokerPool: { findConnectedBroker(): Promise<Broker> };
  findGroupCoordinatorMetadata(wish: Wish): Promise<object>;
  metadata(wish?: { topics?: string[] }): Promise<object | null>;
}

/**
 * kafkajs asks one broker after the other, and drops what is wrong with each: who coordinates a group is then nobody, which
 * looks like the end of everything, and what topics there are is null, over which its admin stumbles with a TypeError. One
 * of them is asked once more, for the reason: it is away, or has said that we have no right.
 */
replaceModule<typeof Cluster>(
  'kafkajs/src/cluster/index.js',
  (Original) =>
    class ClusterWithReasons extends Original {
      override async findGroupCoordinatorMetadata(wish: Wish): Promise<object> {
        try {
          return await super.findGroupCoordinatorMetadata(wish);
        } catch (error) {
          if ((error as Error).name !== 'KafkaJSGroupCoordinatorNotFound') throw error;
          return (await this.brokerPool.findConnectedBroker()).findGroupCoordinator(wish);
        }
      }

      override async metadata(wish: { topics?: string[] } = {}): Promise<object> {
        return (
          (await super.metadata(wish)) ?? (await this.brokerPool.findConnectedBroker()).metadata(wish.topics ?? [])
        );
      }
    },
);
