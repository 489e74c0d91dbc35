import type { KnownStatus } from './destination-status.client.js';
import type { Integration } from './integration.dto.js';
import type { TargetedEntity } from './integrations.queries.js';
import type { SameTarget } from './same-target.dto.js';
import type { IntegrationEntity } from './integration.entity.js';

/** An integration as the API shows it. What delivery alone knows is null or left out where it is not known, and never means "none" then. */
export function integrationView(
  entity: IntegrationEntity,
  { status, freshness }: KnownStatus,
  sharing: readonly TargetedEntity[],
): Integration {
  const {
    id,
    provider,
    name,
    projectId,
    eventTypes,
    environments,
    enabled,
    alerts,
    destination,
    concurrency,
    owner,
    note,
    storedSecrets,
    createdAt,
    updatedAt,
  } = entity;
  return {
    id,
    provider,
    name,
    projectId,
    eventTypes,
    environments,
    enabled,
    alerts,
    destination,
    concurrency,
    owner,
    note,
    storedSecrets,
    sameTarget: othersOf(entity, sharing),
    statusFreshness: freshness,
    health: status?.health ?? null,
    counts: status?.counts ?? null,
    ...(status && { lastDelivery: status.lastDelivery, recipients: status.recipients }),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

/** Those of `sharing` that lead where this one leads. */
export const othersOf = (
  { id, targetKey }: Pick<IntegrationEntity, 'id' | 'targetKey'>,
  sharing: readonly TargetedEntity[],
): SameTarget[] =>
  sharing
    .filter((other) => other.id !== id && other.targetKey === targetKey)
    .map(({ targetKey: _notShown, ...other }) => other);
