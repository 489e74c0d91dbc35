import { Controller } from '@nestjs/common';
import { DELIVERY_REQUESTED, HEADERS, RELEASE_EVENTS, parseReleaseEvent, type ReleaseEvent } from '#libs/contracts';
import { ConsumeBatches, type InboundRecord, type Publisher, type RecordBatch, type StateReader } from '#libs/kafka';
import { traceparentOf } from '#libs/observability';
import type { KnownIntegrations } from '../integrations/known-integrations.service.js';
import { routeReleaseEvent } from './route-release-event.js';

/** The Kafka server that feeds routing. */
export const ROUTING = Symbol('delivery.routing');

/** What routing works with. */
export abstract class RoutingOptions {
  abstract readonly integrations: KnownIntegrations;
  abstract readonly states: StateReader;
  abstract readonly publisher: Publisher;
  /** The console's origin, for events that come without a link. */
  abstract readonly adminBaseUrl: string;
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
    const events = records.map((record) => ({ event: this.withLink(parseReleaseEvent(record)), record }));
    await this.on.states.catchUp(); // an integration saved before this event is respected by it
    const routed = events.flatMap(({ event, record }) => {
      const integrations = this.on.integrations.ofOrganization(event.data.organizationId);
      return routeReleaseEvent(event, integrations, traceparentOf(record.headers[HEADERS.traceparent]));
    });
    if (routed.length > 0) await this.on.publisher.publish(DELIVERY_REQUESTED.topic, routed);
  }

  private withLink(event: ReleaseEvent): ReleaseEvent {
    if (event.data.url !== undefined) return event;
    const { project, release } = event.data;
    return {
      ...event,
      data: { ...event.data, url: `${this.on.adminBaseUrl}/projects/${project.id}/releases/${release.id}` },
    };
  }
}
