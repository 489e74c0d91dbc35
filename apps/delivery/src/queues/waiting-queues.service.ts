import { Injectable } from '@nestjs/common';
import { QUEUE } from '../ledger/queue.js';
import { QueueEvents } from '../ledger/queue-events.js';
import { Ownership } from '../ownership/ownership.service.js';
import { Parking } from '../sending/parking.service.js';
import { QueueQueries } from './queue.queries.js';

/** Every queue of the ledger with something in it. */
@Injectable()
export class WaitingQueues {
  constructor(
    private readonly queries: QueueQueries,
    private readonly ownership: Ownership,
    private readonly parking: Parking,
    private readonly queues: QueueEvents,
  ) {}

  /** Goes on with those that an earlier owner of our partitions left: what arrives goes behind what is parked. */
  async takeUp(): Promise<void> {
    for (const { integration_id: id, queue } of await this.queries.waiting()) {
      if (!this.ownership.has(id)) continue;
      if (queue === QUEUE.parked) this.parking.begin(id);
      this.queues.queued(id);
    }
  }

  /** The safety net below notifications, which are lost while nobody is connected. */
  async lookRound(): Promise<void> {
    for (const { integration_id: id } of await this.queries.waiting()) this.queues.queued(id);
  }
}
