import { Controller } from '@nestjs/common';
import { DELIVERY_REQUESTED } from '#libs/contracts';
import { ConsumeBatches, type InboundRecord, type RecordBatch } from '#libs/kafka';
import { ReturnedLetters } from '../dead-letters/returned-letters.service.js';
import { Sender } from './sender.service.js';

/** The Kafka server that feeds sending. */
export const SENDING = Symbol('delivery.sending');

/** Each record is finished on its own: a destination that is slow holds up its own deliveries only. */
@Controller()
export class DeliveryRequestedConsumer {
  constructor(
    private readonly sender: Sender,
    private readonly letters: ReturnedLetters,
  ) {}

  @ConsumeBatches(DELIVERY_REQUESTED.topic, SENDING)
  consume(batch: RecordBatch): void {
    batch.each((record) => this.take(record));
  }

  private take(record: InboundRecord): Promise<void> {
    return this.letters.has(record) ? this.letters.take(record) : this.sender.take(record);
  }
}
