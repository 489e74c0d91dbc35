import { momentNow, type Moment } from '../moment.js';
import { CONSUMER_CONFIRMED, type ConfirmedEvent } from './consumer-internals.js';
import { replaceModule } from './replace-module.js';

declare class ConsumerGroup {
  readonly instrumentationEmitter: { emit(event: string, payload: ConfirmedEvent): void };
  /** When the last heartbeat was answered. */
  readonly lastRequest: number;
  heartbeat(options: { interval: number }): Promise<void>;
}

/**
 * kafkajs tells when a heartbeat was answered. When it was sent is what counts: the brokers keep a member's partitions for
 * so long after it came, and a process that was frozen reads the answer long after that.
 */
replaceModule<typeof ConsumerGroup>(
  'kafkajs/src/consumer/consumerGroup.js',
  (Original) =>
    class ConfirmedConsumerGroup extends Original {
      private beating: Moment | undefined;

      /** Calls of the same time share one heartbeat: that of the first. */
      override async heartbeat(options: { interval: number }): Promise<void> {
        const sentAt = (this.beating ??= momentNow());
        const before = this.lastRequest;
        try {
          await super.heartbeat(options);
        } finally {
          this.beating = undefined;
        }
        if (this.lastRequest !== before) this.instrumentationEmitter.emit(CONSUMER_CONFIRMED, { sentAt });
      }
    },
);
