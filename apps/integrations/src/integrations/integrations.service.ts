import type { DataSource, EntityManager } from 'typeorm';
import type { Caller } from '#libs/auth';
import { uuidv7 } from '#libs/contracts';
import type { Sealer } from '#libs/credentials';
import type { Logger } from '#libs/observability';
import type { Outbox, OutboxMessage } from '#libs/outbox';
import { invalidInput, notFound, unprocessable } from '#libs/problems';
import type { KnownProjects } from '../projects/known-projects.service.js';
import type { CheckedCredentials } from '../providers/provider.js';
import type { ProviderList } from '../providers/provider-list.js';
import type { IntegrationChange, IntegrationInput } from './integration-input.dto.js';
import { stateMessage, tombstone } from './integration-state.js';
import { IntegrationEntity } from './integration.entity.js';
import { newSigningSecret, rotated, stillValid } from './signing-secret.js';

/** How long an answer waits until the change is seen by the other services; the outbox carries it either way. */
const SEEN_WITHIN_MS = 1_000;

export interface IntegrationsDependencies {
  dataSource: DataSource;
  outbox: Outbox;
  sealer: Sealer;
  providers: ProviderList;
  projects: KnownProjects;
  logger: Logger;
}

export interface Created {
  entity: IntegrationEntity;
  /** Of a provider that signs; never stored in the clear. */
  signingSecret?: string;
}

/** What can be done with an integration. Each change goes out as its whole new state, in the transaction that makes it. */
export class Integrations {
  constructor(private readonly on: IntegrationsDependencies) {}

  /** Checks the input and makes the row; `save` is to be called in a transaction, `announce` after it. */
  async prepare(caller: Caller, input: IntegrationInput): Promise<Created> {
    const { credentials, signs } = await this.checked(input.provider, input.credentials, input.concurrency ?? null);
    await this.requireProject(caller, input.projectId);
    const now = new Date();
    const entity = Object.assign(new IntegrationEntity(), {
      id: uuidv7(),
      organizationId: caller.organizationId,
      provider: input.provider,
      name: input.name,
      projectId: input.projectId,
      eventTypes: input.eventTypes ?? [],
      environments: input.environments ?? [],
      enabled: input.enabled ?? true,
      destination: credentials.destination,
      concurrency: input.concurrency ?? null,
      credentialsVersion: 1,
      signingSecrets: [],
      version: 1,
      createdAt: now,
      updatedAt: now,
    });
    entity.credentials = await this.seal(entity, credentials.plain);
    return { entity, ...(signs ? { signingSecret: await this.addSecret(entity, now) } : {}) };
  }

  async save(manager: EntityManager, entity: IntegrationEntity): Promise<string[]> {
    await manager.insert(IntegrationEntity, entity);
    return this.on.outbox.add(manager, [stateMessage(entity)]);
  }

  /** Resolves when the other services can see the change, or after a second. */
  async announce(
    outboxIds: string[],
    what: string,
    { id, provider, organizationId }: Pick<IntegrationEntity, 'id' | 'provider' | 'organizationId'>,
  ): Promise<void> {
    const seen = await this.on.outbox.published(outboxIds, SEEN_WITHIN_MS);
    this.on.logger.info({ integrationId: id, provider, organizationId, seen }, what);
  }

  async change(caller: Caller, id: string, change: IntegrationChange): Promise<IntegrationEntity> {
    if (change.projectId !== undefined) await this.requireProject(caller, change.projectId);
    return this.update(caller, id, 'integration.changed', async (entity) => {
      await this.applyCredentials(entity, change);
      for (const field of ['name', 'projectId', 'eventTypes', 'environments', 'enabled'] as const) {
        if (change[field] !== undefined) Object.assign(entity, { [field]: change[field] });
      }
    });
  }

  /** Answers the new secret; the one before it signs along for 24 hours. */
  async rotateSigningSecret(caller: Caller, id: string): Promise<string> {
    let secret = '';
    await this.update(caller, id, 'signing-secret.rotated', async (entity) => {
      if (entity.signingSecrets.length === 0)
        throw unprocessable('id', 'Only webhooks are signed; this integration has no signing secret.');
      secret = await this.addSecret(entity, new Date());
    });
    return secret;
  }

