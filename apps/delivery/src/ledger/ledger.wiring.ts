import type { Provider, Type } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DELIVERY_OUTCOMES_TOPIC } from '#libs/contracts';
import type { ServiceContext } from '#libs/http';
import { KafkaConnection, TopicReader } from '#libs/kafka';
import { AttemptStreams, type OpenFeed } from '../dashboards/attempt-streams.service.js';
import type { DeliverySettings } from '../delivery.config.js';
import { LedgerMetrics } from '../dashboards/ledger-metrics.js';
import { StreamController } from '../dashboards/stream.controller.js';
import { StreamQueries } from '../dashboards/stream.queries.js';
import { SummaryController } from '../dashboards/summary.controller.js';
import { SummaryService } from '../dashboards/summary.service.js';
import { RedeliveryController } from '../dead-letters/redelivery.controller.js';
import { RedeliveryQueries } from '../dead-letters/redelivery.queries.js';
import { Redelivery } from '../dead-letters/redelivery.service.js';
import { DeliveriesController } from './deliveries.controller.js';
import { DeliveriesQueries } from './deliveries.queries.js';
import { DestinationsQueries } from './destinations.queries.js';
import { InternalDestinationsController } from './internal-destinations.controller.js';
import { PartitionQueries } from './partitions.queries.js';
import { Partitions } from './partitions.service.js';
import { RollupQueries } from './rollup.queries.js';

type Context = ServiceContext<DeliverySettings>;

/** What is asked of the ledger over HTTP. The fixed addresses come first: the last would take them for ids. */
export const LEDGER_CONTROLLERS: Type[] = [
  SummaryController,
  StreamController,
  RedeliveryController,
  InternalDestinationsController,
  DeliveriesController,
];

/** Beside these the module has a DataSource, a KafkaConnection and the KnownIntegrations. */
export function ledgerProviders(context: Context): Provider[] {
  return [
    DeliveriesQueries,
    DestinationsQueries,
    PartitionQueries,
    RollupQueries,
    StreamQueries,
    RedeliveryQueries,
    Redelivery,
    SummaryService,
    ...upkeep(context),
    ...dashboards(context),
  ];
}

function upkeep({ settings, logger }: Context): Provider[] {
  return [
    {
      provide: Partitions,
      useFactory: (dataSource: DataSource, queries: PartitionQueries, rollups: RollupQueries) =>
        new Partitions({ dataSource, queries, rollups, retention: settings, logger }),
      inject: [DataSource, PartitionQueries, RollupQueries],
    },
  ];
}

function dashboards({ name, logger, registry }: Context): Provider[] {
  return [
    {
      provide: AttemptStreams,
      useFactory: (queries: StreamQueries, connection: KafkaConnection) =>
        new AttemptStreams(queries, (on) => outcomes(connection, `${name}.stream`, on), logger),
      inject: [StreamQueries, KafkaConnection],
    },
    {
      provide: LedgerMetrics,
      useFactory: (dataSource: DataSource, streams: AttemptStreams) =>
        new LedgerMetrics({ dataSource, streams, registry, logger }),
      inject: [DataSource, AttemptStreams],
    },
  ];
}

function outcomes(connection: KafkaConnection, groupPrefix: string, on: Parameters<OpenFeed>[0]): TopicReader {
  const { topic } = DELIVERY_OUTCOMES_TOPIC;
  return new TopicReader({
    connection,
    topic,
    groupPrefix,
    fromBeginning: false,
    onRecord: on.record,
    onFatal: on.fatal,
  });
}
