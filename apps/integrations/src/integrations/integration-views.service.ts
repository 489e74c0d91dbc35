import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DestinationStatusClient, current, untouched } from './destination-status.client.js';
import { integrationView } from './integration-view.js';
import type { Integration } from './integration.dto.js';
import type { IntegrationEntity } from './integration.entity.js';
import { IntegrationsQueries, type TargetedEntity } from './integrations.queries.js';

/** Integrations as the API shows them, with what delivery knows beside. */
@Injectable()
export class IntegrationViews {
  constructor(
    private readonly statuses: DestinationStatusClient,
    private readonly queries: IntegrationsQueries,
  ) {}

  /** Of one organization. One question to delivery for all of them, and one about others with their targets; where it does not answer, with what was last known. */
  async of(entities: IntegrationEntity[], authorization: string): Promise<Integration[]> {
    const ids = entities.map(({ id }) => id);
    const [statuses, sharing] = await Promise.all([this.statuses.of(ids, authorization), this.sharing(entities)]);
    return entities.map((entity) => integrationView(entity, statuses.get(entity.id)!, sharing));
  }

  /** One that is being connected, in its transaction: nothing was ever sent there. */
  async created(entity: IntegrationEntity, manager: EntityManager): Promise<Integration> {
    return integrationView(entity, current(untouched()), await this.sharing([entity], manager));
  }

  async one(entity: IntegrationEntity, authorization: string): Promise<Integration> {
    return (await this.of([entity], authorization))[0]!;
  }

  private sharing(entities: readonly IntegrationEntity[], manager?: EntityManager): Promise<TargetedEntity[]> {
    const organizationId = entities[0]?.organizationId ?? '';
    const keys = entities.map(({ targetKey }) => targetKey);
    return this.queries.leadingTo(organizationId, keys, manager);
  }
}
