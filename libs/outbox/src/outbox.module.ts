import { Module, type DynamicModule } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SETTINGS, type BackendSettings } from '#libs/config';
import { Readiness } from '#libs/http';
import { KafkaConnection, KafkaModule, type TopicSpec } from '#libs/kafka';
import { LOGGER, Registry, SERVICE_NAME, type Logger } from '#libs/observability';
import { OutboxRetention } from './outbox-retention.js';
import { OUTBOX_OPTIONS, Outbox, type OutboxOptions } from './outbox.js';
import { OutboxLifecycle } from './outbox.lifecycle.js';
import { StateKeeper } from './state-keeper.js';
import type { StateOwner } from './state-owner.js';

/** What a service says of the topics that its outbox writes to. */
export interface OutboxContents<Row, Seen> {
  /** Those that the service writes to. */
  topics: TopicSpec[];
  /** Of the service's state topic. */
  owner: (dataSource: DataSource) => StateOwner<Row, Seen>;
  /** Of the groups that read that topic to compare it with the table. */
  groupPrefix: string;
}

const SHARED_STATE_TOPIC = Symbol('SHARED_STATE_TOPIC');

/** Imported where other databases write to the same state topic: then it is not kept as the table of this one is. */
export const sharedStateTopic: DynamicModule = {
  module: class SharedStateTopic {},
  global: true,
  providers: [{ provide: SHARED_STATE_TOPIC, useValue: true }],
  exports: [SHARED_STATE_TOPIC],
};

/** All that a service needs to publish what it commits, and to keep its state topic as its table is. */
@Module({
  imports: [KafkaModule],
  providers: [Outbox, OutboxRetention, OutboxLifecycle],
  exports: [Outbox, OutboxLifecycle, KafkaModule],
})
export class OutboxModule {
  constructor(outbox: Outbox, keeper: StateKeeper, connection: KafkaConnection, readiness: Readiness) {
    readiness.add('kafka-access', () => connection.accepted());
    readiness.add('outbox', () => outbox.isLed);
    readiness.add('state-topic', () => keeper.agrees);
  }

  /** One a service: modules that publish import the same one. */
  static of<Row, Seen>(contents: OutboxContents<Row, Seen>): DynamicModule {
    const { topics } = contents;
    return {
      module: OutboxModule,
      providers: [
        {
          provide: OUTBOX_OPTIONS,
          useFactory: (service: string, { databaseUrl }: BackendSettings, ...rest: Rest): OutboxOptions => {
            const [connection, logger, registry, shared] = rest;
            return { service, databaseUrl, topics, connection, logger, registry, shared };
          },
          inject: [
            SERVICE_NAME,
            SETTINGS,
            KafkaConnection,
            LOGGER,
            Registry,
            { token: SHARED_STATE_TOPIC, optional: true },
          ],
        },
        {
          provide: StateKeeper,
          useFactory: (dataSource: DataSource, outbox: Outbox, settings: BackendSettings, options: OutboxOptions) =>
            new StateKeeper({
              ...options,
              dataSource,
              outbox,
              groupPrefix: contents.groupPrefix,
              owner: contents.owner(dataSource),
              mayBeEmptied: settings.stateTopicMayBeEmptied,
            }),
          inject: [DataSource, Outbox, SETTINGS, OUTBOX_OPTIONS],
        },
      ],
    };
  }
}

type Rest = [connection: KafkaConnection, logger: Logger, registry: Registry, shared: boolean | undefined];
