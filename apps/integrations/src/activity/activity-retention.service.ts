import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { SETTINGS } from '#libs/config';
import { LOGGER, describeError, type Logger } from '#libs/observability';
import { Outbox } from '#libs/outbox';
import type { IntegrationsSettings } from '../integrations.config.js';
import { ActivityQueries } from './activity.queries.js';

const EVERY_MS = 3_600_000;

/** Deletes activity that is old enough, a piece at a time. Of the service's instances, the one that publishes does it. */
@Injectable()
export class ActivityRetention implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly activity: ActivityQueries,
    @Inject(Outbox) private readonly outbox: Pick<Outbox, 'isLeader'>,
    @Inject(SETTINGS) private readonly settings: Pick<IntegrationsSettings, 'activityRetentionMs'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.prune(), EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Answers how many it deleted. A database that is away is asked again an hour later. */
  async prune(): Promise<number> {
    let total = 0;
    try {
      for (let more = true; more && this.outbox.isLeader;) {
        const piece = await this.activity.prune(this.settings.activityRetentionMs);
        total += piece.pruned;
        ({ more } = piece);
      }
    } catch (error) {
      this.logger.warn({ error: describeError(error) }, 'activity.not-pruned');
    }
    if (total > 0) this.logger.info({ pruned: total }, 'activity.pruned');
    return total;
  }
}
