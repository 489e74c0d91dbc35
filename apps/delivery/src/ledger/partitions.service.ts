import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { SETTINGS } from '#libs/config';
import { ADVISORY_LOCKS } from '#libs/database';
import { LOGGER, describeError, type Logger } from '#libs/observability';
import { DataSource } from 'typeorm';
import { PartitionQueries, type Cutoffs } from './partitions.queries.js';
import { RollupQueries } from './rollup.queries.js';
import { partitionName, weeksAround } from './weeks.js';

export interface Retention {
  /** How long deliveries are kept after they were last written. */
  ledgerRetentionMs: number;
  /** How long dead, held and waiting ones are kept, and the figures of the summary. */
  ledgerDeadRetentionMs: number;
}

const MAINTENANCE_LOCK = ADVISORY_LOCKS.ledgerMaintenance;
const EVERY_MS = 3_600_000;
const BATCH = 1_000;

/** Keeps the ledger small and fast: a partition a week, made ahead, dropped when its time is over. */
@Injectable()
export class Partitions implements OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly queries: PartitionQueries,
    private readonly rollups: RollupQueries,
    @Inject(SETTINGS) private readonly retention: Retention,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** The partitions that events fall in now; then hourly on, with what is to be thrown away. */
  async ensure(now?: Date): Promise<void> {
    for (const week of weeksAround(now ?? (await this.queries.now()))) {
      if (await this.queries.create(week)) this.logger.info({ week: week.start }, 'ledger.partition-created');
    }
    this.timer ??= setInterval(() => void this.tick(), EVERY_MS).unref();
  }

  /** One round of upkeep, unless another instance is at it. */
  async maintain(now: Date): Promise<void> {
    const runner = this.dataSource.createQueryRunner();
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
    for (const { week, attached } of await this.queries.partitions()) {
      if (week.end > cutoffs.retention) continue;
      if (attached) await this.queries.detach(week);
      const kept = await inBatches((limit) => this.queries.putBack(week, cutoffs, limit));
      await this.queries.drop(week);
      this.logger.info({ partition: partitionName('deliveries', week), kept }, 'ledger.partition-dropped');
    }
    const strays = await inBatches((limit) => this.queries.deleteStrays(cutoffs, limit));
    const merged = await this.rollups.coarsen(now, BATCH);
    const figures = await inBatches((limit) => this.rollups.deleteBefore(cutoffs.deadRetention, limit));
    if (strays + merged + figures > 0) this.logger.info({ strays, merged, figures }, 'ledger.pruned');
  }

  private cutoffs(now: Date): Cutoffs {
    const { ledgerRetentionMs, ledgerDeadRetentionMs } = this.retention;
    return {
      retention: new Date(now.getTime() - ledgerRetentionMs),
      deadRetention: new Date(now.getTime() - ledgerDeadRetentionMs),
    };
  }

  private async maintainNow(): Promise<void> {
    try {
      await this.maintain(await this.queries.now());
    } catch (error) {
      this.logger.warn({ error: describeError(error) }, 'ledger.upkeep-failed');
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
