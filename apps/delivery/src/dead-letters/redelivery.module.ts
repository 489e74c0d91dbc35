import { Module } from '@nestjs/common';
import { KnownIntegrationsModule } from '../integrations/known-integrations.module.js';
import { RedeliveryController } from './redelivery.controller.js';
import { RedeliveryQueries } from './redelivery.queries.js';
import { Redelivery } from './redelivery.service.js';

@Module({
  imports: [KnownIntegrationsModule],
  controllers: [RedeliveryController],
  providers: [RedeliveryQueries, Redelivery],
})
export class RedeliveryModule {}
