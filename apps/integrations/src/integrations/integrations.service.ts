import { Injectable } from '@nestjs/common';
import type { Caller } from '#libs/auth';
import { unsavedIdOf, uuidv7, type Actor } from '#libs/contracts';
import { conflict, unprocessable } from '#libs/problems';
import type { Granted } from '#libs/providers';
import { IntegrationCaps } from './integration-caps.js';
import { IntegrationChecks } from './integration-checks.service.js';
import type { IntegrationChange, IntegrationInput } from './integration-input.dto.js';
import { IntegrationSeals } from './integration-seals.service.js';
import { IntegrationStore } from './integration-store.service.js';
import { IntegrationEntity } from './integration.entity.js';
import { IntegrationsQueries, type TargetedEntity } from './integrations.queries.js';
import { PLAIN_FIELDS } from './plain-fields.js';

export interface Created {
  entity: IntegrationEntity;
  /** Of a provider that signs; never stored in the clear. */
  signingSecret?: string;
}

export type Unsaved = Pick<IntegrationInput, 'provider' | 'credentials'> & { integrationId?: string };

type NewRoute = Pick<IntegrationInput, 'provider' | 'name' | 'projectId'> & Partial<IntegrationInput>;

/** What can be done with an integration. Each change goes out as its whole new state, in the transaction that makes it. */
@Injectable()
export class Integrations {
  constructor(
    private readonly queries: IntegrationsQueries,
    private readonly checks: IntegrationChecks,
    private readonly seals: IntegrationSeals,
    private readonly caps: IntegrationCaps,
    private readonly store: IntegrationStore,
  ) {}

  /** Checks the input and makes the row; the store's `save` is to be called in a transaction, `announce` after it. */
  async prepare(caller: Caller, input: IntegrationInput): Promise<Created> {
    const { checks, seals } = this;
    const checked = await checks.credentials(input.provider, input.credentials);
    checks.concurrency(input.provider, input.concurrency ?? null);
    await checks.project(caller, input.projectId);
    const entity = newIntegration(caller.organizationId, input, checked.target);
    await seals.credentials(entity, checked);
    if (!checks.signs(input.provider)) return { entity };
    return { entity, signingSecret: await seals.newSigningSecret(entity, entity.createdAt) };
  }

  /** What its user has allowed at the provider. The route was checked when it was begun. */
  async connect(actor: Actor, route: NewRoute, granted: Granted): Promise<IntegrationEntity> {
    const entity = newIntegration(actor.organizationId, route, granted.target);
    await this.seals.credentials(entity, granted.credentials);
    await this.store.insert(actor, entity);
    return entity;
  }

  /** Fresh credentials for one that is there; what died under the old ones is then delivered. Called like its channel, it goes on being so. @throws Problem 404 */
  reconnect(actor: Actor, id: string, granted: Granted): Promise<IntegrationEntity> {
    return this.store.update(actor, id, 'integration.reconnected', async (entity, manager) => {
      const followed = entity.name === this.checks.channelName(entity);
      entity.credentialsVersion += 1;
      entity.targetKey = granted.target;
      await this.caps.admitTarget(manager, entity);
      await this.seals.credentials(entity, granted.credentials);
      if (followed) entity.name = granted.name;
    });
  }

  /** What is left out stays as it is, also an optional secret of the credentials. @throws Problem 400, 404, 409, 422 */
  async change(caller: Caller, id: string, change: IntegrationChange): Promise<IntegrationEntity> {
    const { checks, seals, caps, queries } = this;
    const saved = await queries.one(caller.organizationId, id);
    const fresh = change.credentials && (await checks.change(saved, change.credentials));
    checks.concurrency(saved.provider, change.concurrency ?? null);
    await checks.project(caller, change.projectId ?? null);
    return this.store.update(caller, id, 'integration.changed', async (entity, manager) => {
      for (const field of PLAIN_FIELDS)
        if (change[field] !== undefined) Object.assign(entity, { [field]: change[field] });
      if (!fresh) return;
      if (fresh.keep !== null || String(saved.storedSecrets) !== String(entity.storedSecrets))
        requireSame(saved, entity);
      if (fresh.target !== undefined) {
        entity.targetKey = fresh.target;
        await caps.admitTarget(manager, entity);
      }
      await seals.change(entity, fresh);
    });
  }

  /** One as it would be once this is saved, for a test of it; nothing is written. @throws Problem 400, 404, 422 */
  async unsaved(caller: Caller, { provider, credentials, integrationId }: Unsaved): Promise<IntegrationEntity> {
    const { checks, seals, queries } = this;
    const { organizationId } = caller;
    if (integrationId !== undefined) {
      const entity = await queries.one(organizationId, integrationId);
      if (entity.provider !== provider) throw unprocessable('provider', 'The integration is one of another provider.');
      await seals.change(entity, await checks.change(entity, credentials));
      return entity;
    }
    const checked = await checks.credentials(provider, credentials);
    const entity = newIntegration(organizationId, { provider, name: 'Not saved', projectId: null });
    entity.id = unsavedIdOf(organizationId);
    await seals.credentials(entity, checked);
    if (checks.signs(provider)) await seals.newSigningSecret(entity, entity.createdAt);
    return entity;
  }

  /** Others that lead where this would lead; none where it is not filled in whole yet, or may not be called. @throws Problem 404 */
  async sameTarget(caller: Caller, { provider, credentials, integrationId }: Unsaved): Promise<TargetedEntity[]> {
    const { organizationId } = caller;
    const saved = integrationId === undefined ? undefined : await this.queries.one(organizationId, integrationId);
    const target = await this.checks.target(provider, credentials, saved);
    const found = await this.queries.leadingTo(organizationId, [target]);
    return found.filter(({ id }) => id !== integrationId);
  }

  /** @throws Problem 404 */
  remove(caller: Caller, id: string): Promise<void> {
    return this.store.remove(caller, id);
  }

  /** Answers the new secret; the one before it signs along for 24 hours. @throws Problem 404, 422 */
  async rotateSigningSecret(caller: Caller, id: string): Promise<string> {
    let secret = '';
    await this.store.update(caller, id, 'signing-secret.rotated', async (entity) => {
      if (!this.checks.signs(entity.provider))
        throw unprocessable('id', 'Only webhooks are signed; this integration has no signing secret.');
      secret = await this.seals.newSigningSecret(entity, new Date());
    });
    return secret;
  }
}

/** What stays was judged by the credentials as they were before the row was locked. @throws Problem 409 */
function requireSame(judged: IntegrationEntity, locked: IntegrationEntity): void {
  if (judged.credentialsVersion !== locked.credentialsVersion)
    throw conflict('The credentials were changed by somebody else at the same time. Look at them, and save again.');
}

function newIntegration(
  organizationId: string,
  { provider, name, projectId, eventTypes, environments, enabled, alerts, concurrency, owner, note }: NewRoute,
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
    alerts: alerts ?? false,
    concurrency: concurrency ?? null,
    owner: owner ?? null,
    note: note ?? null,
    targetKey,
    credentialsVersion: 1,
    sealedVersion: null,
    keptCredentials: null,
    storedSecrets: [],
    signingSecrets: [],
    version: 1,
    createdAt: now,
    updatedAt: now,
  });
}
