import { Inject, Injectable } from '@nestjs/common';
import { DELIVERY_REQUESTED, RELEASE_EVENTS, UnreadableEvent } from '#libs/contracts';
import { KafkaConnection, Publisher, readSince, type InboundRecord } from '#libs/kafka';
import type { RequestRecord } from '../kafka/request-record.js';
import { EventRouter, isResent, type Arrived } from './event-router.service.js';
import type { PassedBy } from './late-states.js';

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

  /** @param since epoch ms. @throws the signal's reason, an outage, and what cannot be published */
  async since(since: number, passedBy: PassedBy, { signal, onRouted }: ReplayOptions): Promise<void> {
    await readSince({
      connection: this.connection,
      topic: RELEASE_EVENTS.topic,
      groupPrefix: 'delivery.late-events',
      since,
      onRecords: async (records) => {
        const requests = records.flatMap((record) => this.requestsFor(record, passedBy));
        if (requests.length > 0) await this.publisher.publish(DELIVERY_REQUESTED.topic, requests);
        onRouted(records.length, requests.length);
      },
      signal,
    });
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
