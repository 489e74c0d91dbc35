import { describeError, type Logger } from '#libs/observability';
import type { Outbox } from './outbox.js';

export interface RetentionOptions {
  /** What it is about, as log lines begin. */
  what: string;
  everyMs: number;
  /** Rows at once, so that nothing waits for it. */
  chunk: number;
  /** Deletes so many rows that are old enough, or fewer. Answers how many. */
  deleteChunk: (limit: number) => Promise<number>;
  outbox: Pick<Outbox, 'isLeader'>;
  logger: Logger;
}

/** Deletes what is old enough, a chunk at a time. Of the service's instances, the one that publishes does it. */
export class Retention {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly on: RetentionOptions) {}

  start(): void {
    this.timer ??= setInterval(() => void this.prune(), this.on.everyMs).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Answers how many it deleted. A database that is away is asked again the next time. */
  async prune(): Promise<number> {
    const { what, chunk, deleteChunk, outbox, logger } = this.on;
    let pruned = 0;
    try {
      for (let count = chunk; count === chunk && outbox.isLeader; pruned += count) count = await deleteChunk(chunk);
    } catch (error) {
      logger.warn({ error: describeError(error) }, `${what}.not-pruned`);
    }
    if (pruned > 0) logger.info({ pruned }, `${what}.pruned`);
    return pruned;
  }
}
