import { Injectable } from '@nestjs/common';
import { declarationOf } from '#libs/providers';
import { KnownIntegrations } from '../integrations/known-integrations.service.js';
import { QUEUE, type Queue } from '../ledger/queue.js';
import { Ownership } from '../ownership/ownership.service.js';

/** Whether a queue of an integration may be fed here. */
@Injectable()
export class QueueGate {
  constructor(
    private readonly ownership: Ownership,
    private readonly integrations: KnownIntegrations,
  ) {}

  owns(integrationId: string): boolean {
    return this.ownership.has(integrationId);
  }

  /**
   * A drain of a disabled integration waits until it is enabled; what was parked or overdue goes on to be held. All of a
   * provider that this version does not know waits for an instance that does.
   */
  open(integrationId: string, queue: Queue): boolean {
    if (!this.owns(integrationId)) return false;
    const state = this.integrations.get(integrationId);
    if (state && !declarationOf(state.provider)) return false;
    return queue !== QUEUE.redelivery || state?.enabled !== false;
  }
}
