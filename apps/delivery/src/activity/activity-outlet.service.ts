import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ACTIVITY } from '#libs/contracts';
import { Rounds } from '#libs/deadline';
import { Publisher } from '#libs/kafka';
import { LOGGER, describeError, type Logger } from '#libs/observability';
import { removeActivity, takeActivity } from './activity-queue.js';

const EVERY_MS = 1_000;
/** Beyond the time in which a publish succeeds or fails. What a process took that died is published again by another. */
const TAKEN_FOR_MS = 120_000;

/** Publishes what people did with deliveries. Twice where a process dies in between: its id is the same. */
@Injectable()
export class ActivityOutlet implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly rounds = new Rounds(
    () => this.publish(),
    (error) => this.failed(error),
  );
  private failing = false;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(Publisher) private readonly publisher: Pick<Publisher, 'publish' | 'ready'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.start(EVERY_MS);
  }

  onApplicationShutdown(): void {
    this.rounds.stop();
  }

  private async publish(): Promise<void> {
    if (!this.publisher.ready) return;
    const taken = await takeActivity(this.dataSource, TAKEN_FOR_MS);
    if (taken.length > 0) {
      const records = taken.map(({ record: { key, value, headers } }) => ({ key, value, headers }));
      await this.publisher.publish(ACTIVITY.topic, records);
      await removeActivity(this.dataSource, taken);
    }
    this.failing = false;
  }

  /** Logged once, until it works again. */
  private failed(error: unknown): void {
    if (!this.failing) this.logger.warn({ error: describeError(error) }, 'activity.not-published');
    this.failing = true;
  }
}
