import type { DataSource } from 'typeorm';
import { describeError, type Logger } from '#libs/observability';

const EVERY_MS = 60_000;
const CHUNK = 1_000;

export interface OutboxRetentionOptions {
  dataSource: DataSource;
  /** How long a message is kept after it was published, in ms. */
  keepMs: number;
  /** Of the service's instances one prunes. */
  isLeader: () => boolean;
  logger: Logger;
}

/** Deletes messages that were published long enough ago, a chunk at a time, so that nothing waits for it. */
export class OutboxRetention {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: OutboxRetentionOptions) {}

  start(): void {
    this.timer ??= setInterval(() => void this.prune(), EVERY_MS).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Answers how many it deleted. A database that is away is asked again a minute later. */
  async prune(): Promise<number> {
    const { isLeader, logger } = this.options;
    let pruned = 0;
    try {
      for (let count = CHUNK; count === CHUNK && isLeader(); pruned += count) count = await this.pruneChunk();
    } catch (error) {
      logger.warn({ error: describeError(error) }, 'outbox.not-pruned');
    }
    if (pruned > 0) logger.info({ pruned }, 'outbox.pruned');
    return pruned;
  }

  /** By the database's clock, which also wrote the times. */
  private async pruneChunk(): Promise<number> {
    const [row] = await this.options.dataSource.query<[{ count: number }]>(
      `WITH old AS (
         SELECT published_at, id FROM outbox_published WHERE published_at < now() - $1 * interval '1 millisecond'
         ORDER BY published_at, id LIMIT ${CHUNK}
       ), gone AS (
         DELETE FROM outbox_published p USING old WHERE p.published_at = old.published_at AND p.id = old.id RETURNING 1
       ) SELECT count(*)::integer AS count FROM gone`,
      [this.options.keepMs],
    );
    return row.count;
  }
}
