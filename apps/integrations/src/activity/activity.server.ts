import { Inject, Injectable } from '@nestjs/common';
import { ACTIVITY } from '#libs/contracts';
import { ConsumerServer, KafkaConnection, Publisher } from '#libs/kafka';
import { LOGGER, describeError, exitSoon, type Logger } from '#libs/observability';
import { KEEPING_ACTIVITY } from './activity.consumer.js';

/** Reads what people did. Nobody waits for it, so the brokers gather it. */
@Injectable()
export class ActivityServer extends ConsumerServer {
  constructor(connection: KafkaConnection, publisher: Publisher, @Inject(LOGGER) logger: Logger) {
    super({
      connection,
      transportId: KEEPING_ACTIVITY,
      groupId: 'integrations.activity',
      failure: { publisher, deadLetterTopic: () => ACTIVITY.deadLetterTopic },
      patient: true,
      onFatal: (error) => {
        logger.error({ error: describeError(error) }, 'activity.consumer-failed');
        exitSoon();
      },
    });
  }
}
