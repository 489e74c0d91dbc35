import { Module } from '@nestjs/common';
import { KnownIntegrationsModule } from '../integrations/known-integrations.module.js';
import { DeliveryKafkaModule } from '../kafka/delivery-kafka.module.js';
import { OwnershipModule } from '../ownership/ownership.module.js';
import { AlertOutlet } from './alert-outlet.service.js';
import { AlertsLook } from './alerts-look.service.js';
import { AlertsQueries } from './alerts.queries.js';
import { Alerts } from './alerts.service.js';

/** From a change of a destination's health to a delivery for each integration that asks for alerts. */
@Module({
  imports: [DeliveryKafkaModule, KnownIntegrationsModule, OwnershipModule],
  providers: [AlertsQueries, AlertOutlet, Alerts, AlertsLook],
})
export class AlertsModule {}
