import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { ActivityAction, Actor } from '#libs/contracts';
import { LOGGER, type Logger } from '#libs/observability';
import { Outbox, type OutboxMessage } from '#libs/outbox';
import { notFound } from '#libs/problems';
import { activityMessage, changesBetween } from '../activity/integration-activity.js';
import { IntegrationCaps } from './integration-caps.js';
import { stateMessage, tombstone } from './integration-state.js';
import { IntegrationEntity } from './integration.entity.js';
import { stillValid } from './signing-secret.js';

/** How long an answer waits until the change is seen by the other services; the outbox carries it either way. */
const SEEN_WITHIN_MS = 1_000;

/** The table and the topics that show it: each write goes out as the integration's whole state, with who did it, in its transaction. */
@Injectable()
export class IntegrationStore {
  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
    private readonly caps: IntegrationCaps,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws Problem 409 where there are too many */
  async insert(actor: Actor, entity: IntegrationEntity): Promise<void> {
    const outboxIds = await this.dataSource.transaction((manager) => this.save(manager, actor, entity));
    await this.announce(outboxIds, 'integration.created', entity);
  }

  /** @throws Problem 409 where there are too many */
  async save(manager: EntityManager, actor: Actor, entity: IntegrationEntity): Promise<string[]> {
    await this.caps.admitNew(manager, entity);
    await manager.insert(IntegrationEntity, entity);
    const told = activityMessage(actor, 'integration.connected', entity, changesBetween(null, entity));
    return this.tell(manager, stateMessage(entity), told);
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
  async remove(actor: Actor, id: string): Promise<void> {
    const { entity, outboxIds } = await this.dataSource.transaction(async (manager) => {
      const found = await this.locked(manager, actor, id);
      await manager.delete(IntegrationEntity, { id });
      const told = activityMessage(actor, 'integration.deleted', found);
      return { entity: found, outboxIds: await this.tell(manager, tombstone(id), told) };
    });
    await this.announce(outboxIds, 'integration.deleted', entity);
  }

  /** Changes one, and sends its new state, in one transaction. @throws Problem 404 */
  async update(
    actor: Actor,
    id: string,
    what: ActivityAction,
    work: (entity: IntegrationEntity, manager: EntityManager) => Promise<void>,
  ): Promise<IntegrationEntity> {
    const { entity, outboxIds } = await this.dataSource.transaction(async (manager) => {
      const found = await this.locked(manager, actor, id);
      const before = { ...found }; // what changes is replaced, and not changed in place
      await work(found, manager);
      found.version += 1;
      found.updatedAt = new Date();
      found.signingSecrets = stillValid(found.signingSecrets, found.updatedAt);
      await manager.save(IntegrationEntity, found);
      const changes = changesBetween(before, found);
      const nothing = what === 'integration.changed' && changes.length === 0;
      const told = nothing ? [] : [activityMessage(actor, what, found, changes)];
      return { entity: found, outboxIds: await this.tell(manager, stateMessage(found), ...told) };
    });
    await this.announce(outboxIds, what, entity);
    return entity;
  }

  /** Answers what has to be on its topic before the other services see the change. */
  private async tell(manager: EntityManager, state: OutboxMessage, ...activity: OutboxMessage[]): Promise<string[]> {
    const [id] = await this.outbox.add(manager, [state, ...activity]);
    return [id!];
  }

  /** Two changes of the same integration come one after the other, so that its version only grows. */
  private async locked(
    manager: EntityManager,
    { organizationId }: Pick<Actor, 'organizationId'>,
    id: string,
  ): Promise<IntegrationEntity> {
    const entity = await manager.findOne(IntegrationEntity, {
      where: { id, organizationId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!entity) throw notFound('integration');
    return entity;
  }
}
