import type { DataSource } from 'typeorm';
import type { Health } from '#libs/contracts';
import type { AttemptOutcome } from '../providers/provider.js';
import type { KnownIntegrations } from '../integrations/known-integrations.service.js';
import type { Delivery } from './delivery.js';

/** How the destinations of this instance are doing. The ledger keeps what changed; this is what sending asks. */
export class DestinationHealth {
  private healths = new Map<string, Health>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly integrations: KnownIntegrations,
  ) {
    integrations.onChange((id, next, before) => {
      if (!next || (before && next.credentialsVersion !== before.credentialsVersion)) this.healths.delete(id);
    });
  }

  /** Reads what was recorded, after a start or when partitions came over. What was said of other credentials no longer counts. */
  async load(): Promise<void> {
    const rows = await this.dataSource.query<{ integration_id: string; health: Health; drained: number }[]>(
      `SELECT integration_id, health, drained_credentials_version AS drained FROM destinations`,
    );
    this.healths = new Map(rows.filter((row) => !this.outdated(row)).map((row) => [row.integration_id, row.health]));
  }

  needsReconnect(integrationId: string): boolean {
    return this.healths.get(integrationId) === 'needs_reconnect';
  }

  /** Takes in how an attempt ended. Answers the new health where it changed, else null. */
  after(delivery: Delivery, outcome: AttemptOutcome, lastOfRound: boolean): Health | null {
    const id = delivery.request.integrationId;
    const next = this.judge(delivery, outcome, lastOfRound);
    if (this.healths.get(id) === next) return null;
    this.healths.set(id, next);
    return next;
  }

  private judge(delivery: Delivery, outcome: AttemptOutcome, lastOfRound: boolean): Health {
    if (outcome.kind === 'delivered') return 'healthy';
    if (this.needsReconnect(delivery.request.integrationId)) return 'needs_reconnect';
    const refusedForGood = outcome.permanent && delivery.onlyPermanent && lastOfRound && !delivery.request.test;
    return refusedForGood ? 'needs_reconnect' : 'failing';
  }

  private outdated({ integration_id, drained }: { integration_id: string; drained: number }): boolean {
    const version = this.integrations.get(integration_id)?.credentialsVersion ?? 1;
    return (drained || 1) !== version;
  }
}
