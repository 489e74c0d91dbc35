import { Inject, Injectable } from '@nestjs/common';
import type { IntegrationState } from '#libs/contracts';
import { LOGGER, describeError, type Logger } from '#libs/observability';
import { Ledger } from '../ledger/ledger.service.js';
import type { Delivery } from './delivery.js';
import { parkedEntry, pendingEntry } from './ending.js';

/** Deliveries that are on record as pending without an attempt: those that take longer, and those that this version cannot make. */
@Injectable()
export class PendingEntries {
  /** Providers of a newer version, of which a line was logged. */
  private readonly unknown = new Set<string>();

  constructor(
    @Inject(Ledger) private readonly ledger: Pick<Ledger, 'record'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Shows it as pending while the attempt goes on. Never rejects: it is for show alone. */
  async show(delivery: Delivery, state: IntegrationState): Promise<void> {
    if (delivery.queue !== null) return; // it shows as pending already
    await this.ledger.record(pendingEntry(delivery, state)).catch((error: unknown) => {
      const { deliveryId } = delivery.request;
      this.logger.warn({ deliveryId, error: describeError(error) }, 'delivery.not-shown-as-pending');
    });
  }

  /** For a provider that this version does not know: puts it behind those of its destination that wait. Resolves when it is on record. */
  async parkUnknown(delivery: Delivery, { provider }: IntegrationState): Promise<void> {
    if (!this.unknown.has(provider)) this.logger.warn({ provider }, 'provider.not-known');
    this.unknown.add(provider);
    if (delivery.queue === null) await this.ledger.record(parkedEntry(delivery));
  }
}
