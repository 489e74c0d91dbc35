import { Module } from '@nestjs/common';
import { KnownIntegrationsModule } from '../integrations/known-integrations.module.js';
import { DeliveryKafkaModule } from '../kafka/delivery-kafka.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { RetriesModule } from '../retries/retries.module.js';
import { Startup } from './startup.service.js';
import { Topics } from './topics.js';

@Module({
  imports: [DeliveryKafkaModule, KnownIntegrationsModule, LedgerModule, RetriesModule],
  providers: [Topics, Startup],
})
export class StartupModule {}
