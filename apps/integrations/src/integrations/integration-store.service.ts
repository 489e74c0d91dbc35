import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Caller } from '#libs/auth';
import { LOGGER, type Logger } from '#libs/observability';
import { Outbox } from '#libs/outbox';
import { notFound } from '#libs/problems';
import { IntegrationCaps } from './integration-caps.js';
import { stateMessage, tombstone } from './integration-state.js';
import { IntegrationEntity } from './integration.entity.js';
import { stillValid } from './signing-secret.js';

/** How long an answer waits until the change is seen by the other services; the outbox carries it either way. */
const SEEN_WITHIN_MS = 1_000;

/** Whose it is: all that a change needs to know of who makes it. */
export type Owner = Pick<Caller, 'organizationId'>;
/** The table and the topic that shows it: each write goes out as the integration's whole state, in its transaction. */
@Injectable()
export class IntegrationStore {
  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
    private readonly caps: IntegrationCaps,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws Problem 409 where there are too many */
  async insert(entity: IntegrationEntity): Promise<void> {
    const outboxIds = await this.dataSource.transaction((manager) => this.save(manager, entity));
    await this.announce(outboxIds, 'integration.created', entity);
  }

  /** @throws Problem 409 where there are too many */
  async save(manager: EntityManager, entity: IntegrationEntity): Promise<string[]> {
    await this.caps.admitNew(manager, entity);
    await manager.insert(IntegrationEntity, entity);
    return this.outbox.add(manager, [stateMessage(entity)]);
  }

  /** Resolves when the other services can see the change, or after a second. */
  async announce(
    outboxIds: string[],
    what: string,
    { id, provider, organizationId, version }: IntegrationEntity,
  ): Promise<void> {
    const seen = await this.outbox.published(outboxIds, SEEN_WITHIN_MS);
    this.logger.info({ integrationId: id, provider, organizationId, version, seen }, what);
  }

  /** @throws Problem 404 */
  async remove(caller: Owner, id: string): Promise<void> {
    const { entity, outboxIds } = await this.dataSource.transaction(async (manager) => {
      const found = await this.locked(manager, caller, id);
      await manager.delete(IntegrationEntity, { id });
      return { entity: found, outboxIds: await this.outbox.add(manager, [tombstone(id)]) };
    });
    await this.announce(outboxIds, 'integration.deleted', entity);
  }

  /** Changes one, and sends its new state, in one transaction. @throws Problem 404 */
  async update(
    owner: Owner,
    id: string,
    what: string,
    work: (entity: IntegrationEntity, manager: EntityManager) => Promise<void>,
  ): Promise<IntegrationEntity> {
    const { entity, outboxIds } = await this.dataSource.transaction(async (manager) => {
      const found = await this.locked(manager, owner, id);
      await work(found, manager);
      found.version += 1;
      found.updatedAt = new Date();
      found.signingSecrets = stillValid(found.signingSecrets, found.updatedAt);
      await manager.save(IntegrationEntity, found);
      return { entity: found, outboxIds: await this.outbox.add(manager, [stateMessage(found)]) };
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
