import { Inject, Injectable } from '@nestjs/common';
import { NoLongerOwned, keepTrying } from '#libs/kafka';
import { LOGGER, describeError, type Logger } from '#libs/observability';
import { QUEUE, type Queue } from '../ledger/queue.js';
import type { Delivery } from '../sending/delivery.js';
import { Parking } from '../sending/parking.service.js';
import { Sender } from '../sending/sender.service.js';
import { QueueGate } from './queue-gate.js';
import { QueueQueries, type QueuedRow } from './queue.queries.js';
import { queuedDelivery } from './queued-delivery.js';

const PAGE = 200;
/** So many of one integration are between the ledger and its answer at a time. */
const IN_FLIGHT = 64;

/**
 * Feeds one queue of an integration, in order and as fast as the destination takes it. A row leaves its queue only by
 * being recorded, so the next owner goes on where this one stopped.
 */
@Injectable()
export class Feeder {
  constructor(
    @Inject(QueueQueries) private readonly queries: Pick<QueueQueries, 'next'>,
    @Inject(Sender) private readonly sender: Pick<Sender, 'settled' | 'feed'>,
    @Inject(Parking) private readonly parking: Pick<Parking, 'of' | 'end'>,
    @Inject(QueueGate) private readonly gate: Pick<QueueGate, 'owns' | 'open'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Passes over the queue until a pass finds nothing new: rows may be queued in front of where the last pass was. */
  async feed(integrationId: string, queue: Queue): Promise<void> {
    const fed = new Map<string, number>();
    while (this.gate.open(integrationId, queue)) {
      const { entering, ever } = this.parking.of(integrationId);
      const count = await this.pass(integrationId, queue, fed);
      const missed = entering > 0 || this.parking.of(integrationId).ever > ever;
      if (count === 0 && this.finish(integrationId, queue, missed)) return;
    }
  }

  /**
   * Ends parking once a pass found nothing and none was on its way into the ledger meanwhile: from then on deliveries go
   * straight to the lane. One that was missed would be overtaken by all that come after it.
   */
  private finish(integrationId: string, queue: Queue, missed: boolean): boolean {
    if (queue !== QUEUE.parked) return true;
    if (missed) return false;
    this.parking.end(integrationId);
    return true;
  }

  private async pass(integrationId: string, queue: Queue, fed: Map<string, number>): Promise<number> {
    const owned = (): boolean => this.gate.owns(integrationId);
    const inFlight = new Set<Promise<void>>();
    let after: QueuedRow | undefined;
    let count = 0;
    for (;;) {
      const rows = await keepTrying(() => this.queries.next(integrationId, queue, after, PAGE), { signal: owned });
      const fresh = rows.filter(({ id, round }) => fed.get(id) !== round);
      for (const row of fresh) {
        if (!this.gate.open(integrationId, queue)) break;
        const delivery = queuedDelivery(integrationId, queue, row, owned);
        // one after another, so that the order stays; an overdue one is looked up again in any case
        if (queue !== QUEUE.overdue) await this.sender.settled(delivery.request);
        fed.set(row.id, row.round);
        const feeding = this.feedOne(delivery, () => fed.delete(row.id)).finally(() => inFlight.delete(feeding));
        inFlight.add(feeding);
        if (inFlight.size >= IN_FLIGHT) await Promise.race(inFlight);
      }
      count += fresh.length;
      after = rows.at(-1);
      if (rows.length < PAGE || !this.gate.open(integrationId, queue)) break;
    }
    await Promise.all(inFlight);
    return count;
  }

  private async feedOne(delivery: Delivery, letGo: () => void): Promise<void> {
    await this.sender.feed(delivery).catch((error: unknown) => {
      const { deliveryId, integrationId } = delivery.request;
      if (error instanceof NoLongerOwned || !this.gate.owns(integrationId)) return letGo(); // its next owner goes on, which may be this one again
      this.logger.error({ deliveryId, integrationId, error: describeError(error) }, 'pump.delivery-failed');
    });
  }
}
