import { Module } from '@nestjs/common';
import { KnownIntegrationsModule } from '../integrations/known-integrations.module.js';
import { DeliveriesController } from './deliveries.controller.js';
import { DeliveriesQueries } from './deliveries.queries.js';
import { DestinationsQueries } from './destinations.queries.js';
import { InternalDestinationsController } from './internal-destinations.controller.js';
import { PartitionQueries } from './partitions.queries.js';
import { Partitions } from './partitions.service.js';
import { RecipientQueries } from '../recipients/recipient.queries.js';
import { RollupQueries } from './rollup.queries.js';

@Module({
  imports: [KnownIntegrationsModule],
  controllers: [InternalDestinationsController, DeliveriesController],
  providers: [DeliveriesQueries, DestinationsQueries, PartitionQueries, Partitions, RecipientQueries, RollupQueries],
  exports: [DestinationsQueries, Partitions, RollupQueries],
})
export class LedgerModule {}
