import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { SETTINGS } from '#libs/config';
import { LOGGER, type Logger } from '#libs/observability';
import type { HttpDrain } from './http-drain.js';
import { Readiness } from './readiness.js';

export interface StopTimes {
  /** Between the probes' 503 and the last new connection, in ms: load balancers need it to notice. */
  shutdownDelayMs: number;
  /** For the calls in flight, in ms. */
  shutdownTimeoutMs: number;
}

/**
 * How a service stops, in the order of Nest's hooks: the probes answer 503 and calls are still taken for a while; then
 * streams end (`beforeApplicationShutdown` of who has them), no new call is taken and those in flight are answered; then
 * the Kafka servers are closed, and at last what all of them needed (`onApplicationShutdown`).
 */
@Injectable()
export class GracefulStop implements OnModuleDestroy, BeforeApplicationShutdown {
  private drain: HttpDrain | undefined;

  constructor(
    private readonly readiness: Readiness,
    @Inject(SETTINGS) private readonly times: StopTimes,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** The server's calls; a service that never listened has none. */
  watch(drain: HttpDrain): void {
    this.drain = drain;
  }

  async onModuleDestroy(): Promise<void> {
    this.readiness.stop();
    if (!this.drain) return;
    this.logger.info({ calls: this.drain.inFlight }, 'service.stopping');
    this.drain.sendAway();
    await wait(this.times.shutdownDelayMs);
  }

  async beforeApplicationShutdown(): Promise<void> {
    const cut = (await this.drain?.close(this.times.shutdownTimeoutMs)) ?? 0;
    if (cut > 0) this.logger.warn({ calls: cut }, 'service.calls-cut');
  }
}
