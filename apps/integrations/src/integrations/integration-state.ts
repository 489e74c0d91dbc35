import { INTEGRATION_STATE, freshHeaders, type IntegrationState } from '#libs/contracts';
import type { OutboxMessage } from '#libs/outbox';
import type { IntegrationEntity } from './integration.entity.js';

export const SOURCE = '/nitropush/integrations';

/** The state that the other services keep of an integration. */
export function stateOf(entity: IntegrationEntity): IntegrationState {
  const { id, organizationId, provider, name, projectId, eventTypes, environments, enabled, destination, concurrency } =
    entity;
  const { alerts, credentials, credentialsVersion, sealedVersion, keptCredentials, signingSecrets, version } = entity;
  return {
    id,
    organizationId,
    provider,
    name,
    projectId,
    eventTypes,
    environments,
    enabled,
    ...(alerts && { alerts }),
    destination,
    concurrency,
    credentials,
    credentialsVersion,
    ...(sealedVersion !== null && { sealedVersion }),
    ...(keptCredentials !== null && { keptCredentials }),
    signingSecrets,
    version,
  };
}

export function stateMessage(entity: IntegrationEntity): OutboxMessage {
  const state = stateOf(entity);
  return {
    topic: INTEGRATION_STATE.topic,
    key: INTEGRATION_STATE.key(state),
    value: JSON.stringify(state),
    headers: freshHeaders('integration.changed', SOURCE, entity.id),
  };
}

/** The integration is gone: compaction forgets it. */
export function tombstone(id: string): OutboxMessage {
  return {
    topic: INTEGRATION_STATE.topic,
    key: id,
    value: null,
    headers: freshHeaders('integration.deleted', SOURCE, id),
  };
}
