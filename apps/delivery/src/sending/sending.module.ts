import { Module } from '@nestjs/common';
import { ClockModule } from '../clock/clock.module.js';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { DeadLettersModule } from '../dead-letters/dead-letters.module.js';
import { KnownIntegrationsModule } from '../integrations/known-integrations.module.js';
import { DeliveryKafkaModule } from '../kafka/delivery-kafka.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { OwnershipModule } from '../ownership/ownership.module.js';
import { ProvidersModule } from '../providers/providers.module.js';
import { RetriesModule } from '../retries/retries.module.js';
import { Admission } from './admission.service.js';
import { AttemptReport } from './attempt-report.service.js';
import { Attempts } from './attempts.service.js';
import { Concurrency } from './concurrency.js';
import { DeliveryRequestedConsumer } from './delivery-requested.consumer.js';
import { DestinationHealth } from './destination-health.service.js';
import { FirstTimes } from './first-times.service.js';
import { FollowUp } from './follow-up.service.js';
import { Handover } from './handover.service.js';
import { Lanes } from './lanes.service.js';
import { Meaning } from './meaning.service.js';
import { Pace } from './pace.service.js';
import { Parking } from './parking.service.js';
import { PendingEntries } from './pending-entries.service.js';
import { Posting } from './posting.service.js';
import { Sender } from './sender.service.js';
import { SendingMetrics } from './sending-metrics.js';
import { SendingServer } from './sending.server.js';
import { Turns } from './turns.service.js';

const attempt = [Admission, Pace, PendingEntries, Posting, Meaning, AttemptReport, FollowUp, Attempts];
const queueing = [Concurrency, Lanes, Parking, Turns, Handover, FirstTimes, Sender];

/** From a request to the answer of its destination, on record. */
@Module({
  imports: [
    DeliveryKafkaModule,
    ClockModule,
    CredentialsModule,
    KnownIntegrationsModule,
    OwnershipModule,
    LedgerModule,
    ProvidersModule,
    RetriesModule,
    DeadLettersModule,
  ],
  controllers: [DeliveryRequestedConsumer],
  providers: [...attempt, ...queueing, DestinationHealth, SendingServer, SendingMetrics],
  exports: [DestinationHealth, Parking, Sender, SendingServer],
})
export class SendingModule {}
