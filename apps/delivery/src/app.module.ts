import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { addDatabaseChecks, databaseModule } from '#libs/database';
import { Readiness } from '#libs/http';
import { DashboardsModule } from './dashboards/dashboards.module.js';
import { OutcomeFeedModule } from './dashboards/outcome-feed.module.js';
import { RedeliveryModule } from './dead-letters/redelivery.module.js';
import { AttemptEntity } from './ledger/attempt.entity.js';
import { DeliveryEntity } from './ledger/delivery.entity.js';
import { LEDGER_MIGRATIONS } from './ledger/ledger-migrations.js';
import { LedgerModule } from './ledger/ledger.module.js';
import { PipelineModule } from './pipeline.module.js';
import { ConfirmationMailsModule } from './recipients/confirmation-mails.module.js';

@Module({
  imports: [
    databaseModule({ entities: [DeliveryEntity, AttemptEntity], migrations: LEDGER_MIGRATIONS }),
    DashboardsModule.reading(OutcomeFeedModule),
    RedeliveryModule,
    LedgerModule,
    PipelineModule,
    ConfirmationMailsModule,
  ],
})
export class AppModule {
  constructor(readiness: Readiness, dataSource: DataSource) {
    addDatabaseChecks(readiness, dataSource);
  }
}
