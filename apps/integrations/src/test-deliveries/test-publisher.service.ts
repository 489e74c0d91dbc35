import { Injectable } from '@nestjs/common';
import { DELIVERY_REQUESTED, HEADERS, freshHeaders, type DeliveryRequested } from '#libs/contracts';
import { KafkaConnection, Publisher, isOutage, type OutboundRecord } from '#libs/kafka';
import { unavailable } from '#libs/problems';
import { SOURCE } from '../integrations/integration-state.js';

/** Who pressed the button is told by then, also where the brokers went away a moment ago. */
const ANSWER_WITHIN_MS = 3_000;

/** Puts a test on `delivery.requested`, while whoever asked for it waits. */
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
      await withinMs(
        ANSWER_WITHIN_MS,
        this.publisher.publish(DELIVERY_REQUESTED.topic, recordOf(request, traceparent)),
      );
    } catch (error) {
      throw isOutage(error) ? unavailable('The event log') : error;
    }
  }
}

function recordOf(request: DeliveryRequested, traceparent: string): OutboundRecord {
  return {
    key: DELIVERY_REQUESTED.key(request),
    value: JSON.stringify(request),
    headers: {
      ...freshHeaders('delivery.requested', SOURCE, request.deliveryId),
      [HEADERS.deliveryId]: request.deliveryId,
      [HEADERS.attempt]: String(request.attempt),
      [HEADERS.traceparent]: traceparent,
    },
  };
}

/** @throws Problem 503 where it takes longer; the work itself goes on */
async function withinMs<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(unavailable('The event log')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
