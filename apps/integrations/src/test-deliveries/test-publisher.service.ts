import { Injectable } from '@nestjs/common';
import { DELIVERY_REQUESTED, encodeDeliveryRequested, type DeliveryRequested } from '#libs/contracts';
import { within } from '#libs/deadline';
import { KafkaConnection, Publisher, isOutage } from '#libs/kafka';
import { unavailable } from '#libs/problems';
import { SOURCE } from '../integrations/integration-state.js';

/** Who pressed the button is told by then, also where the brokers went away a moment ago. */
const ANSWER_WITHIN_MS = 3_000;

/** Puts a test on `delivery.requested`, while its caller waits. */
@Injectable()
export class TestPublisher {
  constructor(
    private readonly connection: KafkaConnection,
    private readonly publisher: Publisher,
  ) {}

  /** @throws Problem 503 where Kafka is away */
  async publish(request: DeliveryRequested, traceparent: string): Promise<void> {
    if (!(await this.connection.reachable())) throw unavailable('The event log');
    try {
      const published = this.publisher.publish(
        DELIVERY_REQUESTED.topic,
        encodeDeliveryRequested(request, { source: SOURCE, traceparent }),
      );
      await within(ANSWER_WITHIN_MS, published, late);
    } catch (error) {
      throw isOutage(error) ? unavailable('The event log') : error;
    }
  }
}

function late(): never {
  throw unavailable('The event log');
}
