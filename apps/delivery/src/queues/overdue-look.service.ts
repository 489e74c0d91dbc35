import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { SETTINGS } from '#libs/config';
import { Rounds } from '#libs/deadline';
import { LOGGER, describeError, type Logger } from '#libs/observability';
import type { DeliverySettings } from '../delivery.config.js';
import { Ownership } from '../ownership/ownership.service.js';
import { SendingServer } from '../sending/sending.server.js';
import { overdueAfterMs } from './overdue-after.js';
import { Overdue } from './overdue.service.js';

const MINUTE_MS = 60_000;
const LOOK_EVERY_MS = 10_000;
/** An earlier owner may have attempts in flight, and the partition's own records bring most of what it left. */
const QUIET_MS = MINUTE_MS;
/** Where partitions change owners all the time, quiet would never end. */
const LONGEST_QUIET_MS = 5 * MINUTE_MS;

/** When what is overdue is looked for: every ten seconds, beginning a minute after partitions came or went. */
@Injectable()
export class OverdueLook implements OnApplicationShutdown {
  private readonly looks: Rounds;
  private quietUntil = 0;
  private lookedAt = performance.now();

  constructor(
    private readonly overdue: Overdue,
    private readonly server: SendingServer,
    private readonly ownership: Ownership,
    @Inject(SETTINGS) private readonly settings: Pick<DeliverySettings, 'deliveryTimeoutMs'>,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.looks = new Rounds(
      () => this.look(),
      (error) => logger.warn({ error: describeError(error) }, 'overdue.look-failed'),
    );
    ownership.onChange(() => this.begin());
  }

  onApplicationShutdown(): void {
    this.looks.stop();
  }

  private begin(): void {
    this.quietUntil = performance.now() + QUIET_MS;
    this.looks.start(LOOK_EVERY_MS);
  }

  /** False while nobody can tell which partitions are ours. */
  private readonly ready = (): boolean => this.server.health === 'ready';

  private async look(): Promise<void> {
    const now = performance.now();
    const quiet = now < this.quietUntil && now - this.lookedAt < LONGEST_QUIET_MS;
    if (quiet || !this.ready()) return;
    await this.ownership.takenOver();
    this.lookedAt = now;
    await this.overdue.look(overdueAfterMs(this.settings.deliveryTimeoutMs), this.ready);
  }
}
