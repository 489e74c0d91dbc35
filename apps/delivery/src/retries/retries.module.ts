import { Module } from '@nestjs/common';
import { SETTINGS } from '#libs/config';
import { ClockModule } from '../clock/clock.module.js';
import type { DeliverySettings } from '../delivery.config.js';
import { DeliveryKafkaModule } from '../kafka/delivery-kafka.module.js';
import { FormerDelays } from './former-delays.service.js';
import { RetriesServer } from './retries.server.js';
import { RetryConsumer } from './retry.consumer.js';
import { RetryLadder } from './retry-ladder.js';

@Module({
  imports: [DeliveryKafkaModule, ClockModule],
  controllers: [RetryConsumer],
  providers: [
    RetriesServer,
    FormerDelays,
    {
      provide: RetryLadder,
      useFactory: ({ retryDelays, mailLateRetryDelay }: DeliverySettings) =>
        new RetryLadder(retryDelays, mailLateRetryDelay),
      inject: [SETTINGS],
    },
  ],
  exports: [RetryLadder, FormerDelays],
})
export class RetriesModule {}
