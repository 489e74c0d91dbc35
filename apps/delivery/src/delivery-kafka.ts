import { DELIVERY_OUTCOMES_TOPIC } from '#libs/contracts';
import { KafkaModule } from '#libs/kafka';

/** Dashboards can wait so long; a send of many costs little more than a send of one. */
const OUTCOMES_GAP_MS = 100;

/** This service's connection to the brokers. */
export const deliveryKafka = KafkaModule.withGaps({ [DELIVERY_OUTCOMES_TOPIC.topic]: OUTCOMES_GAP_MS });
