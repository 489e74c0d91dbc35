import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { ensureTopics, keepTrying, type KafkaConnection, type Publisher, type TopicSpec } from '#libs/kafka';
import { describeError, type Logger } from '#libs/observability';
import type { OutboxRetention } from './outbox-retention.js';
import type { Outbox } from './outbox.js';
import type { StateKeeper } from './state-keeper.js';

export interface OutboxLifecycleOptions {
  outbox: Outbox;
  retention: OutboxRetention;
  /** Of the service's own state topic, where it has one and is the only one that writes to it. */
  keeper?: StateKeeper;
  publisher: Publisher;
  connection: KafkaConnection;
  /** Those that the service writes to. */
  topics: TopicSpec[];
  logger: Logger;
}

/** Starts the relay without waiting for Kafka: the service accepts, and what it accepted leaves when the brokers are there. */
export class OutboxLifecycle implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly leaving: (() => void)[] = [];
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
    for (const leave of this.leaving) leave();
    this.options.retention.stop();
    await this.options.keeper?.stop();
    await this.options.outbox.stop();
    await this.options.publisher.disconnect();
    await this.options.connection.close();
  }

  /** Resolves when the topics are there and the relay publishes. */
  started(): Promise<void> {
    return this.starting ?? Promise.resolve();
  }

  /** A topic that vanished is created again at once: nobody may write to it for a while, and readers wait for it. */
  private watch(): void {
    const { connection, topics, logger } = this.options;
    for (const spec of topics)
      this.leaving.push(
        connection.topics.watch(spec.name, ({ kind }) => {
          if (kind !== 'vanished' || this.stopping) return;
          logger.warn({ topic: spec.name }, 'outbox.topic-vanished');
          ensureTopics(connection, [spec]).catch((error: unknown) =>
            logger.warn({ topic: spec.name, error: describeError(error) }, 'outbox.topic-not-created'),
          );
        }),
      );
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
      this.watch();
      this.options.keeper?.start();
    } catch (error) {
      if (this.stopping) return;
      logger.error({ error: describeError(error) }, 'outbox.failed-to-start');
      setTimeout(() => process.exit(1), 200);
    }
  }
}
