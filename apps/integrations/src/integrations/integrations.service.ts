import type { DataSource, EntityManager } from 'typeorm';
import type { Caller } from '#libs/auth';
import { uuidv7 } from '#libs/contracts';
import type { Logger } from '#libs/observability';
import type { Outbox } from '#libs/outbox';
import { notFound, unprocessable } from '#libs/problems';
import type { IntegrationCaps } from './integration-caps.js';
import type { IntegrationChecks } from './integration-checks.service.js';
import type { IntegrationChange, IntegrationInput } from './integration-input.dto.js';
import type { IntegrationSeals } from './integration-seals.service.js';
import { stateMessage, tombstone } from './integration-state.js';
import { IntegrationEntity } from './integration.entity.js';
import type { Granted } from '../providers/provider.js';
import type { IntegrationsQueries } from './integrations.queries.js';
import { stillValid } from './signing-secret.js';

/** How long an answer waits until the change is seen by the other services; the outbox carries it either way. */
const SEEN_WITHIN_MS = 1_000;

export interface IntegrationsDependencies {
  dataSource: DataSource;
  outbox: Outbox;
  queries: IntegrationsQueries;
  checks: IntegrationChecks;
  seals: IntegrationSeals;
  caps: IntegrationCaps;
  logger: Logger;
}

export interface Created {
  entity: IntegrationEntity;
  /** Of a provider that signs; never stored in the clear. */
  signingSecret?: string;
}

/** Whose it is: all that a change needs to know of who makes it. */
export type Owner = Pick<Caller, 'organizationId'>;
type NewRoute = Pick<IntegrationInput, 'provider' | 'name' | 'projectId'>;

/** What can be done with an integration. Each change goes out as its whole new state, in the transaction that makes it. */
export class Integrations {
  constructor(private readonly on: IntegrationsDependencies) {}

  /** Checks the input and makes the row; `save` is to be called in a transaction, `announce` after it. */
  async prepare(caller: Caller, input: IntegrationInput): Promise<Created> {
    const { checks, seals } = this.on;
    const checked = await checks.credentials(input.provider, input.credentials);
    checks.concurrency(input.provider, input.concurrency ?? null);
    await checks.project(caller, input.projectId);
    const entity = newIntegration(caller.organizationId, input, checked.target);
    await seals.credentials(entity, checked);
    if (!checks.signs(input.provider)) return { entity };
    return { entity, signingSecret: await seals.newSigningSecret(entity, entity.createdAt) };
  }

  /** What its user has allowed at the provider. The route was checked when it was begun. */
  async connect({ organizationId }: Owner, route: NewRoute, granted: Granted): Promise<IntegrationEntity> {
    const entity = newIntegration(organizationId, route, granted.target);
    await this.on.seals.credentials(entity, granted.credentials);
    const outboxIds = await this.on.dataSource.transaction((manager) => this.save(manager, entity));
    await this.announce(outboxIds, 'integration.created', entity);
    return entity;
  }

  /** Fresh credentials for one that is there; what died under the old ones is then delivered. @throws Problem 404 */
  reconnect(owner: Owner, id: string, granted: Granted): Promise<IntegrationEntity> {
    return this.update(owner, id, 'integration.reconnected', async (entity, manager) => {
      entity.credentialsVersion += 1;
      entity.targetKey = granted.target;
      await this.on.caps.admitTarget(manager, entity);
      await this.on.seals.credentials(entity, granted.credentials);
    });
  }

  /** @throws Problem 409 where there are too many */
  async save(manager: EntityManager, entity: IntegrationEntity): Promise<string[]> {
    await this.on.caps.admitNew(manager, entity);
    await manager.insert(IntegrationEntity, entity);
    return this.on.outbox.add(manager, [stateMessage(entity)]);
  }

  /** Resolves when the other services can see the change, or after a second. */
  async announce(
    outboxIds: string[],
    what: string,
    { id, provider, organizationId, version }: IntegrationEntity,
  ): Promise<void> {
    const seen = await this.on.outbox.published(outboxIds, SEEN_WITHIN_MS);
    this.on.logger.info({ integrationId: id, provider, organizationId, version, seen }, what);
  }

