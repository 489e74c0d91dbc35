import { Module } from '@nestjs/common';
import { integrationsOutbox } from '../integrations-outbox.js';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { ProjectsModule } from '../projects/projects.module.js';
import { TestCap } from './test-cap.js';
import { TestDeliveriesController } from './test-deliveries.controller.js';
import { TestDeliveries } from './test-deliveries.service.js';
import { TestPublisher } from './test-publisher.service.js';

@Module({
  imports: [integrationsOutbox, IntegrationsModule, ProjectsModule],
  controllers: [TestDeliveriesController],
  providers: [TestCap, TestDeliveries, TestPublisher],
  exports: [TestCap],
})
export class TestDeliveriesModule {}
