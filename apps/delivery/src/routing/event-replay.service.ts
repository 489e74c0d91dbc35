import { Inject, Injectable } from '@nestjs/common';
import { DELIVERY_REQUESTED, RELEASE_EVENTS, UnreadableEvent } from '#libs/contracts';
import { KafkaConnection, Publisher, readSince, type InboundRecord } from '#libs/kafka';
import type { RequestRecord } from '../kafka/request-record.js';
import { EventRouter, isResent, type Arrived } from './event-router.service.js';
import type { PassedBy } from './late-states.js';
import { RoutingProgress } from './routing-progress.js';

export interface ReplayOptions {
  signal: AbortSignal;
  /** Called after each batch: how many events it had, and how many deliveries were requested. */
  onRouted: (events: number, requests: number) => void;
}

/** Reads `release.events` again, for integrations that some of them have passed by. */
@Injectable()
export class EventReplay {
  constructor(
    private readonly connection: KafkaConnection,
    @Inject(Publisher) private readonly publisher: Pick<Publisher, 'publish'>,
    private readonly router: EventRouter,
  ) {}

  /**
   * Goes behind routing: an event that routing has not come to may have others before it that go to the same integration.
   * @param since epoch ms. @throws an outage, and what cannot be published
   */
  async since(since: number, passedBy: PassedBy, { signal, onRouted }: ReplayOptions): Promise<void> {
    const over = new AbortController();
    const waiting = AbortSignal.any([signal, over.signal]);
    const routing = new RoutingProgress(this.connection);
    try {
      await readSince({
        connection: this.connection,
        topic: RELEASE_EVENTS.topic,
        groupPrefix: 'delivery.late-events',
        since,
        onRecords: async (records) => {
          const requested = records.map((record) => this.requestsFor(record, passedBy));
          const requests = requested.flat();
          if (requests.length > 0) {
            const last = records[requested.findLastIndex(({ length }) => length > 0)]!;
            await routing.reaches(last.partition, Number(last.offset), waiting);
            await this.publisher.publish(DELIVERY_REQUESTED.topic, requests);
          }
          onRouted(records.length, requests.length);
        },
        signal,
      });
    } finally {
      over.abort();
    }
  }

  private requestsFor(record: InboundRecord, passedBy: PassedBy): RequestRecord[] {
    const arrived = this.readable(record);
    if (!arrived) return [];
    const resent = isResent(record.headers);
    const states = passedBy.of(arrived.event, { resent, timestamp: record.timestamp });
    // as one that was sent before: the ledger may have it already, under whatever time
    return states.length === 0 ? [] : this.router.requests(arrived, states, { again: true });
  }

  /** Undefined for what routing has set aside or passed over. */
  private readable(record: InboundRecord): Arrived | undefined {
    try {
      return this.router.read(record);
    } catch (error) {
      if (error instanceof UnreadableEvent) return undefined;
      throw error;
    }
  }
}
