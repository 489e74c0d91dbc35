import { Module } from '@nestjs/common';
import { ClockModule } from '../clock/clock.module.js';
import { KnownIntegrationsModule } from '../integrations/known-integrations.module.js';
import { DeliveryKafkaModule } from '../kafka/delivery-kafka.module.js';
import { RecipientQueries } from '../recipients/recipient.queries.js';
import { AttentionController } from './attention.controller.js';
import { DeliveriesController } from './deliveries.controller.js';
import { DeliveriesQueries } from './deliveries.queries.js';
import { DestinationsQueries } from './destinations.queries.js';
import { ExportController } from './export.controller.js';
import { InternalDestinationsController } from './internal-destinations.controller.js';
import { Ledger } from './ledger.service.js';
import { PartitionQueries } from './partitions.queries.js';
import { Partitions } from './partitions.service.js';
import { QueueEvents } from './queue-events.js';
import { RollupQueries } from './rollup.queries.js';

@Module({
  imports: [ClockModule, DeliveryKafkaModule, KnownIntegrationsModule],
  // `attention` and `export` before `:id`
  controllers: [InternalDestinationsController, AttentionController, ExportController, DeliveriesController],
  providers: [
    DeliveriesQueries,
    DestinationsQueries,
    Ledger,
    PartitionQueries,
    Partitions,
    QueueEvents,
    RecipientQueries,
    RollupQueries,
  ],
  exports: [DestinationsQueries, Ledger, Partitions, QueueEvents, RollupQueries],
})
export class LedgerModule {}
