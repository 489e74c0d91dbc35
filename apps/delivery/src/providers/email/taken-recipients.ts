import { LRUCache } from 'lru-cache';

const MOST_DELIVERIES = 10_000;

/**
 * Who already has the mail of a delivery that is to be tried again for the others. In memory only: where a process ends
 * in between, they get it twice, under the same Message-ID.
 */
export class TakenRecipients {
  private readonly byDelivery = new LRUCache<string, ReadonlySet<string>>({ max: MOST_DELIVERIES });

  of(deliveryId: string): ReadonlySet<string> {
    return this.byDelivery.get(deliveryId) ?? new Set();
  }

  add(deliveryId: string, recipients: readonly string[]): void {
    if (recipients.length > 0) this.byDelivery.set(deliveryId, new Set([...this.of(deliveryId), ...recipients]));
  }

  /** The delivery is over; delivering it once more on purpose reaches everybody. */
  forget(deliveryId: string): void {
    this.byDelivery.delete(deliveryId);
  }
}
