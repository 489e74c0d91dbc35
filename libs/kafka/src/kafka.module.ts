import { Module, type DynamicModule } from '@nestjs/common';
import { SETTINGS } from '#libs/config';
import { LOGGER, SERVICE_NAME } from '#libs/observability';
import { connectionFor } from './connection-for.js';
import { KafkaConnection } from './connection.js';
import { PUBLISH_GAPS, Publisher } from './publisher.js';

/** The service's one connection to the brokers, and what publishes over it. */
@Module({
  providers: [
    { provide: KafkaConnection, useFactory: connectionFor, inject: [SERVICE_NAME, SETTINGS, LOGGER] },
    Publisher,
  ],
  exports: [KafkaConnection, Publisher],
})
export class KafkaModule {
  /** @param gaps least time in ms from one send to the next, by topic: for those whose readers can wait */
  static withGaps(gaps: Readonly<Record<string, number>>): DynamicModule {
    return { module: KafkaModule, providers: [{ provide: PUBLISH_GAPS, useValue: gaps }] };
  }
}
