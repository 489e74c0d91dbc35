import { Server, type CustomTransportStrategy } from '@nestjs/microservices';
import type { EachBatchPayload, KafkaMessage } from 'kafkajs';
import { lastValueFrom } from 'rxjs';
import { within } from '#libs/deadline';
import type { ConsumerServerOptions } from './consumer.server.js';
import { dueAtOf, dueUntil } from './due.js';
import type { Assignment } from './assignment.js';
import { GroupMember, type ConsumerHealth } from './group-member.js';
import { PartitionWork } from './partition-work.js';
import { RecordBatch } from './record-batch.js';

export interface DelayServerOptions extends Omit<ConsumerServerOptions, 'maxInFlight' | 'maxInFlightPerPartition'> {
  topics: string[];
  /** Epoch ms, by the clock that `np-due-at` was written by; this host's by default. */
  now?: () => number;
}

/** How long kafkajs may wait until what is due is handled: all other partitions wait with it. */
const PATIENCE_MS = 100;
/** Node's timers hold 2^31 ms at most. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

interface Waiting {
  timer: NodeJS.Timeout;
  resume: () => void;
}

/**
 * A Kafka server for Nest that hands records over when the time in their `np-due-at` header has come. All records of a
 * topic wait equally long, so the head of a partition is always due first: the partition is paused until then, and
 * what was not taken is fetched again. Never early; late by one fetch at most.
 */
export class DelayServer extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  private readonly waiting = new Map<string, Waiting>();
  private readonly works = new Map<string, PartitionWork>();
  private readonly handling = new Set<Promise<boolean>>();
  private member: GroupMember | undefined;
  private stopping = false;
  private readonly now: () => number;
  private closing: Promise<void> | undefined;
  private readonly topics: string[];

  constructor(private readonly options: DelayServerOptions) {
    super();
    this.now = options.now ?? Date.now;
    this.topics = [...options.topics];
    this.transportId = options.transportId;
  }

  get health(): ConsumerHealth {
    return this.member?.health ?? 'starting';
  }

  /** Reads these topics too; to be said before it listens. */
  alsoRead(topics: readonly string[]): void {
    this.topics.push(...topics);
  }

  listen(callback: () => void): void {
    const { topics } = this;
    const { connection, groupId, sessionTimeoutMs = 10_000, onFatal } = this.options;
    this.member = new GroupMember({
      connection,
      groupId,
      topics,
      fromBeginning: true,
      sessionTimeoutMs,
      autoResolve: false,
      onBatch: (payload) => this.look(payload),
      onJoin: (assignment) => this.joined(assignment),
      onForget: (topic, partitions) => this.forget(topic, partitions),
      onFatal,
    });
    this.member.start();
    callback();
  }

  /** Begins nothing new, waits for what is under way, which commits itself, and leaves the group. */
  close(): Promise<void> {
    return (this.closing ??= this.end());
  }

  private async end(): Promise<void> {
    this.stopping = true;
    this.clearWaits(() => true);
    for (const work of this.works.values()) work.release();
    await within(this.options.drainMs ?? 15_000, Promise.all(this.handling), nothing);
    await this.member?.stop();
  }

  on(): never {
    throw new Error('use health');
  }

  unwrap<T>(): T {
    return this.member as T;
  }

  /** Takes what is due from the head of the partition, and waits for the rest. */
  private async look({ batch, resolveOffset, pause }: EachBatchPayload): Promise<void> {
    if (this.stopping) return;
    const { topic, partition, messages } = batch;
    const due = messages.slice(0, dueUntil(messages, this.now()));
    const head = messages[due.length];
    const goOn = (handled: boolean, resume?: () => void): void => {
      if (handled && due.length > 0) resolveOffset(due.at(-1)!.offset);
      if (handled && head && !this.stopping)
        this.wait(`${topic}:${partition}`, dueAtOf(head) - this.now(), resume ?? pause());
      else resume?.();
    };
    if (due.length === 0) return goOn(true);
    const handling = this.handle(topic, partition, due);
    this.handling.add(handling);
    void handling.then(() => this.handling.delete(handling));
    const handled = await within(PATIENCE_MS, handling, nothing);
    if (handled !== undefined) return goOn(handled);
    const resume = pause(); // the brokers are away, say: heartbeats and other partitions must not wait for that
    void handling.then((late) => goOn(late, resume));
  }

  /** True where all of them were handled. Never rejects. */
  private async handle(topic: string, partition: number, due: KafkaMessage[]): Promise<boolean> {
    const key = `${topic}:${partition}`;
    const work = this.works.get(key) ?? this.newWork(topic, partition);
    this.works.set(key, work);
    const records = work.accept(due);
    try {
      if (records.length > 0) await this.call(new RecordBatch(work, records));
    } catch (error) {
      this.options.onFatal(error as Error); // a handler that cannot even hand its batch on
      return false;
    }
    await work.idle();
    if (this.works.get(key) !== work || work.tracker.size > 0) return false;
    await this.commit(work);
    return this.works.get(key) === work; // it may have been forgotten meanwhile: its offsets are of another log
  }

  private newWork(topic: string, partition: number): PartitionWork {
    const { failure, connection } = this.options;
    return new PartitionWork(topic, partition, {
      policy: failure,
      logger: connection.logger,
      onFinished: () => undefined,
    });
  }

  private async commit({ topic, partition, tracker }: PartitionWork): Promise<void> {
    try {
      await this.member?.commit([{ topic, partition, offset: String(tracker.lowest) }]);
    } catch (error) {
      // refused while a rebalance is under way, or the brokers are away: said again with the next records
      this.options.connection.logger.debug(
        { topic, partition, reason: (error as Error).message },
        'kafka.commit-delayed',
      );
    }
  }

  private async call(batch: RecordBatch): Promise<void> {
    const handler = [...this.messageHandlers.values()][0]!;
    const result: unknown = await handler(batch);
    await lastValueFrom(this.transformToObservable(result), { defaultValue: undefined });
  }

  private wait(key: string, ms: number, resume: () => void): void {
    clearTimeout(this.waiting.get(key)?.timer);
    const done = (): void => {
      this.waiting.delete(key);
      resume();
    };
    this.waiting.set(key, { timer: setTimeout(done, Math.min(Math.max(ms, 0), LONGEST_TIMER_MS)), resume });
  }

  /** Partitions that went elsewhere are let go; those that stay wait on. */
  private joined(assignment: Assignment): void {
    const gone = (key: string): boolean => {
      const [topic = '', partition = ''] = key.split(':');
      return !assignment.get(topic)?.has(Number(partition));
    };
    this.clearWaits(gone);
    for (const [key, work] of this.works) {
      if (!gone(key)) continue;
      work.release();
      this.works.delete(key);
    }
  }

  /** These partitions are read from their beginning; what was taken of them is seen to its end. */
  private forget(topic: string, partitions: ReadonlySet<number>): void {
    const keys = new Set([...partitions].map((partition) => `${topic}:${partition}`));
    this.clearWaits((key) => keys.has(key));
    for (const key of keys) this.works.delete(key);
  }

  private clearWaits(which: (key: string) => boolean): void {
    for (const [key, { timer, resume }] of this.waiting) {
      if (!which(key)) continue;
      clearTimeout(timer);
      this.waiting.delete(key);
      if (!this.stopping) resume();
    }
  }
}

const nothing = (): undefined => undefined;
