import { TOPICS, retryTopic, retryTopicOf, type Topic } from '#libs/contracts';

/** What a service does at the brokers. Read and write include Describe; a name that ends with a dot is a prefix. */
export interface KafkaRights {
  write: string[];
  read: string[];
  /** Looked at only. */
  describe: string[];
  groups: string[];
}

export type KafkaService = 'releases' | 'integrations' | 'delivery';

const name = (topic: { name: string }): string => topic.name;
const RETRIES = retryTopic('');

/** All that each service needs: a test runs every service with exactly these. */
export const KAFKA_RIGHTS: Record<KafkaService, KafkaRights> = {
  releases: {
    write: [TOPICS.releaseEvents, TOPICS.projectState, TOPICS.activity].map(name),
    read: [TOPICS.projectState].map(name),
    describe: [TOPICS.releaseEventsDlq, TOPICS.projectStateDlq].map(name),
    groups: ['releases.project-state.'],
  },
  integrations: {
    write: [
      TOPICS.integrationState,
      TOPICS.deliveryRequested,
      TOPICS.activity,
      TOPICS.projectStateDlq,
      TOPICS.activityDlq,
    ].map(name),
    read: [TOPICS.integrationState, TOPICS.projectState, TOPICS.releaseEvents, TOPICS.activity].map(name),
    describe: [TOPICS.integrationStateDlq].map(name),
    groups: ['integrations.project-state.', 'integrations.integration-state.', 'integrations.activity'],
  },
  delivery: {
    write: [
      ...[TOPICS.deliveryRequested, TOPICS.deliveryOutcomes, TOPICS.deliveryDlq].map(name),
      RETRIES,
      ...[TOPICS.activity, TOPICS.releaseEventsDlq, TOPICS.integrationStateDlq, TOPICS.deliveryRequestedDlq].map(name),
    ],
    read: [
      ...[TOPICS.releaseEvents, TOPICS.integrationState, TOPICS.deliveryRequested, TOPICS.deliveryOutcomes].map(name),
      RETRIES,
    ],
    describe: [],
    groups: [
      'delivery.routing',
      'delivery.late-states',
      'delivery.sending',
      'delivery.retries',
      'delivery.integration-state.',
      'delivery.late-events.',
      'delivery.stream.',
    ],
  },
};

export const DEFAULT_DELAYS = ['5s', '10s', '20s', '40s', '80s', '10m'];

/** Every topic, with the ladder's. */
export const allTopics = (delays: readonly string[] = DEFAULT_DELAYS): Topic[] => [
  ...Object.values(TOPICS),
  ...delays.map(retryTopicOf),
];

const quoted = (names: readonly string[]): string =>
  names.map((one) => (one.endsWith('.') ? `\`${one}*\`` : `\`${one}\``)).join(', ');

/** As docs/how-to/connect-to-kafka.md has it. */
export function rightsTable(): string[][] {
  return Object.entries(KAFKA_RIGHTS).flatMap(([service, { write, read, describe, groups }]) =>
    [
      ['topic', 'Write', write],
      ['topic', 'Read', read],
      ['topic', 'Describe', describe],
      ['group', 'Read', groups],
    ]
      .filter(([, , names]) => names!.length > 0)
      .map(([kind, operation, names]) => [service, kind as string, operation as string, quoted(names as string[])]),
  );
}

const DAY_MS = 86_400_000;

export function topicsTable(): string[][] {
  return allTopics().map(({ name, partitions, compacted, retentionMs }) => [
    `\`${name}\``,
    String(partitions),
    compacted ? '`compact`' : '`delete`',
    compacted ? '' : `${retentionMs} (${retentionMs! / DAY_MS} d)`,
  ]);
}
