import type { Consumer, EachBatchPayload } from 'kafkajs';
import { within } from '#libs/deadline';
import type { Assignment } from './assignment.js';
import { offsetLabel } from './patches/consumer-internals.js';
import { groupConsumer, type GroupConsumerOptions } from './group-consumer.js';
import { PositionLoss } from './position-loss.js';
import { backoffMs, isOutage } from './outage.js';
import { refusalOf } from './refusal.js';

export type ConsumerHealth = 'starting' | 'ready' | 'down';

export interface GroupMemberOptions extends GroupConsumerOptions {
  topics: string[];
  fromBeginning: boolean;
  /** True: the position moves on when `onBatch` returns; false: it resolves what it has taken itself. */
  autoResolve: boolean;
  onBatch: (payload: EachBatchPayload) => Promise<void>;
  onJoin: (assignment: Assignment) => void;
  /** What is remembered of these partitions' positions no longer holds: they are read from their beginning. `recreated` where the topic is another one by now. */
  onForget: (topic: string, partitions: ReadonlySet<number>, recreated: boolean) => void;
  /** It cannot go on by itself. */
  onFatal: (error: Error) => void;
}

const PARTITIONS_AT_ONCE = 64;
const CRASHES = 5;
const CRASHES_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 5_000;
/** Heartbeats are sent every second: for so long a broker that lives is never silent. */
const SILENT_AFTER_MS = 15_000;

/** One kafkajs consumer in a group, kept alive: joins, says what it was given, and tells when it cannot go on. */
export class GroupMember {
  private state: ConsumerHealth = 'starting';
  /** When a broker last answered; on the clock that nobody sets. */
  private answeredAt = 0;
  private readonly loss: PositionLoss;
  private assignment: Assignment = new Map();
  private gone: readonly string[] = [];
  private consumer: Consumer | undefined;
  private crashes: number[] = [];
  /** Since it last joined: one that is refused is not made again and again without a pause. */
  private replaced = 0;
  private stopped = false;
  private timer: NodeJS.Timeout | undefined;
  private starting: Promise<void> = Promise.resolve();

  constructor(private readonly options: GroupMemberOptions) {
    const { connection, groupId, onForget } = options;
    this.loss = new PositionLoss({
      topics: options.topics,
      watch: connection.topics,
      logger: connection.logger,
      groupId,
      onForget,
      seekToBeginning: (topic, partitions) => this.seekToBeginning(topic, partitions),
    });
  }

  /** `down` also where no broker has answered for 15 s, which raises no error while they only hang. */
  get health(): ConsumerHealth {
    const silent = this.state === 'ready' && performance.now() - this.answeredAt > SILENT_AFTER_MS;
    return silent ? 'down' : this.state;
  }

  /** Begins to join; while the brokers are away it goes on trying. */
  start(): void {
    this.loss.start();
    this.starting = this.attempt(0);
  }

  /** Before it has joined there is nothing to pause: what is paused then is said again after the join. */
  pause(topic: string, partition: number): void {
    if (this.running) this.consumer?.pause([{ topic, partitions: [partition] }]);
  }

  resume(topic: string, partition: number): void {
    if (this.running) this.consumer?.resume([{ topic, partitions: [partition] }]);
  }

  /** The next fetch begins there. To be called in `onJoin`, or later. */
  seek(topic: string, partition: number, offset: number): void {
    this.consumer?.seek({ topic, partition, offset: String(offset) });
  }

  /** With each offset goes which topic of that name it is for. Those of topics that are gone are left out. */
  async commit(offsets: { topic: string; partition: number; offset: string }[]): Promise<void> {
    const there = offsets.filter(({ topic }) => !this.gone.includes(topic));
    if (there.length === 0) return;
    await this.consumer?.commitOffsets(
      there.map((one) => ({ ...one, metadata: offsetLabel(this.loss.topicId(one.topic)) })),
    );
  }

  private get running(): boolean {
    return this.state === 'ready' && !this.stopped;
  }

  private seekToBeginning(topic: string, partitions: ReadonlySet<number>): void {
    if (!this.running) return; // the next join compares what is committed with the topic that is there
    for (const partition of partitions) this.seek(topic, partition, 0);
  }

