import { Inject, Injectable } from '@nestjs/common';
import { DELIVERY_REQUESTED, type DeliveryRequested } from '#libs/contracts';
import { Publisher } from '#libs/kafka';
import { Counter, LOGGER, Registry, traceparentOf, type Logger } from '#libs/observability';
import { requestRecord } from '../kafka/request-record.js';
import { Ownership } from '../ownership/ownership.service.js';

/** By then a request is in the ledger, or was lost: it is made again. */
const AGAIN_AFTER_MS = 60_000;

/** Requests alerts for receivers that are this instance's, each once for as long as it may be on its way to the ledger. */
@Injectable()
export class AlertOutlet {
  /** By delivery id; when it was requested, of `performance.now()`. */
  private recent = new Map<string, number>();
  private readonly requested: Counter<'type'>;

  constructor(
    @Inject(Publisher) private readonly publisher: Pick<Publisher, 'publish'>,
    @Inject(Ownership) private readonly ownership: Pick<Ownership, 'has'>,
    @Inject(LOGGER) private readonly logger: Logger,
    registry: Registry,
  ) {
    this.requested = new Counter({
      name: 'alerts_requested_total',
      help: 'Deliveries that were requested to alert of a destination, by the type of the event',
      labelNames: ['type'],
      registers: [registry],
    });
  }

  /** @throws what cannot be published */
  async request(requests: readonly DeliveryRequested[]): Promise<void> {
    const now = performance.now();
    this.recent = new Map([...this.recent].filter(([, at]) => now - at < AGAIN_AFTER_MS));
    const ours = requests.filter((one) => this.ownership.has(one.integrationId) && !this.recent.has(one.deliveryId));
    if (ours.length === 0) return;
    const records = ours.map((one) => requestRecord(one, traceparentOf(undefined)));
    await this.publisher.publish(DELIVERY_REQUESTED.topic, records);
    for (const { deliveryId, integrationId, event } of ours) {
      this.recent.set(deliveryId, now);
      this.requested.inc({ type: event.type });
      this.logger.info({ deliveryId, integrationId, type: event.type, eventId: event.id }, 'alert.requested');
    }
  }
}
