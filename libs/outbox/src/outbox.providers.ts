import type { Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Readiness } from '#libs/http';
import { Publisher, type KafkaConnection, type TopicSpec } from '#libs/kafka';
import type { Logger, Registry } from '#libs/observability';
import { OutboxRetention } from './outbox-retention.js';
import { Outbox } from './outbox.js';
import { OutboxLifecycle } from './outbox.lifecycle.js';
import { StateKeeper } from './state-keeper.js';
import type { StateOwner } from './state-owner.js';

export interface OutboxProvidersOptions<Row, Seen> {
  service: string;
  settings: { databaseUrl: string; outboxRetentionMs: number; stateTopicMayBeEmptied: boolean };
  connection: KafkaConnection;
  /** Those that the service writes to. */
  topics: TopicSpec[];
  /** Of the service's state topic. */
  owner: (dataSource: DataSource) => StateOwner<Row, Seen>;
  /** Of the groups that read that topic to compare it with the table. */
  groupPrefix: string;
  /** False where other databases write to the same state topic: then it is not kept as the table of this one is. */
  alone: boolean;
  logger: Logger;
  registry: Registry;
}

/** All that a service needs to publish what it commits, and to keep its state topic as its table is. Injects DataSource, Publisher and Readiness. */
export function outboxProviders<Row, Seen>(options: OutboxProvidersOptions<Row, Seen>): Provider[] {
  const { service, settings, connection, topics, logger, registry, alone } = options;
  return [
    {
      provide: Outbox,
      useFactory: (dataSource: DataSource, publisher: Publisher, readiness: Readiness) => {
        const { databaseUrl } = settings;
        const outbox = new Outbox(dataSource, publisher, {
          service,
          databaseUrl,
          connection,
          topics,
          logger,
          registry,
        });
        readiness.add('kafka-access', () => connection.accepted());
        readiness.add('outbox', () => outbox.isLed);
        return outbox;
      },
      inject: [DataSource, Publisher, Readiness],
    },
    {
      provide: OutboxRetention,
      useFactory: (dataSource: DataSource, outbox: Outbox) =>
        new OutboxRetention({
          dataSource,
          keepMs: settings.outboxRetentionMs,
          isLeader: () => outbox.isLeader,
          logger,
        }),
      inject: [DataSource, Outbox],
    },
    stateKeeper(options),
    {
      provide: OutboxLifecycle,
      useFactory: (outbox: Outbox, retention: OutboxRetention, keeper: StateKeeper, publisher: Publisher) =>
        new OutboxLifecycle({ outbox, retention, publisher, connection, topics, logger, ...(alone && { keeper }) }),
      inject: [Outbox, OutboxRetention, StateKeeper, Publisher],
    },
  ];
}

function stateKeeper<Row, Seen>(options: OutboxProvidersOptions<Row, Seen>): Provider {
  const { connection, groupPrefix, owner, settings, logger, registry } = options;
  return {
    provide: StateKeeper,
    useFactory: (dataSource: DataSource, outbox: Outbox, readiness: Readiness) => {
      const keeper = new StateKeeper({
        dataSource,
        outbox,
        connection,
        groupPrefix,
        owner: owner(dataSource),
        mayBeEmptied: settings.stateTopicMayBeEmptied,
        logger,
        registry,
      });
      readiness.add('state-topic', () => keeper.agrees);
      return keeper;
    },
    inject: [DataSource, Outbox, Readiness],
  };
}
