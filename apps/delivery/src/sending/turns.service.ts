import { Inject, Injectable } from '@nestjs/common';
import { Attempts } from './attempts.service.js';
import type { Delivery } from './delivery.js';
import { Lanes } from './lanes.service.js';
import { Parking } from './parking.service.js';

/** Each destination takes its deliveries one after another: an attempt begins when it is its turn. All resolve when it is recorded. */
@Injectable()
export class Turns {
  constructor(
    private readonly lanes: Lanes,
    @Inject(Attempts) private readonly attempts: Pick<Attempts, 'begin'>,
    private readonly parking: Parking,
  ) {}

  /** For a test, which does not wait behind a backlog. */
  now(delivery: Delivery): Promise<void> {
    return this.attempts.begin(delivery).recorded;
  }

  /** For one that arrives: behind those that wait here, or in the ledger, where it may have to wait as well. */
  inLine(delivery: Delivery): Promise<void> {
    return new Promise((resolve) => {
      this.lanes.arrive(delivery.request.integrationId, {
        run: () => this.begin(delivery, resolve),
        park: () => resolve(this.parking.park(delivery)),
      });
    });
  }

  /**
   * The ledger has a delivery of this integration that is parked: an owner before this one put it there, perhaps after this
   * one had looked for such. Whatever comes next would go past it.
   */
  behindParked(integrationId: string): void {
    this.lanes.goBehindParked(integrationId);
  }

  /** For one that waited in the ledger and is not put back there. */
  fed(delivery: Delivery): Promise<void> {
    return new Promise((resolve) => {
      this.lanes.of(delivery.request.integrationId).push({ run: () => this.begin(delivery, resolve) });
    });
  }

  private begin(delivery: Delivery, resolve: (recorded: Promise<void>) => void): Promise<void> {
    const { posted, recorded } = this.attempts.begin(delivery);
    resolve(recorded);
    return posted;
  }
}
