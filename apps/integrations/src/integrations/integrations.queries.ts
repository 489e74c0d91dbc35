import { Injectable } from '@nestjs/common';
import { DataSource, In, LessThan, Not, type EntityManager } from 'typeorm';
import { notFound } from '#libs/problems';
import { IntegrationEntity } from './integration.entity.js';

const IN_PREVIEW = [
  'id',
  'organizationId',
  'name',
  'provider',
  'enabled',
  'destination',
  'projectId',
  'eventTypes',
  'environments',
] as const;
type PreviewedEntity = Pick<IntegrationEntity, (typeof IN_PREVIEW)[number]>;

const OF_TARGET = ['id', 'name', 'projectId', 'eventTypes', 'environments', 'targetKey'] as const;
export type TargetedEntity = Pick<IntegrationEntity, (typeof OF_TARGET)[number]>;

/** What is read of integrations; always of one organization. */
@Injectable()
export class IntegrationsQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws Problem 404 */
  async one(organizationId: string, id: string): Promise<IntegrationEntity> {
    const entity = await this.dataSource.manager.findOne(IntegrationEntity, { where: { id, organizationId } });
    if (!entity) throw notFound('integration');
    return entity;
  }

  /** Newest first; one more than the limit, where there are more. */
  list(organizationId: string, beforeId: string | undefined, limit: number): Promise<IntegrationEntity[]> {
    const where = beforeId === undefined ? { organizationId } : { organizationId, id: LessThan(beforeId) };
    return this.dataSource.manager.find(IntegrationEntity, { where, order: { id: 'DESC' }, take: limit + 1 });
  }

  /** Another integration that posts to the same channel; null where there is none. */
  async withTarget(organizationId: string, targetKey: string, except: string | null): Promise<string | null> {
    const found = await this.dataSource.manager.find(IntegrationEntity, {
      select: { id: true },
      where: { organizationId, targetKey, ...(except !== null && { id: Not(except) }) },
      take: 1,
    });
    return found[0]?.id ?? null;
  }

  /** Integrations that lead to one of these targets, oldest first. */
  async leadingTo(
    organizationId: string,
    targetKeys: readonly (string | null)[],
    manager: EntityManager = this.dataSource.manager,
  ): Promise<TargetedEntity[]> {
    const keys = targetKeys.filter((key) => key !== null);
    if (keys.length === 0) return [];
    return manager.find(IntegrationEntity, {
      select: Object.fromEntries(OF_TARGET.map((field) => [field, true])),
      where: { organizationId, targetKey: In(keys) },
      order: { id: 'ASC' },
    });
  }

  /** All of them, without what is sealed: what a route preview needs. */
  forPreview(organizationId: string): Promise<PreviewedEntity[]> {
    return this.dataSource.manager.find(IntegrationEntity, {
      select: Object.fromEntries(IN_PREVIEW.map((field) => [field, true])),
      where: { organizationId },
      order: { id: 'DESC' },
    });
  }
}
