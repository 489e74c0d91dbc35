import { replaceModule } from './replace-module.js';

interface Wish {
  groupId: string;
  coordinatorType?: number;
}

declare class Cluster {
  readonly brokerPool: { findConnectedBroker(): Promise<{ findGroupCoordinator(wish: Wish): Promise<object> }> };
  findGroupCoordinatorMetadata(wish: Wish): Promise<object>;
}

/**
 * kafkajs asks each broker who coordinates a group, drops what they answer, and says in the end that nobody does, which
 * looks like the end of everything. One of them is asked once more: it may have said that we have no right to the group.
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
    },
);
