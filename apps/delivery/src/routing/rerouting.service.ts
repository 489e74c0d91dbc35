import type { BeforeApplicationShutdown } from '@nestjs/common';
import {
  DELIVERY_REQUESTED,
  HEADERS,
  RELEASE_EVENTS,
  UnreadableEvent,
  parseReleaseEvent,
  type ReleaseEvent,
} from '#libs/contracts';
import { readSince, type InboundRecord, type KafkaConnection, type Publisher, type StateReader } from '#libs/kafka';
import { Counter, traceparentOf, type Logger, type Registry } from '#libs/observability';
import type { KnownIntegrations } from '../integrations/known-integrations.service.js';
import { CLOCKS_DIFFER_MS, PassedBy, type LateState } from './late-states.js';
import { routeReleaseEvent, withLink, type RoutedRecord } from './route-release-event.js';

export interface ReroutingOptions {
  connection: KafkaConnection;
  integrations: KnownIntegrations;
  states: Pick<StateReader, 'catchUp'>;
  publisher: Pick<Publisher, 'publish'>;
  adminBaseUrl: string;
  /** Epoch ms, by the clock that the ledger goes by. */
  now: () => number;
  logger: Logger;
  registry: Registry;
}

/**
 * Routes events again for integrations whose states came late. What was routed to them already has the same delivery id,
 * and the ledger drops it. One reading at a time: states that come meanwhile share the next one.
 */
export class Rerouting implements BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private readonly waiting: LateState[] = [];
  private current: Promise<void> = Promise.resolve();
  private next: Promise<void> | undefined;
  private readonly requested: Counter;

  constructor(private readonly on: ReroutingOptions) {
    this.requested = new Counter({
      name: 'routing_rerouted_total',
      help: 'Deliveries that were requested again because the state of their integration reached Kafka late',
      registers: [on.registry],
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
    const { connection, states, integrations, logger } = this.on;
    await states.catchUp();
    const present = late.filter(({ state }) => integrations.get(state.id) !== undefined); // the others were deleted since
    if (present.length === 0) return;
    const passedBy = new PassedBy(present);
    const since = Math.min(...present.map(({ savedAt }) => savedAt));
    const counts = { states: present.length, events: 0, requests: 0 };
    await readSince({
      connection,
      topic: RELEASE_EVENTS.topic,
      groupPrefix: 'delivery.late-events',
      since: since - CLOCKS_DIFFER_MS,
      onRecords: async (records) => {
        const requests = records.flatMap((record) => this.requestsFor(record, passedBy));
        if (requests.length > 0) await this.on.publisher.publish(DELIVERY_REQUESTED.topic, requests);
        counts.events += records.length;
        counts.requests += requests.length;
        this.requested.inc(requests.length);
      },
      signal: this.stopping.signal,
    });
    logger.info({ ...counts, since: new Date(since).toISOString() }, 'integration-states.caught-up');
  }

  private requestsFor(record: InboundRecord, passedBy: PassedBy): RoutedRecord[] {
    const event = readable(record);
    if (!event) return [];
    const resent = record.headers[HEADERS.resent] !== undefined;
    const states = passedBy.of(event, { resent, timestamp: record.timestamp });
    if (states.length === 0) return [];
    const traceparent = traceparentOf(record.headers[HEADERS.traceparent]);
    // as one that was sent before: the ledger may have it already, under whatever time
    return routeReleaseEvent(withLink(event, this.on.adminBaseUrl), states, {
      traceparent,
      resent: true,
      now: this.on.now(),
    });
  }
}

/** Undefined for what routing has set aside or passed over. */
function readable(record: InboundRecord): ReleaseEvent | undefined {
  try {
    return parseReleaseEvent(record);
  } catch (error) {
    if (error instanceof UnreadableEvent) return undefined;
    throw error;
  }
}
