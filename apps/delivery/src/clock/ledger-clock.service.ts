import { Inject, Injectable, Optional, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Gauge, LOGGER, Registry, describeError, type Logger } from '#libs/observability';

/** Nearer than this, two clocks are the same: ordinary differences change nothing, and no retry comes early by one. */
const TOLERATED_MS = 1_000;
const COMPARE_EVERY_MS = 10_000;

/** `@Inject(HOST_CLOCK)`: this host's clock, epoch ms; `Date.now` where nobody provides another. */
export const HOST_CLOCK = Symbol('HOST_CLOCK');

/**
 * The time as the ledger's database has it. All delivery processes go by it, so that when a retry is due, when a row was
 * written and what is overdue mean the same on each, however far the clock of its host is off.
 */
@Injectable()
export class LedgerClock implements OnModuleInit, OnApplicationShutdown {
  private offsetMs = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(DataSource) private readonly dataSource: Pick<DataSource, 'query'>,
    @Inject(LOGGER) private readonly logger: Logger,
    registry: Registry,
    @Optional() @Inject(HOST_CLOCK) private readonly host: () => number = Date.now,
  ) {
    const seconds = (): number => this.offsetMs / 1_000;
    new Gauge({
      name: 'delivery_clock_offset_seconds',
      help: 'How far the database’s clock is ahead of this host’s; 0 where it is less than a second',
      registers: [registry],
      collect() {
        this.set(seconds());
      },
    });
  }

  /** Epoch ms. */
  readonly now = (): number => this.host() + this.offsetMs;

  /** Compares the two clocks, and again every few seconds from then on. */
  async onModuleInit(): Promise<void> {
    await this.compare();
    this.timer ??= setInterval(() => void this.compare(), COMPARE_EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Compares the two clocks. While the database is away, what was found before stays. */
  async compare(): Promise<void> {
    try {
      const before = this.host();
      const [{ ms }] = await this.dataSource.query<[{ ms: number }]>(
        'SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS ms',
      );
      const after = this.host();
      this.take(ms - (before + after) / 2, (after - before) / 2);
    } catch (error) {
      this.logger.debug({ error: describeError(error) }, 'clock.not-compared');
    }
  }

  private take(offsetMs: number, uncertainMs: number): void {
    if (Math.abs(offsetMs - this.offsetMs) <= TOLERATED_MS + Math.abs(uncertainMs)) return;
    this.offsetMs = Math.abs(offsetMs) <= TOLERATED_MS ? 0 : Math.round(offsetMs);
    this.logger.warn({ offsetMs: this.offsetMs }, 'clock.differs-from-database');
  }
}
