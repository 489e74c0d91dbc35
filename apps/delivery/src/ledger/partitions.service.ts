import type { OnApplicationShutdown } from '@nestjs/common';
import { describeError, type Logger } from '#libs/observability';
import type { DataSource } from 'typeorm';
import type { PartitionQueries, Cutoffs } from './partitions.queries.js';
import type { RollupQueries } from './rollup.queries.js';
import { partitionName, weeksAround } from './weeks.js';

export interface Retention {
  /** How long deliveries are kept after they were last written. */
  ledgerRetentionMs: number;
  /** How long dead, held and waiting ones are kept, and the figures of the summary. */
  ledgerDeadRetentionMs: number;
}

export interface PartitionsParts {
  dataSource: DataSource;
  queries: PartitionQueries;
  rollups: RollupQueries;
  retention: Retention;
  logger: Logger;
}

const MAINTENANCE_LOCK = 4_120_202;
const EVERY_MS = 3_600_000;
const BATCH = 1_000;

/** Keeps the ledger small and fast: a partition a week, made ahead, dropped when its time is over. */
export class Partitions implements OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(private readonly parts: PartitionsParts) {}

  /** The partitions that events fall in now; then hourly on, with what is to be thrown away. */
  async ensure(now?: Date): Promise<void> {
    for (const week of weeksAround(now ?? (await this.parts.queries.now()))) {
      if (await this.parts.queries.create(week))
        this.parts.logger.info({ week: week.start }, 'ledger.partition-created');
    }
    this.timer ??= setInterval(() => void this.tick(), EVERY_MS).unref();
  }

  /** One round of upkeep, unless another instance is at it. */
  async maintain(now: Date): Promise<void> {
    const runner = this.parts.dataSource.createQueryRunner();
    try {
      const [{ mine }] = (await runner.query('SELECT pg_try_advisory_lock($1) AS mine', [MAINTENANCE_LOCK])) as [
        { mine: boolean },
      ];
      if (!mine) return;
      try {
        await this.ensure(now);
        await this.prune(now);
      } finally {
        await runner.query('SELECT pg_advisory_unlock($1)', [MAINTENANCE_LOCK]);
      }
    } finally {
      await runner.release();
    }
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private async prune(now: Date): Promise<void> {
    const cutoffs = this.cutoffs(now);
    for (const { week, attached } of await this.parts.queries.partitions()) {
      if (week.end > cutoffs.retention) continue;
      if (attached) await this.parts.queries.detach(week);
      const kept = await inBatches((limit) => this.parts.queries.putBack(week, cutoffs, limit));
      await this.parts.queries.drop(week);
      this.parts.logger.info({ partition: partitionName('deliveries', week), kept }, 'ledger.partition-dropped');
    }
    const strays = await inBatches((limit) => this.parts.queries.deleteStrays(cutoffs, limit));
    const merged = await this.parts.rollups.coarsen(now, BATCH);
    const figures = await inBatches((limit) => this.parts.rollups.deleteBefore(cutoffs.deadRetention, limit));
    if (strays + merged + figures > 0) this.parts.logger.info({ strays, merged, figures }, 'ledger.pruned');
  }

  private cutoffs(now: Date): Cutoffs {
    const { ledgerRetentionMs, ledgerDeadRetentionMs } = this.parts.retention;
    return {
      retention: new Date(now.getTime() - ledgerRetentionMs),
      deadRetention: new Date(now.getTime() - ledgerDeadRetentionMs),
    };
  }

  private async maintainNow(): Promise<void> {
    try {
      await this.maintain(await this.parts.queries.now());
    } catch (error) {
      this.parts.logger.warn({ error: describeError(error) }, 'ledger.upkeep-failed');
    }
  }

  private async tick(): Promise<void> {
    if (this.running) return;
    this.running = this.maintainNow();
    await this.running;
    this.running = undefined;
  }
}

/** Repeats until a batch is not full; answers the sum. */
async function inBatches(work: (limit: number) => Promise<number>): Promise<number> {
  let sum = 0;
  for (;;) {
    const count = await work(BATCH);
    sum += count;
    if (count < BATCH) return sum;
  }
}
