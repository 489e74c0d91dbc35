import { Module } from '@nestjs/common';
import { SETTINGS } from '#libs/config';
import { Opener } from '#libs/credentials';
import { KafkaConnection, Publisher } from '#libs/kafka';
import { LOGGER, Registry, type Logger } from '#libs/observability';
import { ReturnedLetters } from './dead-letters/returned-letters.service.js';
import { deliveryKafka } from './delivery-kafka.js';
import type { DeliverySettings } from './delivery.config.js';
import { KnownIntegrationsModule } from './integrations/known-integrations.module.js';
import { LedgerModule } from './ledger/ledger.module.js';
import { PipelineLifecycle } from './pipeline.lifecycle.js';
import { Pipeline, PipelineParts } from './pipeline.js';
import { ProvidersModule } from './providers/providers.module.js';
import { RetryConsumer } from './retries/retry.consumer.js';
import { LateStateConsumer } from './routing/late-state.consumer.js';
import { ReleaseEventConsumer, RoutingOptions } from './routing/release-event.consumer.js';
import { Rerouting } from './routing/rerouting.service.js';
import { RoutingCounts } from './routing/routing-counts.js';
import { DeliveryRequestedConsumer } from './sending/delivery-requested.consumer.js';
import { Sender } from './sending/sender.service.js';

/** From the event to the destination, and what it takes from the parts that `Pipeline` puts together. */
@Module({
  imports: [deliveryKafka, KnownIntegrationsModule, LedgerModule, ProvidersModule],
  controllers: [ReleaseEventConsumer, LateStateConsumer, DeliveryRequestedConsumer, RetryConsumer],
  providers: [
    PipelineParts,
    Pipeline,
    PipelineLifecycle,
    RoutingCounts,
    {
      provide: Opener,
      useFactory: ({ credentialsPrivateKeys }: DeliverySettings) => Opener.fromJwks(credentialsPrivateKeys),
      inject: [SETTINGS],
    },
    { provide: Sender, useFactory: ({ sender }: Pipeline) => sender, inject: [Pipeline] },
    { provide: ReturnedLetters, useFactory: ({ letters }: Pipeline) => letters, inject: [Pipeline] },
    { provide: Rerouting, useFactory: rerouting, inject: [Pipeline, KafkaConnection, Publisher, LOGGER, Registry] },
    { provide: RoutingOptions, useFactory: routingOptions, inject: [Pipeline, RoutingCounts] },
  ],
})
export class PipelineModule {}

function rerouting(
  { integrations, states, clock, parts }: Pipeline,
  connection: KafkaConnection,
  publisher: Publisher,
  logger: Logger,
  registry: Registry,
): Rerouting {
  const { adminBaseUrl } = parts.settings;
  return new Rerouting({ integrations, states, publisher, adminBaseUrl, now: clock.now, connection, logger, registry });
}

function routingOptions({ integrations, states, clock, parts }: Pipeline, counts: RoutingCounts): RoutingOptions {
  const { publisher, settings } = parts;
  return { integrations, states, publisher, adminBaseUrl: settings.adminBaseUrl, counts, now: clock.now };
}
