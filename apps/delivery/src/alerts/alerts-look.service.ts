import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { SETTINGS } from '#libs/config';
import { Rounds } from '#libs/deadline';
import { LOGGER, describeError, type Logger } from '#libs/observability';
import type { DeliverySettings } from '../delivery.config.js';
import { Alerts } from './alerts.service.js';

const LONGEST_WAIT_MS = 5_000;
const SHORTEST_WAIT_MS = 250;

/** When alerts are looked for: every five seconds, more often where a destination may fail for less than a minute only. */
@Injectable()
export class AlertsLook implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly looks: Rounds;

  constructor(
    alerts: Alerts,
    @Inject(SETTINGS) private readonly settings: Pick<DeliverySettings, 'destinationFailingAfterMs'>,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.looks = new Rounds(
      () => alerts.look(),
      (error) => logger.warn({ error: describeError(error) }, 'alerts.look-failed'),
    );
  }

  onApplicationBootstrap(): void {
    this.looks.start(
      Math.max(SHORTEST_WAIT_MS, Math.min(LONGEST_WAIT_MS, this.settings.destinationFailingAfterMs / 12)),
    );
  }

  onApplicationShutdown(): void {
    this.looks.stop();
  }
}
