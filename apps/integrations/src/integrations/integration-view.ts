import type { KnownStatus } from './destination-status.client.js';
import type { Integration } from './integration.dto.js';
import type { IntegrationEntity } from './integration.entity.js';

/** An integration as the API shows it. What delivery alone knows is null or left out where it is not known, and never means "none" then. */
export function integrationView(entity: IntegrationEntity, { status, freshness }: KnownStatus): Integration {
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
    storedSecrets,
    statusFreshness: freshness,
    health: status?.health ?? null,
    counts: status?.counts ?? null,
    ...(status && { lastDelivery: status.lastDelivery, recipients: status.recipients }),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
