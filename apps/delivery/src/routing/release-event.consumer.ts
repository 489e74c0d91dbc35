import { Controller } from '@nestjs/common';
import {
  DELIVERY_REQUESTED,
  HEADERS,
  RELEASE_EVENTS,
  UnknownVocabulary,
  UnreadableEvent,
  parseReleaseEvent,
  type ReleaseEvent,
} from '#libs/contracts';
import { ConsumeBatches, type InboundRecord, type Publisher, type RecordBatch, type StateReader } from '#libs/kafka';
import { traceparentOf } from '#libs/observability';
import type { KnownIntegrations } from '../integrations/known-integrations.service.js';
import { timeOfEvent } from './recorded-at.js';
import { routeReleaseEvent, withLink, type RoutedRecord } from './route-release-event.js';
import { RoutedChunk, type RoutingCounts } from './routing-counts.js';

/** The Kafka server that feeds routing. */
export const ROUTING = Symbol('delivery.routing');

/** What routing works with. */
export abstract class RoutingOptions {
  abstract readonly integrations: KnownIntegrations;
  abstract readonly states: StateReader;
  abstract readonly publisher: Publisher;
  /** The console's origin, for events that come without a link. */
  abstract readonly adminBaseUrl: string;
  abstract readonly counts: RoutingCounts;
  /** Epoch ms, by the clock that the ledger goes by. */
  abstract readonly now: () => number;
}

/** Splits each release event into one delivery per integration that should hear of it. Kafka to Kafka: no database. */
@Controller()
export class ReleaseEventConsumer {
  constructor(private readonly on: RoutingOptions) {}

  @ConsumeBatches(RELEASE_EVENTS.topic, ROUTING)
  consume(batch: RecordBatch): void {
    batch.inOrder((records) => this.route(records));
  }

  private async route(records: InboundRecord[]): Promise<void> {
    const chunk = new RoutedChunk();
    const events = records.flatMap((record) => {
      const event = this.read(record, chunk, records.length === 1);
      return event ? [{ event, record }] : [];
    });
    await this.on.states.catchUp(); // an integration saved before this event is respected by it
    const routed = events.flatMap(({ event, record }) => this.requestsFor(event, record, chunk));
    if (routed.length > 0) await this.on.publisher.publish(DELIVERY_REQUESTED.topic, routed);
    this.on.counts.count(chunk);
  }

  /** Undefined for an event of a newer publisher: nothing here can say it, and sent again after an upgrade it is routed. */
  private read(record: InboundRecord, chunk: RoutedChunk, alone: boolean): ReleaseEvent | undefined {
    try {
      return withLink(parseReleaseEvent(record), this.on.adminBaseUrl);
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
    this.on.counts.count(chunk);
  }

  private requestsFor(event: ReleaseEvent, record: InboundRecord, chunk: RoutedChunk): RoutedRecord[] {
    const now = this.on.now();
    const requests = routeReleaseEvent(event, this.on.integrations.ofOrganization(event.data.organizationId), {
      traceparent: traceparentOf(record.headers[HEADERS.traceparent]),
      resent: record.headers[HEADERS.resent] !== undefined,
      now,
    });
    chunk.add(requests.length > 0 ? 'routed' : 'unmatched');
    chunk.addTime(timeOfEvent(event.time, now), event.time);
    return requests;
  }
}
