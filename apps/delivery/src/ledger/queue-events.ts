import { Injectable } from '@nestjs/common';

/** The channel of PostgreSQL on which instances notify each other. */
export const QUEUE_CHANNEL = 'delivery_queue';

/** Events: something of an integration waits in a queue of the ledger. Sent where it is queued, and where another instance's notification arrives. */
@Injectable()
export class QueueEvents {
  private readonly listeners: ((integrationId: string) => void)[] = [];

  onQueued(listener: (integrationId: string) => void): void {
    this.listeners.push(listener);
  }

  queued(integrationId: string): void {
    for (const listener of this.listeners) listener(integrationId);
  }
}
