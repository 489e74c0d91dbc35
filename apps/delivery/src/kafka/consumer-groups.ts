import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { SETTINGS } from '#libs/config';
import { DELIVERY_REQUESTED, INTEGRATION_STATE, RELEASE_EVENTS } from '#libs/contracts';
import { Readiness } from '#libs/http';
import {
  KafkaConnection,
  Publisher,
  type ConsumerServer,
  type ConsumerServerOptions,
  type DelayServer,
} from '#libs/kafka';
import { LOGGER, exitSoon, type Logger } from '#libs/observability';
import type { DeliverySettings } from '../delivery.config.js';

/** Where a record goes that cannot be read, by the topic that it came on. */
const DEAD_LETTER_TOPICS: Record<string, string> = {
  [RELEASE_EVENTS.topic]: RELEASE_EVENTS.deadLetterTopic,
  [INTEGRATION_STATE.topic]: INTEGRATION_STATE.deadLetterTopic,
};

export type GroupServer = ConsumerServer | DelayServer;
export type GroupOptions = Pick<ConsumerServerOptions, 'connection' | 'groupId' | 'failure' | 'drainMs' | 'onFatal'>;

/**
 * The consumer groups of this service. Nest has one consumer for each Kafka server, and each group is slowed, paused and
 * left by itself: so each has a server, which takes from here what all of them have in common.
 */
@Injectable()
export class ConsumerGroups implements BeforeApplicationShutdown {
  /** Those that Nest starts. */
  readonly servers: GroupServer[] = [];

  constructor(
    private readonly connection: KafkaConnection,
    private readonly publisher: Publisher,
    @Inject(SETTINGS) private readonly settings: Pick<DeliverySettings, 'shutdownTimeoutMs'>,
    @Inject(LOGGER) private readonly logger: Logger,
    readiness: Readiness,
  ) {
    readiness.add('consumers', () => this.ready);
  }

  /** All of them take what comes. */
  get ready(): boolean {
    return this.servers.every(({ health }) => health === 'ready');
  }

  optionsOf(groupId: string): GroupOptions {
    const failure = {
      publisher: this.publisher,
      deadLetterTopic: (topic: string) => DEAD_LETTER_TOPICS[topic] ?? DELIVERY_REQUESTED.deadLetterTopic,
    };
    const drainMs = this.settings.shutdownTimeoutMs;
    return { connection: this.connection, groupId, failure, drainMs, onFatal: this.onFatal };
  }

  add(server: GroupServer): void {
    this.servers.push(server);
  }

  /**
   * Begins nothing new, waits for the attempts in flight, wherever they came from, and leaves the groups: the next owner
   * finds each of them on record. Begun here and not waited for: attempts end while calls of the API are answered, and
   * Nest waits when it closes the servers.
   */
  beforeApplicationShutdown(): void {
    for (const server of this.servers) void server.close();
  }

  /** A consumer that cannot go on ends the process, which its supervisor starts again. */
  readonly onFatal = (error: Error): void => {
    this.logger.error({ error }, 'kafka.consumer-died');
    exitSoon();
  };
}
