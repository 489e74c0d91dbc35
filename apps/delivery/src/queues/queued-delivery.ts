import { traceparentOf } from '#libs/observability';
import type { Queue } from '../ledger/queue.js';
import type { Delivery } from '../sending/delivery.js';
import type { QueuedRow } from './queue.queries.js';

/** A row of a queue, as it goes to its destination's lane: its next attempt in the round that it is in. */
export function queuedDelivery(
  integrationId: string,
  queue: Queue,
  { id, round, round_attempts, test, event, event_at, queue_position, updated_at }: QueuedRow,
  owned: () => boolean,
): Delivery {
  const keptAt = event_at.toISOString();
  return {
    request: {
      deliveryId: id,
      integrationId,
      round,
      attempt: round_attempts + 1,
      test,
      integrationVersion: 0,
      event,
      ...(keptAt === event.time ? {} : { recordedAt: keptAt }),
    },
    traceparent: traceparentOf(undefined),
    firstFailedAt: undefined,
    dueAt: undefined,
    position: queue_position,
    onlyPermanent: round_attempts === 0,
    roundBeganAt: round_attempts === 0 ? updated_at.getTime() : undefined,
    queue,
    owned,
  };
}
