import { Injectable } from '@nestjs/common';
import { conflict } from '#libs/problems';
import { ConnectedDestinations } from './connected-destinations.service.js';
import { RetryNowQueries, type Retried } from './retry-now.queries.js';

/** Bounded, so that no statement holds many locks for long; what was committed stays done when a later one fails. */
const CHUNK = 5_000;

/**
 * The next try of what is retrying, at once and in the same round. It goes through the ledger's queue of what is overdue:
 * the record of the later try finds it queued or made, and is dropped.
 */
@Injectable()
export class RetryNow {
  constructor(
    private readonly queries: RetryNowQueries,
    private readonly destinations: ConnectedDestinations,
  ) {}

  /** Answers how many. @throws Problem 409 the destination is disabled or disconnected, 422 no such integration */
  async retry(retried: Retried): Promise<number> {
    const integration = this.destinations.get(retried.organizationId, retried.integrationId);
    if (!integration.enabled) throw conflict(`${integration.name} is disabled. Enable it first.`);
    await this.destinations.mustBeConnected(integration);
    let total = 0;
    for (;;) {
      const count = await this.queries.takeUp(retried, CHUNK);
      total += count;
      if (count < CHUNK) return total;
    }
  }
}
