import { stringify } from 'yaml';
import {
  ACTIVITY,
  ACTIVITY_ACTIONS,
  Activity,
  DELIVERY_DLQ,
  DELIVERY_OUTCOMES_TOPIC,
  DELIVERY_REQUESTED,
  DeliveryDeadLettered,
  DeliveryOutcome,
  DeliveryRequested,
  EVENT_TYPES,
  HEADERS,
  INTEGRATION_STATE,
  IntegrationState,
  PROJECT_STATE,
  ProjectState,
  ProviderId,
  RELEASE_EVENTS,
  ReleaseEventData,
  STATE_COMPLETE_TYPE,
  StateComplete,
  TOPICS,
  type Topic,
} from '#libs/contracts';
import { PROVIDERS } from '#libs/providers';
import { FOR_PUBLISHERS } from './for-publishers.js';

/** One topic as the document shows it. */
interface Channel {
  topic: Topic;
  message: string;
  title: string;
  summary: string;
  /** More than a sentence, in Markdown. */
  description?: string;
  key: string;
  schema: object | null;
  types: readonly string[];
  headers: Record<string, object>;
  /** What this system does with the topic. */
  actions: ('send' | 'receive')[];
}

const text = (description: string, extra: object = {}): object => ({ type: 'string', description, ...extra });

const TRACE = { [HEADERS.traceparent]: text('W3C trace context.') };
const DELIVERY_HEADERS = {
  [HEADERS.deliveryId]: text('The delivery: the same on every attempt.'),
  [HEADERS.attempt]: text('Which try in its round, from 1.'),
  ...TRACE,
};
const FAILED_HEADERS = {
  [HEADERS.firstFailedAt]: text('When the round first failed, epoch ms.'),
  [HEADERS.errorCode]: text('What went wrong last.'),
};
const RETRY_HEADERS = {
  ...FAILED_HEADERS,
  [HEADERS.roundBeganAt]: text('When the round began, epoch ms, by the clock of the ledger’s database; on retries.'),
};
const STATE_HEADERS = {
  [HEADERS.savedAt]: text('When it was saved, epoch ms; only where it came here more than a second after that.'),
};
const UNREADABLE_HEADERS = {
  'np-original-topic': text('The topic that the record came on.'),
  'np-original-partition': text('Its partition there.'),
  'np-original-offset': text('Its offset there.'),
  [HEADERS.errorCode]: text('`unreadable`, or the code of the fault.'),
  'np-error-reason': text('What is wrong with it, in a sentence.'),
};

const unreadable = (topic: Topic, of: string, name = of): Channel => ({
  topic,
  message: `Unreadable${name.replace(/(^|\.)(\w)/g, (_, _dot, letter: string) => letter.toUpperCase())}`,
  title: `Records of ${of} that could not be read`,
  summary: 'The original key, bytes and headers, with the reason in headers. Fix the producer and publish them again.',
  key: 'as it was',
  schema: null,
  types: [],
  headers: UNREADABLE_HEADERS,
  actions: ['send'],
});

