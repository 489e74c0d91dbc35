import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SETTINGS } from '#libs/config';
import { limitReached } from '#libs/problems';
import type { IntegrationEntity } from './integration.entity.js';

export interface Caps {
  maxIntegrationsPerOrganization: number;
  maxIntegrationsPerTarget: number;
}

type Counted = Pick<IntegrationEntity, 'id' | 'organizationId' | 'targetKey'>;

/** How many destinations one organization may have: every release is posted once to each, some of them at third parties. */
@Injectable()
export class IntegrationCaps {
  constructor(@Inject(SETTINGS) private readonly caps: Caps) {}

  /** Whether one more may be saved. Two at once wait for each other until the transaction ends. @throws Problem 409 */
  async admitNew(manager: EntityManager, entity: Counted): Promise<void> {
    const { all, same } = await counts(manager, entity);
    const { maxIntegrationsPerOrganization: most } = this.caps;
    if (all >= most) throw limitReached('MAX_INTEGRATIONS_PER_ORGANIZATION', `${most} integrations in an organization`);
    this.requireRoomAt(same);
  }

  /** Whether one that is there may lead to its new target. @throws Problem 409 */
  async admitTarget(manager: EntityManager, entity: Counted): Promise<void> {
    if (entity.targetKey !== null) this.requireRoomAt((await counts(manager, entity)).same);
  }

  private requireRoomAt(same: number): void {
    const { maxIntegrationsPerTarget: most } = this.caps;
    if (same >= most) throw limitReached('MAX_INTEGRATIONS_PER_TARGET', `${most} integrations that lead to one target`);
  }
}

async function counts(
  manager: EntityManager,
  { id, organizationId, targetKey }: Counted,
): Promise<{ all: number; same: number }> {
  await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`integrations of ${organizationId}`]);
  const [found] = await manager.query<[{ all: number; same: number }]>(
    `SELECT count(*)::int AS all, count(*) FILTER (WHERE target_key = $2)::int AS same
       FROM integrations WHERE organization_id = $1 AND id <> $3`,
    [organizationId, targetKey, id],
  );
  return found;
}
