import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { SETTINGS } from '#libs/config';
import { LOGGER, describeError, type Logger } from '#libs/observability';
import type { DeliverySettings } from '../delivery.config.js';
import { Alerts } from './alerts.service.js';

const LONGEST_WAIT_MS = 5_000;
const SHORTEST_WAIT_MS = 250;

/** When alerts are looked for: every five seconds, more often where a destination may fail for less than a minute only. */
@Injectable()
export class AlertsLook implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private looking = false;

  constructor(
    private readonly alerts: Alerts,
    @Inject(SETTINGS) private readonly settings: Pick<DeliverySettings, 'destinationFailingAfterMs'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    const wait = Math.max(SHORTEST_WAIT_MS, Math.min(LONGEST_WAIT_MS, this.settings.destinationFailingAfterMs / 12));
    this.timer = setInterval(() => void this.tick(), wait).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async tick(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    try {
      await this.alerts.look();
    } catch (error) {
      this.logger.warn({ error: describeError(error) }, 'alerts.look-failed');
    } finally {
      this.looking = false;
    }
  }
}