const CHANNELS: Channel[] = [
  {
    topic: TOPICS.releaseEvents,
    message: 'ReleaseEvent',
    title: 'Release events',
    summary:
      'A release reached an environment, moved up, or changed its rollout. Sent by the releases service, once per change. Other release services may publish here too: what they send is delivered alike. Structured mode is read as well.',
    description: FOR_PUBLISHERS,
    key: 'project.id',
    schema: ReleaseEventData,
    types: EVENT_TYPES,
    headers: {
      ...TRACE,
      [HEADERS.resent]: text('`true` on an event that was sent before and is sent again on purpose.'),
    },
    actions: ['send', 'receive'],
  },
  unreadable(TOPICS.releaseEventsDlq, RELEASE_EVENTS.topic),
  {
    topic: TOPICS.projectState,
    message: 'ProjectState',
    title: 'Projects',
    summary:
      'A project exists under this name. Compacted; sent by the releases service when a project is created or renamed. The record with the key `complete` says that the topic holds every project.',
    key: 'id',
    schema: { anyOf: [ProjectState, StateComplete] },
    types: ['project.changed', 'project.deleted', STATE_COMPLETE_TYPE],
    headers: STATE_HEADERS,
    actions: ['send', 'receive'],
  },
  unreadable(TOPICS.projectStateDlq, PROJECT_STATE.topic),
  {
    topic: TOPICS.integrationState,
    message: 'IntegrationState',
    title: 'Integrations',
    summary:
      'The whole of one integration as of now, credentials sealed for the delivery service alone. Compacted; sent by the integrations service on every change, a tombstone when it is deleted. The higher version wins. The record with the key `complete` says that the topic holds every integration.',
    key: 'id',
    schema: { anyOf: [IntegrationState, StateComplete] },
    types: ['integration.changed', 'integration.deleted', STATE_COMPLETE_TYPE],
    headers: STATE_HEADERS,
    actions: ['send', 'receive'],
  },
  unreadable(TOPICS.integrationStateDlq, INTEGRATION_STATE.topic),
  {
    topic: TOPICS.activity,
    message: 'Activity',
    title: 'Activity',
    summary:
      'Somebody did something: connected, changed, tested or deleted a destination, created or renamed a project, corrected the description of a release, resent or discarded messages. Sent in the transaction of the change by the service that makes it, and kept by the integrations service for the console and `GET /api/v1/activity`. What else people do with releases is told by `release.events`. It never holds a secret.',
    key: 'organizationId',
    schema: Activity,
    types: ACTIVITY_ACTIONS,
    headers: {},
    actions: ['send', 'receive'],
  },
  unreadable(TOPICS.activityDlq, `${ACTIVITY.topic} and ${RELEASE_EVENTS.topic}`, ACTIVITY.topic),
  {
    topic: TOPICS.deliveryRequested,
    message: 'DeliveryRequested',
    title: 'Deliveries that are due',
    summary:
      'One try of one delivery is due. Sent by delivery: routing for a new event, retries when a wait is over; by integrations for a test.',
    description:
      'A record of `delivery.dlq` that is put here as it is starts a new round of tries, as a redelivery by the API does. One whose delivery is being tried already, or has begun a later round, is refused: a log line says so, and `delivery_returned_letters_total` counts it.',
    key: 'integrationId',
    schema: DeliveryRequested,
    types: ['delivery.requested'],
    headers: { ...DELIVERY_HEADERS, ...RETRY_HEADERS },
    actions: ['send', 'receive'],
  },
  unreadable(TOPICS.deliveryRequestedDlq, `${DELIVERY_REQUESTED.topic} and delivery.retry.*`, DELIVERY_REQUESTED.topic),
  {
    topic: { name: 'delivery.retry.{delay}', partitions: 6, retentionMs: TOPICS.deliveryRequested.retentionMs },
    message: 'DeliveryRetry',
    title: 'Deliveries that wait for their next try',
    summary: 'The next try, waiting. One topic per delay, so that the head of a partition is always due first.',
    key: 'integrationId',
    schema: DeliveryRequested,
    types: ['delivery.requested'],
    headers: { ...DELIVERY_HEADERS, ...RETRY_HEADERS, [HEADERS.dueAt]: text('When the try is due, epoch ms.') },
    actions: ['send', 'receive'],
  },
  {
    topic: TOPICS.deliveryDlq,
    message: 'DeliveryDeadLettered',
    title: 'Dead letters',
    summary:
      'The last try failed. To send one again, redeliver it by the API, or put the record on delivery.requested as it is.',
    key: 'integrationId',
    schema: DeliveryDeadLettered,
    types: ['delivery.requested'],
    headers: { ...DELIVERY_HEADERS, ...FAILED_HEADERS },
    actions: ['send'],
  },
  {
    topic: TOPICS.deliveryOutcomes,
    message: 'DeliveryOutcome',
    title: 'How attempts ended',
    summary: 'One per attempt, for dashboards: no secrets, no bodies.',
    key: 'integrationId',
    schema: DeliveryOutcome,
    types: ['delivery.attempted'],
    headers: DELIVERY_HEADERS,
    actions: ['send', 'receive'],
  },
];

