import { Module } from '@nestjs/common';
import { ClockModule } from '../clock/clock.module.js';
import { KnownIntegrationsModule } from '../integrations/known-integrations.module.js';
import { DeliveryKafkaModule } from '../kafka/delivery-kafka.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { OwnershipModule } from '../ownership/ownership.module.js';
import { ConnectedDestinations } from './connected-destinations.service.js';
import { DrainQueries } from './drain.queries.js';
import { Drain } from './drain.service.js';
import { FreshCredentials } from './fresh-credentials.service.js';
import { RedeliveryController } from './redelivery.controller.js';
import { RedeliveryQueries } from './redelivery.queries.js';
import { Redelivery } from './redelivery.service.js';
import { RetryNowQueries } from './retry-now.queries.js';
import { RetryNow } from './retry-now.service.js';
import { ReturnedLetterReport } from './returned-letter-report.js';
import { ReturnedLetters } from './returned-letters.service.js';

/** How dead letters leave: by fresh credentials, by a call, or put back on their topic; and how a retry is made before it is due. All of them end up in a queue of the ledger. */
@Module({
  imports: [DeliveryKafkaModule, ClockModule, KnownIntegrationsModule, OwnershipModule, LedgerModule],
  controllers: [RedeliveryController],
  providers: [
    ConnectedDestinations,
    DrainQueries,
    Drain,
    FreshCredentials,
    RedeliveryQueries,
    Redelivery,
    RetryNowQueries,
    RetryNow,
    ReturnedLetters,
    ReturnedLetterReport,
  ],
  exports: [FreshCredentials, ReturnedLetters],
})
export class DeadLettersModule {}
