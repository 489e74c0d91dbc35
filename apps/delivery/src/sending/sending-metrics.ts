import { Injectable } from '@nestjs/common';
import { Gauge, Registry } from '#libs/observability';
import { Ledger } from '../ledger/ledger.service.js';
import { Lanes } from './lanes.service.js';
import { SendingServer } from './sending.server.js';

/** What waits, and where. */
@Injectable()
export class SendingMetrics {
  constructor(
    private readonly registry: Registry,
    server: SendingServer,
    lanes: Lanes,
    ledger: Ledger,
  ) {
    this.gauge('delivery_in_flight', 'Requests taken from Kafka and not yet finished', () => server.inFlight());
    this.gauge('delivery_waiting', 'Deliveries that wait in memory for their destination', () => lanes.waiting);
    this.gauge('delivery_parked_destinations', 'Destinations whose deliveries wait in the ledger', () => lanes.parked);
    this.gauge('delivery_ledger_backlog', 'Entries that wait to be written to the ledger', () => ledger.backlog);
  }

  private gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(read());
      },
    });
  }
}
