import { Module } from '@nestjs/common';
import { DeliveryKafkaModule } from '../kafka/delivery-kafka.module.js';
import { IntegrationStates } from './integration-states.js';
import { KnownIntegrations } from './known-integrations.service.js';

@Module({
  imports: [DeliveryKafkaModule],
  providers: [KnownIntegrations, IntegrationStates],
  exports: [KnownIntegrations, IntegrationStates],
})
export class KnownIntegrationsModule {}
