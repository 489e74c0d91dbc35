import { ACTIVITY } from './activity.js';
import { DELIVERY_DLQ, DELIVERY_OUTCOMES_TOPIC, DELIVERY_REQUESTED, retryTopic } from './delivery-events.js';
import { RELEASE_EVENTS } from './release-event.js';
import { INTEGRATION_STATE, PROJECT_STATE } from './state-events.js';

export interface Topic {
  name: string;
  partitions: number;
  compacted?: boolean;
  retentionMs?: number;
}

const DAY = 24 * 60 * 60 * 1000;

/** Every topic but the retry ladder's, with the settings that the service which starts first creates it with. */
export const TOPICS = {
  releaseEvents: { name: RELEASE_EVENTS.topic, partitions: 12, retentionMs: 7 * DAY },
  releaseEventsDlq: { name: RELEASE_EVENTS.deadLetterTopic, partitions: 1, retentionMs: 30 * DAY },
  projectState: { name: PROJECT_STATE.topic, partitions: 3, compacted: true },
  projectStateDlq: { name: PROJECT_STATE.deadLetterTopic, partitions: 1, retentionMs: 30 * DAY },
  integrationState: { name: INTEGRATION_STATE.topic, partitions: 3, compacted: true },
  integrationStateDlq: { name: INTEGRATION_STATE.deadLetterTopic, partitions: 1, retentionMs: 30 * DAY },
  activity: { name: ACTIVITY.topic, partitions: 3, retentionMs: 30 * DAY },
  activityDlq: { name: ACTIVITY.deadLetterTopic, partitions: 1, retentionMs: 30 * DAY },
  deliveryRequested: { name: DELIVERY_REQUESTED.topic, partitions: 24, retentionMs: 7 * DAY },
  deliveryRequestedDlq: { name: DELIVERY_REQUESTED.deadLetterTopic, partitions: 1, retentionMs: 30 * DAY },
  deliveryDlq: { name: DELIVERY_DLQ.topic, partitions: 6, retentionMs: 30 * DAY },
  deliveryOutcomes: { name: DELIVERY_OUTCOMES_TOPIC.topic, partitions: 6, retentionMs: 7 * DAY },
} as const satisfies Record<string, Topic>;

/** The topic of one step of the retry ladder. */
export const retryTopicOf = (label: string): Topic => ({
  name: retryTopic(label),
  partitions: 6,
  retentionMs: 7 * DAY,
});
