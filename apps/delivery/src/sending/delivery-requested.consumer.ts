import { Controller } from '@nestjs/common';
import { DELIVERY_REQUESTED } from '#libs/contracts';
import { ConsumeBatches, type RecordBatch } from '#libs/kafka';
import { Sender } from './sender.service.js';

/** The Kafka server that feeds sending. */
export const SENDING = Symbol('delivery.sending');

/** Each record is finished on its own: a destination that is slow holds up its own deliveries only. */
@Controller()
export class DeliveryRequestedConsumer {
  constructor(private readonly sender: Sender) {}

  @ConsumeBatches(DELIVERY_REQUESTED.topic, SENDING)
  consume(batch: RecordBatch): void {
    batch.each((record) => this.sender.take(record));
  }
}
