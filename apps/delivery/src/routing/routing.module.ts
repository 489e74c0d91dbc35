import { Module } from '@nestjs/common';
import { ClockModule } from '../clock/clock.module.js';
import { KnownIntegrationsModule } from '../integrations/known-integrations.module.js';
import { DeliveryKafkaModule } from '../kafka/delivery-kafka.module.js';
import { EventReplay } from './event-replay.service.js';
import { EventRouter } from './event-router.service.js';
import { LateStateConsumer } from './late-state.consumer.js';
import { ReleaseEventConsumer } from './release-event.consumer.js';
import { Rerouting } from './rerouting.service.js';
import { RoutingCounts } from './routing-counts.js';
import { LateStatesServer, RoutingServer } from './routing.servers.js';

/** From the event to one request per integration. */
@Module({
  imports: [DeliveryKafkaModule, ClockModule, KnownIntegrationsModule],
  controllers: [ReleaseEventConsumer, LateStateConsumer],
  providers: [RoutingServer, LateStatesServer, EventRouter, EventReplay, Rerouting, RoutingCounts],
})
export class RoutingModule {}