/** The title of each message, beside the value it carries; for tests that hold what is sent against the document. */
export const MESSAGE_OF_TOPIC: Record<string, string> = {
  ...Object.fromEntries(CHANNELS.map(({ topic, message }) => [topic.name, message])),
  [RELEASE_EVENTS.topic]: 'ReleaseEvent',
  [DELIVERY_REQUESTED.topic]: 'DeliveryRequested',
  [DELIVERY_DLQ.topic]: 'DeliveryDeadLettered',
  [DELIVERY_OUTCOMES_TOPIC.topic]: 'DeliveryOutcome',
};

/** docs/asyncapi.yaml, made from the contracts that the services check their records against. */
/** Readers must take any provider; these are the ones of this version. */
const withKnownProviders = (_key: string, value: unknown): unknown =>
  value === ProviderId ? { ...ProviderId, examples: PROVIDERS } : value;

export function asyncApiYaml(): string {
  const head = '# Made from libs/contracts by `npm run docs:asyncapi`; a test holds the two together.\n';
  return head + stringify(document(), { lineWidth: 120, aliasDuplicateObjects: false });
}

function document(): object {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'NitroPush notifications: events',
      version: '1.0.0',
      description:
        'CloudEvents 1.0 in Kafka binary mode: attributes as `ce_*` headers, the value is JSON. Events only grow: readers ignore fields that they do not know.',
    },
    defaultContentType: 'application/json',
    servers: {
      kafka: { host: 'localhost:4092', protocol: 'kafka', description: 'The embedded broker of `npm start`.' },
    },
    channels: Object.fromEntries(CHANNELS.map((channel) => [channel.message, channelObject(channel)])),
    operations: Object.fromEntries(
      CHANNELS.flatMap((channel) => channel.actions.map((action) => operation(channel, action))),
    ),
    components: { messages: Object.fromEntries(CHANNELS.map((channel) => [channel.message, message(channel)])) },
  };
}

function channelObject({ topic, title, key, message }: Channel): object {
  const retention = topic.compacted
    ? { 'cleanup.policy': ['compact'] }
    : { 'cleanup.policy': ['delete'], 'retention.ms': topic.retentionMs };
  const delay = topic.name.includes('{')
    ? {
        parameters: {
          delay: {
            description: 'The delay, as DELIVERY_RETRY_DELAYS or MAIL_LATE_RETRY_DELAY has it.',
            examples: ['5s', '10m'],
          },
        },
      }
    : {};
  return {
    address: topic.name,
    title,
    description: `Key: ${key}.`,
    messages: { [message]: { $ref: `#/components/messages/${message}` } },
    ...delay,
    bindings: {
      kafka: {
        ...(topic.name.includes('{') ? {} : { topic: topic.name }),
        partitions: topic.partitions,
        topicConfiguration: retention,
        bindingVersion: '0.5.0',
      },
    },
  };
}

function operation({ message, title }: Channel, action: 'send' | 'receive'): [string, object] {
  return [`${action}${message}`, { action, summary: title, channel: { $ref: `#/channels/${message}` } }];
}

function message({ message: name, title, summary, description, types, headers, schema }: Channel): object {
  const attributes =
    types.length === 0
      ? {}
      : {
          ce_specversion: { type: 'string', const: '1.0' },
          ce_id: text('Id of the record; of a release event, the event’s: the same however often it is published.', {
            minLength: 1,
            maxLength: 100,
          }),
          ce_type: { type: 'string', enum: [...types] },
          ce_source: text('Who sent it; of a release event, the half of its identity beside the id.', {
            maxLength: 500,
          }),
          ce_time: text('When it happened, ISO 8601.', { format: 'date-time' }),
          ce_subject: text('The id of what it is about.'),
          'content-type': { type: 'string', const: 'application/json' },
        };
  const required =
    types.length === 0 ? {} : { required: ['ce_specversion', 'ce_id', 'ce_type', 'ce_source', 'ce_time'] };
  return {
    name,
    title,
    summary,
    ...(description === undefined ? {} : { description }),
    contentType: schema ? 'application/json' : 'application/octet-stream',
    headers: { type: 'object', properties: { ...attributes, ...headers }, ...required },
    payload: schema ? (JSON.parse(JSON.stringify(schema, withKnownProviders)) as object) : {},
  };
}