  /**
   * Leaves the group; waits a few seconds at most. kafkajs cannot stop a consumer that is still joining, it would join
   * and stay: that one is let finish, and leaves by itself where it takes longer.
   */
  async stop(): Promise<void> {
    this.stopped = true;
    this.loss.stop();
    clearTimeout(this.timer);
    const left = this.starting.then(() => this.leave());
    try {
      await within(STOP_WITHIN_MS, left, () => undefined);
    } finally {
      this.state = 'down';
    }
  }

  private async leave(): Promise<void> {
    const { consumer } = this;
    await consumer?.stop();
    // it has left its group; what disconnects still waits for the answer to the last fetch, and logs where it fails
    void consumer?.disconnect().catch(() => undefined);
  }

  private async attempt(tries: number): Promise<void> {
    const { connection, groupId, topics, fromBeginning, onFatal } = this.options;
    let consumer: Consumer | undefined;
    try {
      this.consumer = consumer = this.create();
      await consumer.connect();
      await connection.topics.check(); // which topics these are is known before the first position is
      await consumer.subscribe({ topics, fromBeginning });
      if (!this.stopped) await this.run(consumer);
    } catch (error) {
      if (this.stopped) return;
      if (!isOutage(error) && tries > CRASHES) return onFatal(error as Error);
      const level = tries === 0 && !refusalOf(error) ? 'warn' : 'debug'; // a refusal has been logged, with what to check
      connection.logger[level]({ groupId, reason: (error as Error).message }, 'kafka.join-delayed');
      await consumer?.disconnect().catch(() => undefined); // it never connected; there is nothing to lose
      if (this.stopped) return;
      this.timer = setTimeout(() => (this.starting = this.attempt(tries + 1)), backoffMs(tries));
    }
  }

  private create(): Consumer {
    return groupConsumer(this.options, {
      onJoined: (partitions) => this.joined(partitions),
      onHeartbeat: () => this.answered(),
      onReset: (reset) => this.loss.reset(reset),
      onTopicsGone: (topics) => (this.gone = topics),
      onCrashed: (consumer, error, restart) => this.crashed(consumer, error, restart),
      mayRestart: () => !this.stopped,
    });
  }

  private run(consumer: Consumer): Promise<void> {
    return consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: this.options.autoResolve,
      partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
      eachBatch: async (payload) => {
        // what was fetched before the position was set back may be of a topic that is no longer there
        if (!this.stopped && !payload.isStale()) await this.options.onBatch(payload);
      },
    });
  }

  private answered(): void {
    this.answeredAt = performance.now();
  }

  private joined(memberAssignment: Record<string, number[]>): void {
    if (this.stopped) return;
    this.replaced = 0;
    this.answered();
    this.state = 'ready';
    const assignment = new Map<string, ReadonlySet<number>>(
      Object.entries(memberAssignment).map(([topic, partitions]) => [topic, new Set(partitions)]),
    );
    // what was taken of a topic that is gone is nobody else's: it stays here until the topic is back
    for (const topic of this.gone) assignment.set(topic, this.assignment.get(topic) ?? new Set());
    this.assignment = assignment;
    this.loss.assign(assignment);
    try {
      this.options.onJoin(assignment);
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
    this.state = 'down';
    const now = Date.now();
    const outage = isOutage(error);
    if (!outage) this.crashes = [...this.crashes.filter((at) => now - at < CRASHES_WITHIN_MS), now];
    this.options.connection.logger[refusalOf(error) ? 'debug' : outage ? 'warn' : 'error'](
      { groupId: this.options.groupId, restart, reason: error.message },
      'kafka.consumer-crashed',
    );
    if (this.crashes.length >= CRASHES) this.options.onFatal(error);
    else if (!restart) this.replace(consumer);
  }

  private replace(consumer: Consumer): void {
    const waitMs = backoffMs(this.replaced);
    this.replaced += 1;
    this.starting = consumer
      .disconnect()
      .catch(() => undefined) // its connection is lost already
      .then(() => {
        if (!this.stopped) this.timer = setTimeout(() => (this.starting = this.attempt(0)), waitMs);
      });
  }
}
