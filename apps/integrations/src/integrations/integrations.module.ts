import { Module } from '@nestjs/common';
import { SETTINGS } from '#libs/config';
import { Sealer } from '#libs/credentials';
import type { IntegrationsSettings } from '../integrations.config.js';
import { integrationsOutbox } from '../integrations-outbox.js';
import { ProjectsModule } from '../projects/projects.module.js';
import { ProvidersModule } from '../providers/providers.module.js';
import { DestinationStatusClient } from './destination-status.client.js';
import { IntegrationCaps } from './integration-caps.js';
import { IntegrationChecks } from './integration-checks.service.js';
import { IntegrationCreation } from './integration-creation.service.js';
import { IntegrationSeals } from './integration-seals.service.js';
import { IntegrationStore } from './integration-store.service.js';
import { IntegrationViews } from './integration-views.service.js';
import { IntegrationsController } from './integrations.controller.js';
import { IntegrationsQueries } from './integrations.queries.js';
import { Integrations } from './integrations.service.js';

@Module({
  imports: [integrationsOutbox, ProjectsModule, ProvidersModule],
  controllers: [IntegrationsController],
  providers: [
    DestinationStatusClient,
    IntegrationCaps,
    IntegrationChecks,
    IntegrationCreation,
    IntegrationSeals,
    IntegrationStore,
    IntegrationViews,
    Integrations,
    IntegrationsQueries,
    {
      provide: Sealer,
      useFactory: ({ credentialsPublicKey }: IntegrationsSettings) => Sealer.fromJwk(credentialsPublicKey),
      inject: [SETTINGS],
    },
  ],
  exports: [DestinationStatusClient, IntegrationChecks, Integrations, IntegrationsQueries],
})
export class IntegrationsModule {}
