import { Controller } from '@nestjs/common';
import { INTEGRATION_STATE } from '#libs/contracts';
import { ConsumeBatches, type RecordBatch } from '#libs/kafka';
import { lateStateOf } from './late-states.js';
import { Rerouting } from './rerouting.service.js';

/** The Kafka server that feeds the routing of what has passed a late state by. */
export const LATE_STATES = Symbol('delivery.late-states');

/**
 * Sees to it that an integration gets the releases that were routed before its state came. Each state is read by one
 * instance, and its position committed once that is done: one that dies leaves it to the next.
 */
@Controller()
export class LateStateConsumer {
  constructor(private readonly rerouting: Rerouting) {}

  @ConsumeBatches(INTEGRATION_STATE.topic, LATE_STATES)
  consume(batch: RecordBatch): void {
    batch.inOrder(async (records) => {
      const late = records.flatMap((record) => lateStateOf(record) ?? []);
      if (late.length > 0) await this.rerouting.catchUp(late);
    });
  }
}
