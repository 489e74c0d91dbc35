import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { addDatabaseChecks, databaseModule } from '#libs/database';
import { Readiness } from '#libs/http';
import { ActivityModule } from './activity/activity.module.js';
import { AlertsModule } from './alerts/alerts.module.js';
import { BeforeSavingModule } from './before-saving/before-saving.module.js';
import { DashboardsModule } from './dashboards/dashboards.module.js';
import { OutcomeFeedModule } from './dashboards/outcome-feed.module.js';
import { DeadLettersModule } from './dead-letters/dead-letters.module.js';
import { LEDGER_MIGRATIONS } from './ledger/ledger-migrations.js';
import { LedgerModule } from './ledger/ledger.module.js';
import { QueuesModule } from './queues/queues.module.js';
import { ConfirmationMailsModule } from './recipients/confirmation-mails.module.js';
import { RetriesModule } from './retries/retries.module.js';
import { RoutingModule } from './routing/routing.module.js';
import { SendingModule } from './sending/sending.module.js';
import { StartupModule } from './startup/startup.module.js';

@Module({
  imports: [
    databaseModule({ entities: [], migrations: LEDGER_MIGRATIONS }),
    DashboardsModule.reading(OutcomeFeedModule),
    DeadLettersModule,
    RoutingModule,
    SendingModule,
    RetriesModule,
    QueuesModule,
    LedgerModule,
    AlertsModule,
    ActivityModule,
    BeforeSavingModule,
    ConfirmationMailsModule,
    StartupModule,
  ],
})
export class AppModule {
  constructor(readiness: Readiness, dataSource: DataSource) {
    addDatabaseChecks(readiness, dataSource);
  }
}
