import { Controller } from '@nestjs/common';
import { DELIVERY_REQUESTED, RELEASE_EVENTS, UnknownVocabulary, UnreadableEvent } from '#libs/contracts';
import { ConsumeBatches, Publisher, type InboundRecord, type RecordBatch } from '#libs/kafka';
import { IntegrationStates } from '../integrations/integration-states.js';
import { KnownIntegrations } from '../integrations/known-integrations.service.js';
import type { RequestRecord } from '../kafka/request-record.js';
import { timeOfEvent } from '../ledger/recorded-at.js';
import { EventRouter, type Arrived } from './event-router.service.js';
import { RoutedChunk, RoutingCounts } from './routing-counts.js';

/** The Kafka server that feeds routing. */
export const ROUTING = Symbol('delivery.routing');

/** Splits each release event into one delivery per integration that should receive it. Kafka to Kafka: no database. */
@Controller()
export class ReleaseEventConsumer {
  constructor(
    private readonly states: IntegrationStates,
    private readonly integrations: KnownIntegrations,
    private readonly router: EventRouter,
    private readonly publisher: Publisher,
    private readonly counts: RoutingCounts,
  ) {}

  @ConsumeBatches(RELEASE_EVENTS.topic, ROUTING)
  consume(batch: RecordBatch): void {
    batch.inOrder((records) => this.route(records));
  }

  private async route(records: InboundRecord[]): Promise<void> {
    const chunk = new RoutedChunk();
    const arrived = records.flatMap((record) => this.read(record, chunk, records.length === 1) ?? []);
    await this.states.catchUp(); // an integration saved before this event is respected by it
    const requests = arrived.flatMap((event) => this.requestsFor(event, chunk));
    if (requests.length > 0) await this.publisher.publish(DELIVERY_REQUESTED.topic, requests);
    this.counts.count(chunk);
  }

  /** Undefined for an event of a newer publisher: nothing here can say it, and sent again after an upgrade it is routed. */
  private read(record: InboundRecord, chunk: RoutedChunk, alone: boolean): Arrived | undefined {
    try {
      return this.router.read(record);
    } catch (error) {
      if (error instanceof UnknownVocabulary) return void chunk.addUnknown(error);
      // one of many: the chunk goes again in halves until it is alone
      if (alone && error instanceof UnreadableEvent) this.countUnreadable();
      throw error;
    }
  }

  private countUnreadable(): void {
    const chunk = new RoutedChunk();
    chunk.add('unreadable');
    this.counts.count(chunk);
  }

  private requestsFor(arrived: Arrived, chunk: RoutedChunk): RequestRecord[] {
    const { time, data } = arrived.event;
    const now = this.router.now();
    const requests = this.router.requests(arrived, this.integrations.ofOrganization(data.organizationId), { now });
    chunk.add(requests.length > 0 ? 'routed' : 'unmatched');
    chunk.addTime(timeOfEvent(time, now), time);
    return requests;
  }
}
