import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Publisher, ensureTopics, type KafkaConnection, type TopicSpec } from '#libs/kafka';
import { describeError, type Logger, type Registry } from '#libs/observability';
import { addToOutbox, leftInOutbox } from './add-to-outbox.js';
import { measureOutbox } from './outbox-metrics.js';
import type { OutboxMessage } from './outbox-table.js';
import { CHANNEL } from './relay-session.js';
import { Relay } from './relay.js';
import type { InFlight } from './topic-lanes.js';

export interface OutboxOptions {
  service: string;
  /** Of the service's own database: the relay has a connection of its own. */
  databaseUrl: string;
  connection: KafkaConnection;
  /** Those that the service writes to: one that is missing is created. What was published on a compacted one is not kept. */
  topics: TopicSpec[];
  logger: Logger;
  registry: Registry;
  /** Other databases write to the same state topic: it is not kept as the table of this one is. */
  shared?: boolean;
}

export const OUTBOX_OPTIONS = Symbol('OUTBOX_OPTIONS');

/** Where nobody told of it by then, how often to look whether a message has left. */
const LOOK_MS = 25;

/** Messages that leave if, and only if, the transaction commits that they were added in. */
@Injectable()
export class Outbox {
  private readonly relay: Relay;
  private readonly waiters = new Map<string, () => void>();
  private readonly leadListeners: (() => void)[] = [];
  private notifying: 'no' | 'yes' | 'and again' = 'no';

  constructor(
    private readonly dataSource: DataSource,
    @Inject(Publisher) publisher: Pick<Publisher, 'publish'>,
    @Inject(OUTBOX_OPTIONS) private readonly options: OutboxOptions,
  ) {
    const { topics, service, databaseUrl, logger, registry } = options;
    this.relay = new Relay({
      service,
      databaseUrl,
      logger,
      publisher,
      stateTopics: topics.filter(({ compacted }) => compacted).map(({ name }) => name),
      createTopic: (topic) => this.createTopic(topic),
      onPublished: (ids) => this.settle(ids),
      onLead: () => this.leadListeners.forEach((listener) => listener()),
    });
    measureOutbox(dataSource, registry, logger);
  }

  /** Whether this instance is the one that publishes. */
  get isLeader(): boolean {
    return this.relay.isLeader;
  }

  /** Whether some instance was seen to publish, or to be ready to, within the last ten seconds. */
  get isLed(): boolean {
    return this.relay.isLed;
  }

  /** The listener is called whenever this instance becomes the one that publishes. */
  onLead(listener: () => void): void {
    this.leadListeners.push(listener);
  }

  /** Leads, or waits to; publishes once `publish` was called. */
  start(): void {
    this.relay.start();
  }

  /** The topics are there. */
  publish(): void {
    this.relay.publish();
  }

  /** Publishes what is under way and lets another instance take over. */
  stop(): Promise<void> {
    return this.relay.stop();
  }

  /** Adds messages in the caller's transaction. Answers their ids, for `published`. */
  add(manager: EntityManager, messages: OutboxMessage[]): Promise<string[]> {
    return addToOutbox(manager, messages);
  }

  /** To be asked before messages are written by a statement of the caller's own, which then calls `committed`. */
  inFlight(): InFlight {
    return this.relay.inFlight();
  }

  /**
   * To be called after the commit of messages that a statement of the caller's own wrote. They are published without being
   * read again, unless an older one of their topic has to go out first.
   * @param before as of before the statement
   * @param othersWait whether the statement saw messages of their topic that were not in flight
   */
  committed(messages: (OutboxMessage & { id: string })[], before: InFlight, othersWait: boolean): void {
    const rows = messages.map((message) => ({ ...message, waited: null, committedHere: true }));
    if (othersWait || !this.relay.offer(rows, before)) this.wake();
  }

  /** To be called after a commit: the relay need not wait for its next look. */
  wake(): void {
    if (this.relay.isLeader) this.relay.wake();
    else void this.wakeOther();
  }

  /** To be called after the commit. True once the messages are on their topics, false after `withinMs`; they go out then, too. */
  async published(ids: string[], withinMs: number): Promise<boolean> {
    if (ids.length === 0) return true;
    const deadline = Date.now() + withinMs;
    let waiting = true;
    const here = Promise.all(ids.map((id) => new Promise<void>((resolve) => this.waiters.set(id, resolve)))).then(
      () => true,
    );
    this.wake();
    const elsewhere = this.gone(ids, () => waiting && Date.now() < deadline);
    try {
      return await Promise.race([here, elsewhere]);
    } finally {
      waiting = false;
      for (const id of ids) this.waiters.delete(id);
    }
  }

  /**
   * Looks at the table: another instance may be the one that publishes, or this one did before anybody waited. A database
   * that is away cannot tell: the commit stands.
   */
  private async gone(ids: string[], goOn: () => boolean): Promise<boolean> {
    while (goOn()) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      if (goOn() && (await this.left(ids)) === 0) return true;
    }
    return false;
  }

  private async left(ids: string[]): Promise<number> {
    try {
      return await leftInOutbox(this.dataSource, ids);
    } catch (error) {
      this.options.logger.debug({ error: describeError(error) }, 'outbox.not-seen');
      return ids.length;
    }
  }

  private settle(ids: string[]): void {
    for (const id of ids) this.waiters.get(id)?.();
  }

  private async createTopic(name: string): Promise<boolean> {
    const spec = this.options.topics.find((topic) => topic.name === name);
    if (!spec) return false;
    await ensureTopics(this.options.connection, [spec]);
    return true;
  }

  /**
   * One NOTIFY stands for all commits that came while the one before was under way: a lock of the whole server is taken for
   * each. That one may have been heard before those commits were seen, so it does not stand for them.
   */
  private async wakeOther(): Promise<void> {
    if (this.notifying !== 'no') {
      this.notifying = 'and again';
      return;
    }
    do {
      this.notifying = 'yes';
      try {
        await this.dataSource.query(`NOTIFY ${CHANNEL}`);
      } catch (error) {
        this.options.logger.debug({ error: describeError(error) }, 'outbox.not-notified'); // it looks every second anyway
      }
    } while ((this.notifying as string) === 'and again');
    this.notifying = 'no';
  }
}
