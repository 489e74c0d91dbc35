import { Module } from '@nestjs/common';
import { DELIVERY_OUTCOMES_TOPIC } from '#libs/contracts';
import { KafkaConnection, TopicReader } from '#libs/kafka';
import { SERVICE_NAME } from '#libs/observability';
import { DeliveryKafkaModule } from '../kafka/delivery-kafka.module.js';
import { OPEN_FEED, type OpenFeed } from './attempt-streams.service.js';

/** Outcomes as `delivery.outcomes` has them. */
@Module({
  imports: [DeliveryKafkaModule],
  providers: [{ provide: OPEN_FEED, useFactory: outcomeFeed, inject: [KafkaConnection, SERVICE_NAME] }],
  exports: [OPEN_FEED],
})
export class OutcomeFeedModule {}

/** A reader is made each time that somebody looks, and thrown away afterwards. */
function outcomeFeed(connection: KafkaConnection, service: string): OpenFeed {
  return (on) =>
    new TopicReader({
      connection,
      topic: DELIVERY_OUTCOMES_TOPIC.topic,
      groupPrefix: `${service}.stream`,
      fromBeginning: false,
      onRecord: on.record,
      onFatal: on.fatal,
    });
}
