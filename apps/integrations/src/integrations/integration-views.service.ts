import { Injectable } from '@nestjs/common';
import { DestinationStatusClient } from './destination-status.client.js';
import { integrationView } from './integration-view.js';
import type { Integration } from './integration.dto.js';
import type { IntegrationEntity } from './integration.entity.js';

/** Integrations as the API shows them, with what delivery knows beside. */
@Injectable()
export class IntegrationViews {
  constructor(private readonly statuses: DestinationStatusClient) {}

  /** One question to delivery for all of them; where it does not answer, with what was last known. */
  async of(entities: IntegrationEntity[], authorization: string): Promise<Integration[]> {
    const statuses = await this.statuses.of(
      entities.map(({ id }) => id),
      authorization,
    );
    return entities.map((entity) => integrationView(entity, statuses.get(entity.id)!));
  }

  async one(entity: IntegrationEntity, authorization: string): Promise<Integration> {
    return (await this.of([entity], authorization))[0]!;
  }
}
