import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { SETTINGS } from '#libs/config';
import { LOGGER, type Logger } from '#libs/observability';
import { Outbox, Retention } from '#libs/outbox';
import type { IntegrationsSettings } from '../integrations.config.js';
import { ActivityQueries } from './activity.queries.js';

const EVERY_MS = 3_600_000;
const CHUNK = 1_000;

/** Deletes activity that is old enough. */
@Injectable()
export class ActivityRetention extends Retention implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    activity: ActivityQueries,
    outbox: Outbox,
    @Inject(SETTINGS) { activityRetentionMs }: Pick<IntegrationsSettings, 'activityRetentionMs'>,
    @Inject(LOGGER) logger: Logger,
  ) {
    const deleteChunk = (limit: number): Promise<number> => activity.deleteOld(activityRetentionMs, limit);
    super({ what: 'activity', everyMs: EVERY_MS, chunk: CHUNK, deleteChunk, outbox, logger });
  }

  onApplicationBootstrap(): void {
    this.start();
  }

  onApplicationShutdown(): void {
    this.stop();
  }
}
