import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SETTINGS } from '#libs/config';
import type { DeliverySettings } from '../delivery.config.js';
import { UnsubscribeController } from './unsubscribe.controller.js';
import { Unsubscribes } from './unsubscribes.service.js';

@Module({
  controllers: [UnsubscribeController],
  providers: [
    {
      provide: Unsubscribes,
      useFactory: (dataSource: DataSource, { adminBaseUrl }: DeliverySettings) =>
        new Unsubscribes(dataSource, adminBaseUrl),
      inject: [DataSource, SETTINGS],
    },
  ],
  exports: [Unsubscribes],
})
export class UnsubscribesModule {}
