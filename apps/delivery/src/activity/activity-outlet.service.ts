import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ACTIVITY } from '#libs/contracts';
import { Publisher } from '#libs/kafka';
import { LOGGER, describeError, type Logger } from '#libs/observability';
import { removeActivity, takeActivity } from './activity-queue.js';

const EVERY_MS = 1_000;
/** Beyond the time in which a publish succeeds or fails. What a process took that died is published again by another. */
const TAKEN_FOR_MS = 120_000;

/** Publishes what people did with deliveries. Twice where a process dies in between: its id is the same. */
@Injectable()
export class ActivityOutlet implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private running = false;
  private failing = false;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(Publisher) private readonly publisher: Pick<Publisher, 'publish' | 'ready'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.tick(), EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async tick(): Promise<void> {
    if (this.running || !this.publisher.ready) return;
    this.running = true;
    try {
      await this.publish();
      this.failing = false;
    } catch (error) {
      if (!this.failing) this.logger.warn({ error: describeError(error) }, 'activity.not-published'); // once, until it works again
      this.failing = true;
    } finally {
      this.running = false;
    }
  }

  private async publish(): Promise<void> {
    const taken = await takeActivity(this.dataSource, TAKEN_FOR_MS);
    if (taken.length === 0) return;
    const records = taken.map(({ record: { key, value, headers } }) => ({ key, value, headers }));
    await this.publisher.publish(ACTIVITY.topic, records);
    await removeActivity(this.dataSource, taken);
  }
}
