import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Counter, LOGGER, Registry, type Logger } from '#libs/observability';
import { IntegrationStates } from '../integrations/integration-states.js';
import { KnownIntegrations } from '../integrations/known-integrations.service.js';
import { EventReplay } from './event-replay.service.js';
import { CLOCKS_DIFFER_MS, PassedBy, type LateState } from './late-states.js';

/**
 * Routes events again for integrations whose states came late. What was routed to them already has the same delivery id,
 * and the ledger drops it. One reading at a time: states that come meanwhile share the next one.
 */
@Injectable()
export class Rerouting implements BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private readonly waiting: LateState[] = [];
  private current: Promise<void> = Promise.resolve();
  private next: Promise<void> | undefined;
  private readonly requested: Counter;

  constructor(
    @Inject(IntegrationStates) private readonly states: Pick<IntegrationStates, 'catchUp'>,
    private readonly integrations: KnownIntegrations,
    private readonly replay: EventReplay,
    @Inject(LOGGER) private readonly logger: Logger,
    registry: Registry,
  ) {
    this.requested = new Counter({
      name: 'routing_rerouted_total',
      help: 'Deliveries that were requested again because the state of their integration reached Kafka late',
      registers: [registry],
    });
  }

  /** Resolves when all that these states have missed is requested. @throws an outage, and what cannot be published */
  catchUp(late: readonly LateState[]): Promise<void> {
    this.waiting.push(...late);
    this.next ??= this.afterCurrent();
    return this.next;
  }

  /** A reading that is cut off is begun again by whichever instance reads the states next. */
  beforeApplicationShutdown(): void {
    this.stopping.abort();
  }

  private async afterCurrent(): Promise<void> {
    await this.current.catch(() => undefined); // its own caller gets its error
    const reading = this.next!;
    this.next = undefined;
    this.current = reading;
    await this.route(this.waiting.splice(0));
  }

  private async route(late: LateState[]): Promise<void> {
    await this.states.catchUp();
    const present = late.filter(({ state }) => this.integrations.get(state.id) !== undefined); // the others were deleted since
    if (present.length === 0) return;
    const since = Math.min(...present.map(({ savedAt }) => savedAt));
    const counts = { states: present.length, events: 0, requests: 0 };
    await this.replay.since(since - CLOCKS_DIFFER_MS, new PassedBy(present), {
      signal: this.stopping.signal,
      onRouted: (events, requests) => {
        counts.events += events;
        counts.requests += requests;
        this.requested.inc(requests);
      },
    });
    this.logger.info({ ...counts, since: new Date(since).toISOString() }, 'integration-states.caught-up');
  }
}
