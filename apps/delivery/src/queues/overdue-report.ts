import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '#libs/config';
import { Counter, Gauge, LOGGER, Registry, describeError, type Logger } from '#libs/observability';
import type { DeliverySettings } from '../delivery.config.js';
import { overdueAfterMs } from './overdue-after.js';
import { OverdueQueries } from './overdue.queries.js';

/** How many are overdue, and what was taken up. */
@Injectable()
export class OverdueReport {
  private readonly taken: Counter;

  constructor(
    registry: Registry,
    queries: OverdueQueries,
    @Inject(SETTINGS) { deliveryTimeoutMs }: Pick<DeliverySettings, 'deliveryTimeoutMs'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.taken = new Counter({
      name: 'delivery_overdue_taken_up_total',
      help: 'Overdue deliveries that this instance queued again from the ledger',
      registers: [registry],
    });
    new Gauge({
      name: 'delivery_overdue',
      help: 'Deliveries of all organizations that were due more than a minute ago and wait in no queue; every instance says the same',
      registers: [registry],
      async collect() {
        try {
          this.set(await queries.count(overdueAfterMs(deliveryTimeoutMs)));
        } catch (error) {
          this.remove(); // no value where it cannot be asked
          logger.debug({ error: describeError(error) }, 'metrics.not-counted');
        }
      },
    });
  }

  /** @param queued the integrations of what was queued, one for each delivery */
  takenUp(queued: readonly string[], oldest: Date): void {
    this.taken.inc(queued.length);
    if (queued.length === 0) return;
    const integrations = new Set(queued).size;
    this.logger.warn({ count: queued.length, integrations, oldest }, 'deliveries.overdue-taken-up');
  }
}
