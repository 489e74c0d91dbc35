import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { INTEGRATION_STATE, STATE_COMPLETE_KEY } from '#libs/contracts';
import { Readiness } from '#libs/http';
import { KafkaConnection, Publisher, StateReader, deadLetterRecord } from '#libs/kafka';
import { ConsumerGroups } from '../kafka/consumer-groups.js';
import { KnownIntegrations } from './known-integrations.service.js';

/** Reads `integration.state` into memory. */
@Injectable()
export class IntegrationStates extends StateReader implements OnApplicationShutdown {
  constructor(
    integrations: KnownIntegrations,
    connection: KafkaConnection,
    publisher: Publisher,
    { onFatal }: ConsumerGroups,
    readiness: Readiness,
  ) {
    super({
      connection,
      topic: INTEGRATION_STATE.topic,
      groupPrefix: 'delivery.integration-state',
      completeKey: STATE_COMPLETE_KEY,
      apply: (record) => integrations.apply(record),
      onRecreated: () => integrations.readAgain(),
      onWhole: () => integrations.readWhole(),
      onUnreadable: (record, error) =>
        publisher.publish(INTEGRATION_STATE.deadLetterTopic, deadLetterRecord(record, error)),
      onFatal,
    });
    readiness.add('integration-state', () => this.health === 'ready');
  }

  onApplicationShutdown(): Promise<void> {
    return this.stop();
  }
}
