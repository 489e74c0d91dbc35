import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Publisher, ensureTopics, keepTrying } from '#libs/kafka';
import { describeError, exitSoon } from '#libs/observability';
import { OutboxRetention } from './outbox-retention.js';
import { OUTBOX_OPTIONS, Outbox, type OutboxOptions } from './outbox.js';
import { StateKeeper } from './state-keeper.js';

/** Starts the relay without waiting for Kafka: the service accepts, and what it accepted leaves when the brokers are there. */
@Injectable()
export class OutboxLifecycle implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly leaving: (() => void)[] = [];
  private stopping = false;
  private starting: Promise<void> | undefined;

  constructor(
    private readonly outbox: Outbox,
    private readonly retention: OutboxRetention,
    private readonly publisher: Publisher,
    @Inject(OUTBOX_OPTIONS) private readonly options: OutboxOptions,
    private readonly keeper: StateKeeper,
  ) {}

  onApplicationBootstrap(): void {
    this.outbox.start();
    this.retention.start();
    this.starting = this.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    for (const leave of this.leaving) leave();
    this.retention.stop();
    await this.keeper.stop();
    await this.outbox.stop();
    await this.publisher.disconnect();
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
    const { outbox, publisher } = this;
    const { connection, topics, logger } = this.options;
    const signal = (): boolean => !this.stopping;
    const onRetry = (error: unknown, tries: number): void => {
      if (tries === 1) logger.warn({ error: describeError(error) }, 'outbox.waits');
    };
    try {
      await keepTrying(() => publisher.connect(), { signal, onRetry });
      await keepTrying(() => ensureTopics(connection, topics), { signal });
      outbox.publish();
      this.watch();
      if (!this.options.shared) this.keeper.start();
    } catch (error) {
      if (this.stopping) return;
      logger.error({ error: describeError(error) }, 'outbox.failed-to-start');
      exitSoon();
    }
  }
}
