import { Inject, Injectable } from '@nestjs/common';
import { NoLongerOwned, keepTrying } from '#libs/kafka';
import { Ledger } from '../ledger/ledger.service.js';
import type { Delivery } from './delivery.js';
import { parkedEntry } from './ending.js';
import { Lanes } from './lanes.service.js';

/** Deliveries that wait in the ledger because their destination has too many, until the pump feeds them back. */
@Injectable()
export class Parking {
  /** Parked entries on their way to the ledger, by integration. */
  private readonly entering = new Map<string, number>();
  /** How many were ever parked, by integration. */
  private readonly everParked = new Map<string, number>();

  constructor(
    @Inject(Ledger) private readonly ledger: Pick<Ledger, 'record'>,
    private readonly lanes: Lanes,
  ) {}

  /** Resolves when it is on record. @throws NoLongerOwned */
  async park(delivery: Delivery): Promise<void> {
    if (!delivery.owned()) throw new NoLongerOwned();
    const id = delivery.request.integrationId;
    this.entering.set(id, (this.entering.get(id) ?? 0) + 1);
    this.everParked.set(id, (this.everParked.get(id) ?? 0) + 1);
    try {
      await keepTrying(() => this.ledger.record(parkedEntry(delivery)), { signal: delivery.owned });
    } finally {
      const left = this.entering.get(id)! - 1;
      if (left === 0) this.entering.delete(id);
      else this.entering.set(id, left);
    }
  }

  /** Of this integration: how many are on their way into the ledger at this moment, and how many ever were. */
  of(integrationId: string): { entering: number; ever: number } {
    return { entering: this.entering.get(integrationId) ?? 0, ever: this.everParked.get(integrationId) ?? 0 };
  }

  /** Some wait in the ledger already: what comes from now on goes behind them. */
  begin(integrationId: string): void {
    this.lanes.of(integrationId).parked = true;
  }

  /** None waits any more: what comes from now on goes straight to the lane. */
  end(integrationId: string): void {
    this.lanes.of(integrationId).parked = false;
  }
}
