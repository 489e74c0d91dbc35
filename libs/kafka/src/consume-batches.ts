import { EventPattern } from '@nestjs/microservices';

/** The method gets a `RecordBatch` of these topics from the Kafka server with this transport id. */
export function ConsumeBatches(topics: string | string[], server: symbol): MethodDecorator {
  return EventPattern(topics, server);
}
