import { Module } from '@nestjs/common';
import { DELIVERY_OUTCOMES_TOPIC } from '#libs/contracts';
import { Readiness } from '#libs/http';
import { KafkaConnection, KafkaModule } from '#libs/kafka';
import { ConsumerGroups } from './consumer-groups.js';
import { Standstill } from './standstill.service.js';

/** Dashboards can wait so long; a send of many costs little more than a send of one. */
const OUTCOMES_GAP_MS = 100;

const kafka = KafkaModule.withGaps({ [DELIVERY_OUTCOMES_TOPIC.topic]: OUTCOMES_GAP_MS });

/** This service's connection to the brokers, and what its consumer groups have in common. */
@Module({ imports: [kafka], providers: [ConsumerGroups, Standstill], exports: [kafka, ConsumerGroups, Standstill] })
export class DeliveryKafkaModule {
  constructor(readiness: Readiness, connection: KafkaConnection) {
    readiness.add('kafka-access', () => connection.accepted());
  }
}
