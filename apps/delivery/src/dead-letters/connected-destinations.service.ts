import { Injectable } from '@nestjs/common';
import type { IntegrationState } from '#libs/contracts';
import { conflict, unprocessable } from '#libs/problems';
import { KnownIntegrations } from '../integrations/known-integrations.service.js';
import { RedeliveryQueries } from './redelivery.queries.js';

/** The destination that a command about its deliveries names, and whether anything can be sent there. */
@Injectable()
export class ConnectedDestinations {
  constructor(
    private readonly queries: RedeliveryQueries,
    private readonly integrations: KnownIntegrations,
  ) {}

  find(integrationId: string): IntegrationState | undefined {
    return this.integrations.get(integrationId);
  }

  /** @throws Problem 422 no such integration in the organization */
  get(organizationId: string, integrationId: string): IntegrationState {
    const integration = this.integrations.get(integrationId);
    if (integration?.organizationId === organizationId) return integration;
    throw unprocessable('integrationId', 'No integration with this id exists in your organization.');
  }

  /** Nothing would be sent, and what each message failed by would be lost. @throws Problem 409 */
  async mustBeConnected({ id, name, credentialsVersion }: IntegrationState): Promise<void> {
    if (await this.queries.isDisconnected(id, credentialsVersion))
      throw conflict(
        `${name} is disconnected: it refuses every message. Reconnect it; its failed messages are then delivered automatically.`,
      );
  }
}
