import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { addDatabaseChecks, databaseModule } from '#libs/database';
import { Readiness } from '#libs/http';
import { INTEGRATIONS_MIGRATIONS } from './integrations-migrations.js';
import { ActivityEntity } from './activity/activity.entity.js';
import { ActivityModule } from './activity/activity.module.js';
import { BeforeSavingModule } from './before-saving/before-saving.module.js';
import { IntegrationEntity } from './integrations/integration.entity.js';
import { IntegrationsModule } from './integrations/integrations.module.js';
import { OAuthModule } from './oauth/oauth.module.js';
import { ProvidersModule } from './providers/providers.module.js';
import { RoutesModule } from './routes/routes.module.js';
import { TestDeliveriesModule } from './test-deliveries/test-deliveries.module.js';

/** RoutesModule comes before IntegrationsModule, whose `integrations/:id` would take its address for an id. */
@Module({
  imports: [
    databaseModule({ entities: [IntegrationEntity, ActivityEntity], migrations: INTEGRATIONS_MIGRATIONS }),
    ProvidersModule,
    RoutesModule,
    TestDeliveriesModule,
    BeforeSavingModule,
    OAuthModule,
    IntegrationsModule,
    ActivityModule,
  ],
})
export class AppModule {
  constructor(readiness: Readiness, dataSource: DataSource) {
    addDatabaseChecks(readiness, dataSource);
  }
}
