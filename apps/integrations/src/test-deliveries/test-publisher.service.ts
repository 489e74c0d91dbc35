import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DELIVERY_REQUESTED, encodeDeliveryRequested, type DeliveryRequested } from '#libs/contracts';
import { within } from '#libs/deadline';
import { KafkaConnection, Publisher, isOutage } from '#libs/kafka';
import { LOGGER, describeError, type Logger } from '#libs/observability';
import { Outbox, type OutboxMessage } from '#libs/outbox';
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
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
    @Inject(LOGGER) private readonly logger: Logger,
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

  /** Tells who has sent it. The test is on its way by then: where this fails, the log tells it. */
  async tell(activity: OutboxMessage): Promise<void> {
    try {
      await this.outbox.add(this.dataSource.manager, [activity]);
      this.outbox.wake();
    } catch (error) {
      this.logger.warn({ activity: activity.value, error: describeError(error) }, 'activity.not-told');
    }
  }
}

function late(): never {
  throw unavailable('The event log');
}
