import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { ensureTopics, keepTrying, type KafkaConnection, type Publisher, type TopicSpec } from '#libs/kafka';
import { describeError, type Logger } from '#libs/observability';
import type { OutboxRetention } from './outbox-retention.js';
import type { Outbox } from './outbox.js';

export interface OutboxLifecycleOptions {
  outbox: Outbox;
  retention: OutboxRetention;
  publisher: Publisher;
  connection: KafkaConnection;
  /** Those that the service writes to. */
  topics: TopicSpec[];
  logger: Logger;
}

/** Starts the relay without waiting for Kafka: the service accepts, and what it accepted leaves when the brokers are there. */
export class OutboxLifecycle implements OnApplicationBootstrap, OnApplicationShutdown {
  private stopping = false;
  private starting: Promise<void> | undefined;

  constructor(private readonly options: OutboxLifecycleOptions) {}

  onApplicationBootstrap(): void {
    this.options.outbox.start();
    this.options.retention.start();
    this.starting = this.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.options.retention.stop();
    await this.options.outbox.stop();
    await this.options.publisher.disconnect();
    await this.options.connection.close();
  }

  /** Resolves when the topics are there and the relay publishes. */
  started(): Promise<void> {
    return this.starting ?? Promise.resolve();
  }

  private async start(): Promise<void> {
    const { outbox, publisher, connection, topics, logger } = this.options;
    const signal = (): boolean => !this.stopping;
    const onRetry = (error: unknown, tries: number): void => {
      if (tries === 1) logger.warn({ error: describeError(error) }, 'outbox.waits');
    };
    try {
      await keepTrying(() => publisher.connect(), { signal, onRetry });
      await keepTrying(() => ensureTopics(connection, topics), { signal });
      outbox.publish();
    } catch (error) {
      if (this.stopping) return;
      logger.error({ error: describeError(error) }, 'outbox.failed-to-start');
      setTimeout(() => process.exit(1), 200);
    }
  }
}
