import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SETTINGS, type BackendSettings } from '#libs/config';
import { LOGGER, describeError, type Logger } from '#libs/observability';
import { Outbox } from './outbox.js';

const EVERY_MS = 60_000;
const CHUNK = 1_000;

/** Deletes messages that were published long enough ago, a chunk at a time, so that nothing waits for it. Of the service's instances, the one that publishes does it. */
@Injectable()
export class OutboxRetention {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(Outbox) private readonly outbox: Pick<Outbox, 'isLeader'>,
    @Inject(SETTINGS) private readonly settings: Pick<BackendSettings, 'outboxRetentionMs'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  start(): void {
    this.timer ??= setInterval(() => void this.prune(), EVERY_MS).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Answers how many it deleted. A database that is away is asked again a minute later. */
  async prune(): Promise<number> {
    let pruned = 0;
    try {
      for (let count = CHUNK; count === CHUNK && this.outbox.isLeader; pruned += count) count = await this.pruneChunk();
    } catch (error) {
      this.logger.warn({ error: describeError(error) }, 'outbox.not-pruned');
    }
    if (pruned > 0) this.logger.info({ pruned }, 'outbox.pruned');
    return pruned;
  }

  /** By the database's clock, which also wrote the times. */
  private async pruneChunk(): Promise<number> {
    const [row] = await this.dataSource.query<[{ count: number }]>(
      `WITH old AS (
         SELECT published_at, id FROM outbox_published WHERE published_at < now() - $1 * interval '1 millisecond'
         ORDER BY published_at, id LIMIT ${CHUNK}
       ), gone AS (
         DELETE FROM outbox_published p USING old WHERE p.published_at = old.published_at AND p.id = old.id RETURNING 1
       ) SELECT count(*)::integer AS count FROM gone`,
      [this.settings.outboxRetentionMs],
    );
    return row.count;
  }
}
