import { within } from '#libs/deadline';
import type { Consumer, ConsumerConfig, Kafka, LogEntry, Producer, SASLOptions } from 'kafkajs';
import { Access, CONNECTION } from './access.js';
import { brokerSockets } from './broker-sockets.js';
import { saslOf, type SaslSettings } from './sasl.js';
import type { KafkaLogger } from './logger.js';
import type { AdminClient } from './patches/admin-client.js';
import { kafkajs } from './patches/index.js';
import { namedAdmin, namedConsumer, namedProducer } from './named-clients.js';
import { TopicKeeper } from './topic-keeper.js';
import { TlsIdentity, type TlsSettings } from './tls-identity.js';
import { TopicNames } from './topic-names.js';
import { TopicWatch } from './topic-watch.js';

const { Kafka: KafkaClient, Partitioners, logLevel } = kafkajs;

export interface KafkaSettings {
  /** host:port */
  brokers: string[];
  clientId: string;
  replicationFactor: number;
  minInsyncReplicas: number;
  /** Without it connections are not encrypted. */
  tls?: TlsSettings;
  sasl?: SaslSettings;
  /** What stands before each topic's and each group's name at the brokers. */
  topicPrefix?: string;
  groupPrefix?: string;
  /** False where topics are made beforehand: those that are missing are waited for. */
  createTopics?: boolean;
}

/** How long it is believed which partitions a topic has: a topic that was given more is taken up within ten seconds. */
const METADATA_MAX_AGE_MS = 4_000;
const REACHABLE_WITHIN_MS = 1_000;
const REMEMBER_REACHABLE_MS = 1_000;

/** Where kafkajs says that an authentication failed; errors that it throws do not always say why. */
const AUTHENTICATION = /^(SaslAuthenticator|BrokerPool)/;

/** One client of the cluster: producers, consumers and the admin are made from it. */
export class KafkaConnection {
  /** Notices topics that were created again or given more partitions. */
  readonly topics: TopicWatch;
  /** What is refused to this service, for its readiness. */
  readonly access: Access;
  /** Creates topics again that vanished. */
  readonly keeper: TopicKeeper;
  /** Everybody above this class has logical names. */
  readonly names: TopicNames;
  private readonly client: Kafka;
  private adminClient: Promise<AdminClient> | undefined;
  private reached: { at: number; answer: Promise<boolean> } | undefined;

  constructor(
    readonly settings: KafkaSettings,
    readonly logger: KafkaLogger,
  ) {
    this.topics = new TopicWatch({ admin: () => this.admin(), logger });
    this.keeper = new TopicKeeper(this.topics, logger);
    this.access = new Access(logger);
    this.names = new TopicNames(settings.topicPrefix, settings.groupPrefix);
    this.client = this.makeClient();
  }

  producer(): Producer {
    const producer = this.client.producer({
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
      maxInFlightRequests: 5,
      metadataMaxAge: METADATA_MAX_AGE_MS,
    });
    return namedProducer(producer, this);
  }

  consumer(config: ConsumerConfig): Consumer {
    const consumer = this.client.consumer({
      allowAutoTopicCreation: false,
      metadataMaxAge: METADATA_MAX_AGE_MS,
      ...config,
      groupId: this.names.group(config.groupId),
    });
    return namedConsumer(consumer, config.groupId, this);
  }

  /** A connected admin, shared; made anew after it failed. */
  admin(): Promise<AdminClient> {
    this.adminClient ??= this.connectAdmin();
    return this.adminClient;
  }

  /** Whether the cluster answers, within a second; asked at most once a second. */
  reachable(): Promise<boolean> {
    const now = Date.now();
    if (!this.reached || now - this.reached.at > REMEMBER_REACHABLE_MS) this.reached = { at: now, answer: this.ask() };
    return this.reached.answer;
  }

  /** False while the brokers refuse this service, or it them: for its readiness. Brokers that are away refuse nothing. */
  async accepted(): Promise<boolean> {
    if (this.access.subjects.includes(CONNECTION)) await this.reachable();
    return this.access.subjects.length === 0;
  }

  async close(): Promise<void> {
    this.topics.close();
    this.keeper.close();
    const admin = this.adminClient;
    this.adminClient = undefined;
    await (await admin?.catch(() => undefined))?.disconnect();
  }

  private makeClient(): Kafka {
    const { brokers, clientId, tls, sasl } = this.settings;
    const { access, logger } = this;
    const onFailed = (error: Error, broker?: string): void => void access.failed(CONNECTION, error, { broker });
    const stale = (error: Error): void => logger.warn({ reason: error.message }, 'kafka.tls-file-unusable');
    const identity = tls && new TlsIdentity(tls, stale);
    return new KafkaClient({
      brokers,
      clientId,
      socketFactory: brokerSockets({ identity, onFailed, onWorks: () => access.doubted(CONNECTION) }),
      sasl: (sasl && saslOf(sasl, onFailed)) as SASLOptions | undefined,
      connectionTimeout: 3_000,
      requestTimeout: 30_000,
      retry: { initialRetryTime: 100, maxRetryTime: 3_000, retries: 8 },
      logLevel: logLevel.WARN,
      logCreator: () => (entry) => this.clientLogged(entry),
    });
  }

  private async connectAdmin(): Promise<AdminClient> {
    const admin = this.client.admin({ retry: { initialRetryTime: 50, maxRetryTime: 500, retries: 3 } }) as AdminClient;
    try {
      await admin.connect();
      return namedAdmin(admin, this.names);
    } catch (error) {
      this.adminClient = undefined;
      throw error;
    }
  }

  private async ask(): Promise<boolean> {
    const answers = this.admin()
      .then((admin) => admin.describeCluster())
      .then(
        () => {
          this.access.succeeded(CONNECTION);
          return true;
        },
        () => false,
      );
    return within(REACHABLE_WITHIN_MS, answers, () => false);
  }

  /** kafkajs tells of each try of a lost connection as an error; what it comes to is said by those who depend on it. */
  private clientLogged({ namespace, log }: LogEntry): void {
    const { message, error, broker, groupId } = log as LogEntry['log'] & Record<string, unknown>;
    this.logger.debug({ namespace, broker, groupId, message, reason: error }, 'kafka.client-logged');
    if (AUTHENTICATION.test(namespace)) this.access.failed(CONNECTION, { message }, { broker });
  }
}
