import { replaceModule } from './replace-module.js';

/**
 * How long a fetch waits where nothing is paused. A record ends the wait at once; what waits for the fetch are
 * heartbeats, and with them the notice of a rebalance. Everything at rest costs a sixth less than with 1 s.
 */
const WAIT_MS = 2_500;
/** A partition that is resumed is fetched once the fetch before has ended. */
const WAIT_WHILE_PAUSED_MS = 100;

declare class ConsumerGroup {
  maxWaitTime: number;
  paused(): unknown[];
  fetch(nodeId: string): Promise<unknown[]>;
}

replaceModule<typeof ConsumerGroup>(
  'kafkajs/src/consumer/consumerGroup.js',
  (Original) =>
    class LongFetchingConsumerGroup extends Original {
      override fetch(nodeId: string): Promise<unknown[]> {
        this.maxWaitTime = this.paused().length > 0 ? WAIT_WHILE_PAUSED_MS : WAIT_MS;
        return super.fetch(nodeId);
      }
    },
);

type Fetch = (nodeId: number) => Promise<unknown[]>;

interface Fetcher {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A fetcher that stops gives up its fetch: nothing of it was taken, and a stop or a rebalance need not wait for it. */
replaceModule<(options: { fetch: Fetch }) => Fetcher>(
  'kafkajs/src/consumer/fetcher.js',
  (createFetcher) => (options) => {
    let giveUp: () => void = () => undefined;
    const fetch: Fetch = (nodeId) =>
      new Promise((resolve, reject) => {
        giveUp = () => resolve([]);
        options.fetch(nodeId).then(resolve, reject);
      });
    const fetcher = createFetcher({ ...options, fetch });
    const stop = (): Promise<void> => {
      const stopped = fetcher.stop(); // first, or it would fetch again
      giveUp();
      return stopped;
    };
    return { ...fetcher, stop };
  },
);
