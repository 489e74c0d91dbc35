import { Controller } from '@nestjs/common';
import { DELIVERY_REQUESTED, parseEvent, retryTopic } from '#libs/contracts';
import { ConsumeBatches, type InboundRecord, Publisher, type RecordBatch } from '#libs/kafka';

/** The Kafka server that waits until retries are due. */
export const RETRIES = Symbol('delivery.retries');

/** Hands retries back to `delivery.requested` when they are due. */
@Controller()
export class RetryConsumer {
  constructor(private readonly publisher: Publisher) {}

  @ConsumeBatches(retryTopic('*'), RETRIES)
  consume(batch: RecordBatch): void {
    batch.inOrder((records) => this.handBack(records));
  }

  private async handBack(records: InboundRecord[]): Promise<void> {
    for (const record of records) parseEvent(DELIVERY_REQUESTED, record);
    await this.publisher.publish(
      DELIVERY_REQUESTED.topic,
      records.map(({ key, value, headers }) => ({ key, value, headers })),
    );
  }
}
