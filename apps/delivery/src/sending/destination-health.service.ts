import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Health } from '#libs/contracts';
import { LedgerClock } from '../clock/ledger-clock.service.js';
import { KnownIntegrations } from '../integrations/known-integrations.service.js';
import { STANDINGS, type StandingRow } from './standings.queries.js';
import { Standing, type EndedAttempt } from './standing.js';

/**
 * How the destinations of this instance are doing. The ledger keeps what changed; this is what sending asks. What is held
 * against a destination is in memory, on the instance that owns its partition: the next owner knows nothing of what it
 * took before, so only rounds that begin from then on count, and with them what the ledger says was refused since it
 * last took something.
 */
@Injectable()
export class DestinationHealth {
  private standings = new Map<string, Standing>();
  private loadedAt: number;

  constructor(
    private readonly dataSource: DataSource,
    private readonly integrations: KnownIntegrations,
    @Inject(LedgerClock) private readonly clock: Pick<LedgerClock, 'now'>,
  ) {
    this.loadedAt = clock.now();
    integrations.onChange((id, next, before) => {
      if (!next || (before && next.credentialsVersion !== before.credentialsVersion)) this.standings.delete(id);
    });
  }

  /** Reads what was recorded, after a start or when partitions came over. What was said of other credentials no longer counts. */
  async load(): Promise<void> {
    const rows = await this.dataSource.query<StandingRow[]>(STANDINGS);
    this.loadedAt = this.clock.now();
    const current = rows.filter((row) => !this.outdated(row));
    this.standings = new Map(current.map((row) => [row.integration_id, this.standingOf(row)]));
  }

  needsReconnect(integrationId: string): boolean {
    return this.standings.get(integrationId)?.health === 'needs_reconnect';
  }

  /** Takes in how an attempt ended. Answers the new health where it changed, else null. */
  after(integrationId: string, ended: EndedAttempt): Health | null {
    let standing = this.standings.get(integrationId);
    if (!standing) {
      standing = new Standing(null, this.loadedAt);
      this.standings.set(integrationId, standing);
    }
    const before = standing.health;
    const health = standing.after(ended);
    return health === before ? null : health;
  }

  /** One that is failing has taken nothing since it became so; of the others nobody knows when they last did. */
  private standingOf({ integration_id, health, updated_at, refused }: StandingRow): Standing {
    const failingSince = updated_at.getTime();
    const tookAt = this.standings.get(integration_id)?.clearedAt ?? 0; // perhaps later than the ledger knows
    return health === 'failing' && tookAt <= failingSince
      ? new Standing(health, failingSince, refused)
      : new Standing(health, this.loadedAt);
  }

  private outdated({ integration_id, drained }: StandingRow): boolean {
    const version = this.integrations.get(integration_id)?.credentialsVersion ?? 1;
    return (drained || 1) !== version;
  }
}
