import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, describeError, type Logger } from '#libs/observability';
import { KnownIntegrations } from '../integrations/known-integrations.service.js';
import { QUEUE, type Queue } from '../ledger/queue.js';
import { QueueEvents } from '../ledger/queue-events.js';
import { Feeder } from './feeder.service.js';
import { QueueGate } from './queue-gate.js';

/**
 * Feeds destinations what waits for them in the ledger: what was parked, what is redelivered, what a drain queued, what
 * was overdue. The owner of the integration's partition pumps for it, one queue at a time.
 */
@Injectable()
export class Pump {
  private readonly running = new Set<string>();
  private readonly wokenAgain = new Set<string>();

  constructor(
    private readonly feeder: Feeder,
    private readonly gate: QueueGate,
    queues: QueueEvents,
    integrations: KnownIntegrations,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    queues.onQueued((id) => this.wake(id));
    integrations.onChange((id, next, before) => {
      if (next?.enabled && before && !before.enabled) this.wake(id);
    });
  }

  /** There may be something waiting for this integration. */
  private wake(integrationId: string): void {
    if (!this.gate.owns(integrationId)) return;
    for (const queue of Object.values(QUEUE)) this.start(integrationId, queue);
  }

  private start(integrationId: string, queue: Queue): void {
    const key = `${integrationId}:${queue}`;
    if (this.running.has(key)) {
      this.wokenAgain.add(key);
      return;
    }
    this.running.add(key);
    void this.feeder
      .feed(integrationId, queue)
      .catch((error: unknown) => this.logger.error({ integrationId, error: describeError(error) }, 'pump.failed'))
      .finally(() => {
        this.running.delete(key);
        if (this.wokenAgain.delete(key)) this.start(integrationId, queue);
      });
  }
}
