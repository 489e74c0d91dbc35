import { Module } from '@nestjs/common';
import { integrationsOutbox } from '../integrations-outbox.js';
import { ActivityRetention } from './activity-retention.service.js';
import { ActivityConsumer } from './activity.consumer.js';
import { ActivityController } from './activity.controller.js';
import { ActivityQueries } from './activity.queries.js';
import { ActivityServer } from './activity.server.js';

@Module({
  imports: [integrationsOutbox],
  controllers: [ActivityController, ActivityConsumer],
  providers: [ActivityQueries, ActivityRetention, ActivityServer],
})
export class ActivityModule {}