  async remove(caller: Caller, id: string): Promise<void> {
    const { entity, outboxIds } = await this.on.dataSource.transaction(async (manager) => {
      const found = await this.locked(manager, caller, id);
      await manager.delete(IntegrationEntity, { id });
      return { entity: found, outboxIds: await this.on.outbox.add(manager, [tombstone(id)]) };
    });
    await this.announce(outboxIds, 'integration.deleted', entity);
  }

  private async update(
    caller: Caller,
    id: string,
    what: string,
    work: (entity: IntegrationEntity) => Promise<void>,
  ): Promise<IntegrationEntity> {
    const { entity, outboxIds } = await this.on.dataSource.transaction(async (manager) => {
      const found = await this.locked(manager, caller, id);
      await work(found);
      found.version += 1;
      found.updatedAt = new Date();
      found.signingSecrets = stillValid(found.signingSecrets, found.updatedAt);
      await manager.save(IntegrationEntity, found);
      const messages: OutboxMessage[] = [stateMessage(found)];
      return { entity: found, outboxIds: await this.on.outbox.add(manager, messages) };
    });
    await this.announce(outboxIds, what, entity);
    return entity;
  }

  /** Two changes of the same integration come one after the other, so that its version only grows. */
  private async locked(manager: EntityManager, { organizationId }: Caller, id: string): Promise<IntegrationEntity> {
    const entity = await manager.findOne(IntegrationEntity, {
      where: { id, organizationId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!entity) throw notFound('integration');
    return entity;
  }

  private async applyCredentials(
    entity: IntegrationEntity,
    { credentials, concurrency }: IntegrationChange,
  ): Promise<void> {
    if (concurrency !== undefined) {
      this.requireConcurrent(entity.provider, concurrency);
      entity.concurrency = concurrency;
    }
    if (credentials === undefined) return;
    const checked = await this.checked(entity.provider, credentials, null);
    entity.credentialsVersion += 1;
    entity.destination = checked.credentials.destination;
    entity.credentials = await this.seal(entity, checked.credentials.plain);
  }

  private async checked(
    id: IntegrationInput['provider'],
    input: Record<string, unknown>,
    concurrency: number | null,
  ): Promise<{ credentials: CheckedCredentials; signs: boolean }> {
    const provider = this.on.providers.form(id);
    this.requireConcurrent(id, concurrency);
    const result = await provider.check(input);
    const within = ({ field, message }: { field: string; message: string }): { field: string; message: string } => ({
      field: `credentials.${field}`,
      message,
    });
    switch (result.kind) {
      case 'ok':
        return { credentials: result.credentials, signs: provider.signs };
      case 'invalid':
        throw invalidInput(result.errors.map(within));
      case 'refused': {
        const { field, message } = within(result.error);
        throw unprocessable(field, message);
      }
    }
  }

  private requireConcurrent(id: IntegrationInput['provider'], concurrency: number | null): void {
    if (concurrency !== null && !this.on.providers.form(id).concurrent)
      throw unprocessable('concurrency', 'This provider takes one delivery at a time.');
  }

  private async requireProject({ organizationId }: Caller, projectId: string | null): Promise<void> {
    if (projectId !== null && !(await this.on.projects.find(organizationId, projectId))) {
      throw unprocessable('projectId', 'There is no such project in your organization.');
    }
  }

  private seal(
    { organizationId, id, credentialsVersion }: IntegrationEntity,
    plain: unknown,
  ): Promise<IntegrationEntity['credentials']> {
    return this.on.sealer.seal(
      { organizationId, integrationId: id, purpose: 'credentials', version: credentialsVersion },
      plain,
    );
  }

  private async addSecret(entity: IntegrationEntity, now: Date): Promise<string> {
    const secret = newSigningSecret();
    const version = (entity.signingSecrets[0]?.version ?? 0) + 1;
    const { organizationId, id } = entity;
    const sealed = await this.on.sealer.seal(
      { organizationId, integrationId: id, purpose: 'signing-secret', version },
      secret,
    );
    entity.signingSecrets = rotated(entity.signingSecrets, { sealed, version }, now);
    return secret;
  }
}
