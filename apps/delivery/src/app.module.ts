import type { DynamicModule, Provider } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { DELIVERY_OUTCOMES_TOPIC } from '#libs/contracts';
import { Opener } from '#libs/credentials';
import { databaseModule } from '#libs/database';
import { Readiness, ServiceModule, type ServiceContext } from '#libs/http';
import { KafkaConnection, Publisher, connectionFor } from '#libs/kafka';
import { AddressRules } from '#libs/outbound';
import { ReturnedLetters } from './dead-letters/returned-letters.service.js';
import type { DeliverySettings } from './delivery.config.js';
import { KnownIntegrations } from './integrations/known-integrations.service.js';
import { LEDGER_MIGRATIONS } from './ledger/ledger-migrations.js';
import { AttemptEntity } from './ledger/attempt.entity.js';
import { DeliveryEntity } from './ledger/delivery.entity.js';
import { LEDGER_CONTROLLERS, ledgerProviders } from './ledger/ledger.wiring.js';
import { Partitions } from './ledger/partitions.service.js';
import { Pipeline } from './pipeline.js';
import { PipelineLifecycle } from './pipeline.lifecycle.js';
import { OutboundHttp } from './outbound/outbound-http.service.js';
import { buildProviders } from './providers/provider-list.js';
import { warnOfLinks } from './providers/warn-of-links.js';
import { RetryConsumer } from './retries/retry.consumer.js';
import { LateStateConsumer } from './routing/late-state.consumer.js';
import { ReleaseEventConsumer, RoutingOptions } from './routing/release-event.consumer.js';
import { Rerouting } from './routing/rerouting.service.js';
import { RoutingCounts } from './routing/routing-counts.js';
import { DeliveryRequestedConsumer } from './sending/delivery-requested.consumer.js';
import { Sender } from './sending/sender.service.js';

type Context = ServiceContext<DeliverySettings>;

/** Dashboards can wait so long; a send of many costs little more than a send of one. */
const OUTCOMES_GAP_MS = 20;

/** The whole of the service, wired by hand. */
export class DeliveryModule {
  static forContext(context: Context): DynamicModule {
    const { settings, logger } = context;
    return {
      module: DeliveryModule,
      imports: [
        ServiceModule.forContext(context),
        databaseModule({
          url: settings.databaseUrl,
          poolSize: settings.databasePool,
          migrateOnStart: settings.migrateOnStart,
          service: 'delivery',
          entities: [DeliveryEntity, AttemptEntity],
          migrations: LEDGER_MIGRATIONS,
          logger,
        }),
      ],
      controllers: [
        ReleaseEventConsumer,
        LateStateConsumer,
        DeliveryRequestedConsumer,
        RetryConsumer,
        ...LEDGER_CONTROLLERS,
      ],
      providers: [...kafka(context), ...pipeline(context), ...routing(context), ...ledgerProviders(context)],
    };
  }
}

function kafka({ name, settings, logger }: Context): Provider[] {
  const connection = connectionFor(name, settings, logger);
  return [
    { provide: KafkaConnection, useValue: connection },
    { provide: Publisher, useValue: new Publisher(connection, { [DELIVERY_OUTCOMES_TOPIC.topic]: OUTCOMES_GAP_MS }) },
  ];
}

function pipeline({ settings, logger, registry }: Context): Provider[] {
  return [
    {
      provide: Pipeline,
      useFactory: async (dataSource: DataSource, connection: KafkaConnection, publisher: Publisher) => {
        const rules = new AddressRules({
          allowHttp: settings.outboundAllowHttp,
          allowedCidrs: settings.outboundAllowedCidrs,
        });
        const http = new OutboundHttp({ rules, timeoutMs: settings.deliveryTimeoutMs });
        const opener = await Opener.fromJwks(settings.credentialsPrivateKeys);
        const providers = buildProviders({ http, settings });
        warnOfLinks(settings.adminBaseUrl, logger);
        return new Pipeline({ settings, logger, registry, dataSource, connection, publisher, opener, providers });
      },
      inject: [getDataSourceToken(), KafkaConnection, Publisher],
    },
    { provide: KnownIntegrations, useFactory: (parts: Pipeline) => parts.integrations, inject: [Pipeline] },
    { provide: Sender, useFactory: (parts: Pipeline) => parts.sender, inject: [Pipeline] },
    { provide: ReturnedLetters, useFactory: (parts: Pipeline) => parts.letters, inject: [Pipeline] },
    {
      provide: PipelineLifecycle,
      useFactory: (parts: Pipeline, partitions: Partitions, readiness: Readiness) =>
        new PipelineLifecycle(parts, partitions, readiness),
      inject: [Pipeline, Partitions, Readiness],
    },
  ];
}

function routing({ settings, logger, registry }: Context): Provider[] {
  return [
    {
      provide: Rerouting,
      useFactory: ({ integrations, states, clock }: Pipeline, connection: KafkaConnection, publisher: Publisher) => {
        const on = { integrations, states, publisher, adminBaseUrl: settings.adminBaseUrl, now: clock.now };
        return new Rerouting({ ...on, connection, logger, registry });
      },
      inject: [Pipeline, KafkaConnection, Publisher],
    },
    {
      provide: RoutingOptions,
      useFactory: ({ integrations, states, clock }: Pipeline, publisher: Publisher): RoutingOptions => ({
        integrations,
        states,
        publisher,
        adminBaseUrl: settings.adminBaseUrl,
        counts: new RoutingCounts(registry, logger),
        now: clock.now,
      }),
      inject: [Pipeline, Publisher],
    },
  ];
}
