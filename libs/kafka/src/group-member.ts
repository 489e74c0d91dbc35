import type { Consumer, ConsumerGroupJoinEvent, EachBatchPayload } from 'kafkajs';
import type { KafkaConnection } from './connection.js';
import { backoffMs, isOutage } from './outage.js';

export type ConsumerHealth = 'starting' | 'ready' | 'down';
export type Assignment = ReadonlyMap<string, ReadonlySet<number>>;

export interface GroupMemberOptions {
  connection: KafkaConnection;
  groupId: string;
  topics: string[];
  fromBeginning: boolean;
  /** Longest that a fetch waits for records, and so the delay before a resumed partition is fetched again. */
  maxWaitMs: number;
  sessionTimeoutMs: number;
  /** True: the position moves on when `onBatch` returns; false: it resolves what it has taken itself. */
  autoResolve: boolean;
  onBatch: (payload: EachBatchPayload) => Promise<void>;
  onJoin: (assignment: Assignment) => void;
  /** It cannot go on by itself. */
  onFatal: (error: Error) => void;
}

const MAX_BYTES_PER_PARTITION = 384 * 1024;
const MAX_BYTES = 4 * 1024 * 1024;
const PARTITIONS_AT_ONCE = 64;
const CRASHES = 5;
const CRASHES_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 5_000;

/** One kafkajs consumer in a group, kept alive: joins, says what it was given, and tells when it cannot go on. */
export class GroupMember {
  health: ConsumerHealth = 'starting';
  private consumer: Consumer | undefined;
  private crashes: number[] = [];
  private stopped = false;
  private timer: NodeJS.Timeout | undefined;
  private starting: Promise<void> = Promise.resolve();

  constructor(private readonly options: GroupMemberOptions) {}

  /** Begins to join; while the brokers are away it goes on trying. */
  start(): void {
    this.starting = this.attempt(0);
  }

  /** Before it has joined there is nothing to pause: what is paused then is said again after the join. */
  pause(topic: string, partition: number): void {
    if (this.running) this.consumer?.pause([{ topic, partitions: [partition] }]);
  }

  resume(topic: string, partition: number): void {
    if (this.running) this.consumer?.resume([{ topic, partitions: [partition] }]);
  }

  async commit(offsets: { topic: string; partition: number; offset: string }[]): Promise<void> {
    await this.consumer?.commitOffsets(offsets);
  }

  private get running(): boolean {
    return this.health === 'ready' && !this.stopped;
  }

  /**
   * Leaves the group; waits a few seconds at most. kafkajs cannot stop a consumer that is still joining, it would join
   * and stay: that one is let finish, and leaves by itself where it takes longer.
   */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    const left = this.starting.then(() => this.consumer?.disconnect());
    let late: NodeJS.Timeout | undefined;
    const given = new Promise<void>((resolve) => (late = setTimeout(resolve, STOP_WITHIN_MS)));
    try {
      await Promise.race([left, given]);
    } finally {
      clearTimeout(late);
      this.health = 'down';
    }
  }

  private async attempt(tries: number): Promise<void> {
    const { connection, groupId, topics, fromBeginning, onFatal } = this.options;
    const consumer = this.create();
    this.consumer = consumer;
    try {
      await consumer.connect();
      await consumer.subscribe({ topics, fromBeginning });
      if (!this.stopped) await this.run(consumer);
    } catch (error) {
      if (this.stopped) return;
      if (!isOutage(error) && tries > CRASHES) return onFatal(error as Error);
      connection.logger.warn({ groupId, reason: (error as Error).message }, 'kafka.join-delayed');
      await consumer.disconnect().catch(() => undefined); // it never connected; there is nothing to lose
      if (this.stopped) return;
      this.timer = setTimeout(() => (this.starting = this.attempt(tries + 1)), backoffMs(tries));
    }
  }

  private create(): Consumer {
    const { connection, groupId, maxWaitMs, sessionTimeoutMs } = this.options;
    const consumer = connection.consumer({
      groupId,
      sessionTimeout: sessionTimeoutMs,
      heartbeatInterval: Math.floor(sessionTimeoutMs / 10), // by them it hears of a rebalance, which waits for all
      rebalanceTimeout: 2 * sessionTimeoutMs,
      maxWaitTimeInMs: maxWaitMs,
      maxBytesPerPartition: MAX_BYTES_PER_PARTITION,
      maxBytes: MAX_BYTES,
      retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 10, restartOnFailure: async () => !this.stopped },
    });
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }: ConsumerGroupJoinEvent) =>
      this.joined(payload.memberAssignment),
    );
    consumer.on(consumer.events.CRASH, ({ payload }) => this.crashed(consumer, payload.error, payload.restart));
    return consumer;
  }

  private run(consumer: Consumer): Promise<void> {
    return consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: this.options.autoResolve,
      partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
      eachBatch: async (payload) => {
        if (!this.stopped) await this.options.onBatch(payload);
      },
    });
  }

  private joined(memberAssignment: Record<string, number[]>): void {
    if (this.stopped) return;
    this.health = 'ready';
    try {
      this.options.onJoin(
        new Map(Object.entries(memberAssignment).map(([topic, partitions]) => [topic, new Set(partitions)])),
      );
    } catch (error) {
      this.options.onFatal(error as Error); // thrown on into kafkajs it would end the consumer in silence
    }
  }

  /**
   * kafkajs stops for good, with the process alive, on what it takes for a programming error. Nobody would notice. It
   * also takes some lost connections for one, so a new consumer takes its place; one that goes on crashing is fatal.
   */
  private crashed(consumer: Consumer, error: Error, restart: boolean): void {
    if (this.stopped || consumer !== this.consumer) return;
    this.health = 'down';
    const now = Date.now();
    const outage = isOutage(error);
    if (!outage) this.crashes = [...this.crashes.filter((at) => now - at < CRASHES_WITHIN_MS), now];
    this.options.connection.logger[outage ? 'warn' : 'error'](
      { groupId: this.options.groupId, restart, reason: error.message },
      'kafka.consumer-crashed',
    );
    if (this.crashes.length >= CRASHES) this.options.onFatal(error);
    else if (!restart) this.replace(consumer);
  }

  private replace(consumer: Consumer): void {
    this.starting = consumer
      .disconnect()
      .catch(() => undefined) // its connection is lost already
      .then(() => (this.stopped ? undefined : this.attempt(0)));
  }
}