  /** What is left out stays as it is; credentials replace the old ones as a whole. @throws Problem 400, 404, 422 */
  async change(caller: Caller, id: string, change: IntegrationChange): Promise<IntegrationEntity> {
    const { checks, seals, caps, queries } = this.on;
    const { provider } = await queries.one(caller.organizationId, id);
    const fresh = change.credentials && (await checks.credentials(provider, change.credentials));
    checks.concurrency(provider, change.concurrency ?? null);
    await checks.project(caller, change.projectId ?? null);
    return this.update(caller, id, 'integration.changed', async (entity, manager) => {
      for (const field of ['name', 'projectId', 'eventTypes', 'environments', 'enabled', 'concurrency'] as const)
        if (change[field] !== undefined) Object.assign(entity, { [field]: change[field] });
      if (!fresh) return;
      entity.credentialsVersion += 1;
      entity.targetKey = fresh.target;
      await caps.admitTarget(manager, entity);
      await seals.credentials(entity, fresh);
    });
  }

  /** Answers the new secret; the one before it signs along for 24 hours. @throws Problem 404, 422 */
  async rotateSigningSecret(caller: Caller, id: string): Promise<string> {
    let secret = '';
    await this.update(caller, id, 'signing-secret.rotated', async (entity) => {
      if (!this.on.checks.signs(entity.provider))
        throw unprocessable('id', 'Only webhooks are signed; this integration has no signing secret.');
      secret = await this.on.seals.newSigningSecret(entity, new Date());
    });
    return secret;
  }

  /** @throws Problem 404 */
  async remove(caller: Caller, id: string): Promise<void> {
    const { entity, outboxIds } = await this.on.dataSource.transaction(async (manager) => {
      const found = await this.locked(manager, caller, id);
      await manager.delete(IntegrationEntity, { id });
      return { entity: found, outboxIds: await this.on.outbox.add(manager, [tombstone(id)]) };
    });
    await this.announce(outboxIds, 'integration.deleted', entity);
  }

  private async update(
    owner: Owner,
    id: string,
    what: string,
    work: (entity: IntegrationEntity, manager: EntityManager) => Promise<void>,
  ): Promise<IntegrationEntity> {
    const { entity, outboxIds } = await this.on.dataSource.transaction(async (manager) => {
      const found = await this.locked(manager, owner, id);
      await work(found, manager);
      found.version += 1;
      found.updatedAt = new Date();
      found.signingSecrets = stillValid(found.signingSecrets, found.updatedAt);
      await manager.save(IntegrationEntity, found);
      return { entity: found, outboxIds: await this.on.outbox.add(manager, [stateMessage(found)]) };
    });
    await this.announce(outboxIds, what, entity);
    return entity;
  }

  /** Two changes of the same integration come one after the other, so that its version only grows. */
  private async locked(manager: EntityManager, { organizationId }: Owner, id: string): Promise<IntegrationEntity> {
    const entity = await manager.findOne(IntegrationEntity, {
      where: { id, organizationId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!entity) throw notFound('integration');
    return entity;
  }
}

function newIntegration(
  organizationId: string,
  { provider, name, projectId, eventTypes, environments, enabled, concurrency }: NewRoute & Partial<IntegrationInput>,
  targetKey: string | null = null,
): IntegrationEntity {
  const now = new Date();
  return Object.assign(new IntegrationEntity(), {
    id: uuidv7(),
    organizationId,
    provider,
    name,
    projectId,
    eventTypes: eventTypes ?? [],
    environments: environments ?? [],
    enabled: enabled ?? true,
    concurrency: concurrency ?? null,
    targetKey,
    credentialsVersion: 1,
    sealedVersion: null,
    signingSecrets: [],
    version: 1,
    createdAt: now,
    updatedAt: now,
  });
}
