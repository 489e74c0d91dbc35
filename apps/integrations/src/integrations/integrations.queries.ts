import type { DataSource } from 'typeorm';
import { LessThan } from 'typeorm';
import { notFound } from '#libs/problems';
import { IntegrationEntity } from './integration.entity.js';

/** Most integrations that a route preview looks at. */
const MOST_IN_PREVIEW = 1_000;

/** What is read of integrations; always of one organization. */
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

  forPreview(organizationId: string): Promise<IntegrationEntity[]> {
    return this.dataSource.manager.find(IntegrationEntity, {
      where: { organizationId },
      order: { id: 'DESC' },
      take: MOST_IN_PREVIEW,
    });
  }
}
