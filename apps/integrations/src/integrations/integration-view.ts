import type { DestinationStatus } from './destination-status.client.js';
import type { Integration } from './integration.dto.js';
import type { IntegrationEntity } from './integration.entity.js';

/** An integration as the API shows it; `status` is null where delivery did not answer. */
export function integrationView(entity: IntegrationEntity, status: DestinationStatus | null): Integration {
  const {
    id,
    provider,
    name,
    projectId,
    eventTypes,
    environments,
    enabled,
    destination,
    concurrency,
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
    destination,
    concurrency,
    health: status?.health ?? null,
    counts: status?.counts ?? null,
    lastDelivery: status?.lastDelivery ?? null,
    recipients: status?.recipients ?? null,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
