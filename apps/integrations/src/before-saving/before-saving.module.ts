import { Module } from '@nestjs/common';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { ProjectsModule } from '../projects/projects.module.js';
import { TestDeliveriesModule } from '../test-deliveries/test-deliveries.module.js';
import { BeforeSavingController } from './before-saving.controller.js';
import { BeforeSaving } from './before-saving.service.js';
import { DeliveryCalls } from './delivery-calls.client.js';

/** What can be seen of a destination before it is saved: a test, and its messages. */
@Module({
  imports: [IntegrationsModule, ProjectsModule, TestDeliveriesModule],
  controllers: [BeforeSavingController],
  providers: [BeforeSaving, DeliveryCalls],
})
export class BeforeSavingModule {}
