import { Inject, Injectable } from '@nestjs/common';
import type { IntegrationState } from '#libs/contracts';
import { keepTrying } from '#libs/kafka';
import { LOGGER, describeError, type Logger } from '#libs/observability';
import { Ledger } from '../ledger/ledger.service.js';
import { QueueEvents } from '../ledger/queue-events.js';
import { Ownership } from '../ownership/ownership.service.js';
import { DrainQueries } from './drain.queries.js';

/**
 * Fresh credentials deliver what died under other ones. Which deliveries those are is decided by the version of the
 * credentials and not by the clock, and the version drained last is kept: a drain cut short by a crash is taken up again.
 * A version may be lower than the one before it, where the owner's database was restored to an earlier time.
 */
@Injectable()
export class Drain {
  private readonly running = new Map<string, Promise<void>>();

  constructor(
    private readonly queries: DrainQueries,
    private readonly ledger: Ledger,
    private readonly ownership: Ownership,
    private readonly queues: QueueEvents,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Queues the dead letters of an integration that died under other credentials than these. */
  start(state: IntegrationState): void {
    const before = this.running.get(state.id) ?? Promise.resolve();
    const run = this.after(before, state).finally(() => {
      if (this.running.get(state.id) === run) this.running.delete(state.id);
    });
    this.running.set(state.id, run);
  }

  private async after(before: Promise<void>, state: IntegrationState): Promise<void> {
    await before;
    try {
      await this.drain(state);
    } catch (error) {
      // its next owner, or this one after its next join, finds the version undrained and takes it up
      this.logger.warn({ integrationId: state.id, error: describeError(error) }, 'dead-letters.not-queued');
    }
  }

  private async drain(state: IntegrationState): Promise<void> {
    const owned = { signal: () => this.ownership.has(state.id) };
    await keepTrying(() => this.queries.forgetHealth(state.id), owned);
    let count = await this.requeue(state, owned);
    // what died under the old credentials a moment ago may still be on its way into the ledger
    await this.ledger.flushed();
    count += await this.requeue(state, owned);
    await keepTrying(() => this.queries.markDrained(state.id, state.organizationId, state.credentialsVersion), owned);
    this.logger.info(
      { integrationId: state.id, credentialsVersion: state.credentialsVersion, count },
      'dead-letters.queued',
    );
  }

  private async requeue(state: IntegrationState, owned: { signal: () => boolean }): Promise<number> {
    let total = 0;
    for (;;) {
      const count = await keepTrying(() => this.queries.requeueDead(state.id, state.credentialsVersion), owned);
      total += count;
      if (count > 0) this.queues.queued(state.id);
      if (count === 0) return total;
    }
  }
}
