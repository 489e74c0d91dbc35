import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Gauge, LOGGER, Registry, describeError, type Logger } from '#libs/observability';
import { AttemptStreams } from './attempt-streams.service.js';

const FRESH_MS = 15_000;
const OPEN = ['pending', 'retrying', 'dead', 'held'] as const;

/** For operators. What is open is counted once in 15 s at most, however often it is asked for. */
@Injectable()
export class LedgerMetrics {
  readonly gauges: readonly Gauge[];
  private countedAt = 0;

  constructor(
    private readonly dataSource: DataSource,
    streams: AttemptStreams,
    registry: Registry,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    const count = (gauge: Gauge): Promise<void> => this.count(gauge);
    const open = new Gauge({
      name: 'delivery_open_deliveries',
      help: 'Deliveries of all organizations that wait or failed; every instance says the same',
      labelNames: ['status'],
      registers: [registry],
      async collect() {
        await count(this);
      },
    });
    const streaming = new Gauge({
      name: 'delivery_streams',
      help: 'Readers of the event stream on this instance',
      registers: [registry],
      collect() {
        this.set(streams.count);
      },
    });
    this.gauges = [open, streaming];
  }

  /** Where the database is away the gauge keeps its figures: the rest of the page must not fail with it. */
  private async count(gauge: Gauge): Promise<void> {
    if (Date.now() - this.countedAt < FRESH_MS) return;
    this.countedAt = Date.now();
    try {
      const rows = await this.dataSource.query<{ status: string; count: number }[]>(
        `SELECT status, count(*)::float8 AS count FROM deliveries WHERE status IN ('pending', 'retrying', 'dead', 'held') GROUP BY status`,
      );
      const counts = new Map(rows.map(({ status, count: open }) => [status, open]));
      for (const status of OPEN) gauge.set({ status }, counts.get(status) ?? 0);
    } catch (error) {
      this.logger.warn({ error: describeError(error) }, 'metrics.not-counted');
    }
  }
}
