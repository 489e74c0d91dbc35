import type { KafkaMessage } from 'kafkajs';
import { until } from '#libs/deadline';
import type { KafkaLogger } from './logger.js';
import type { FailurePolicy } from './failure-policy.js';
import type { Assignment } from './assignment.js';
import { PartitionWork } from './partition-work.js';
import type { ConsumedRecord } from './records.js';

export interface PartitionTableOptions {
  policy: FailurePolicy;
  logger: KafkaLogger;
  maxInFlight: number;
  maxInFlightPerPartition: number;
  pause: (topic: string, partition: number) => void;
  resume: (topic: string, partition: number) => void;
}

export interface DueCommit {
  topic: string;
  partition: number;
  offset: number;
  markCommitted: () => void;
}

const DRAIN_LOOK_MS = 20;

/** The partitions that this instance has, what is under way of each, and which are paused because it is too much. */
export class PartitionTable {
  private readonly works = new Map<string, PartitionWork>();
  private readonly paused = new Set<PartitionWork>();
  /** Taken before their partition's position was forgotten: they end, and nothing of them is committed. */
  private readonly former = new Set<PartitionWork>();
  private stopping = false;
  private total = 0;

  constructor(private readonly options: PartitionTableOptions) {}

  /** Unfinished records of all partitions. */
  get inFlight(): number {
    return this.total;
  }

  /** After a join: lost partitions are let go, kept ones keep what they have under way. */
  assign(assignment: Assignment): void {
    for (const [key, work] of this.works) {
      work.tracker.forgetCommitted();
      if (assignment.get(work.topic)?.has(work.partition)) continue;
      work.release();
      this.works.delete(key);
      this.total -= work.tracker.size;
      if (this.paused.delete(work)) this.options.resume(work.topic, work.partition);
    }
    for (const work of this.former) {
      if (assignment.get(work.topic)?.has(work.partition)) continue;
      work.release();
      this.former.delete(work);
      this.total -= work.tracker.size;
    }
    for (const work of this.paused) this.options.pause(work.topic, work.partition);
    this.balancePaused();
  }

  /**
   * The positions of these partitions no longer hold. What was taken is still this instance's work and is seen to its
   * end: its records may be nowhere else by now. What comes next is taken whatever its offset.
   */
  forget(topic: string, partitions: ReadonlySet<number>): void {
    for (const [key, work] of this.works) {
      if (work.topic !== topic || !partitions.has(work.partition)) continue;
      this.works.delete(key);
      if (this.paused.delete(work)) this.options.resume(topic, work.partition);
      if (work.tracker.size > 0) this.former.add(work);
    }
  }

  /** The records that are new here; undefined where there are none, or where we are stopping. */
  take(
    topic: string,
    partition: number,
    messages: readonly KafkaMessage[],
  ): { work: PartitionWork; records: ConsumedRecord[] } | undefined {
    if (this.stopping) return undefined;
    const work = this.workOf(topic, partition);
    const before = work.tracker.size;
    const records = work.accept(messages);
    this.total += work.tracker.size - before;
    this.balance(work);
    return records.length === 0 ? undefined : { work, records };
  }

  due(): DueCommit[] {
    const due: DueCommit[] = [];
    for (const { tracker, topic, partition } of this.works.values()) {
      const offset = tracker.due();
      if (offset !== undefined)
        due.push({ topic, partition, offset, markCommitted: () => tracker.markCommitted(offset) });
    }
    return due;
  }

  /** Lets go of what has not begun, and waits for what has; `also` counts what is in flight beside the records. */
  async drain(withinMs: number, also = (): number => 0): Promise<void> {
    this.stopping = true;
    const all = [...this.works.values(), ...this.former];
    for (const work of all) {
      this.options.pause(work.topic, work.partition);
      work.release();
    }
    const isDone = (): boolean => also() === 0 && all.every(({ running }) => running === 0);
    await until(isDone, { withinMs, everyMs: DRAIN_LOOK_MS });
  }

  private workOf(topic: string, partition: number): PartitionWork {
    const key = `${topic}:${partition}`;
    let work = this.works.get(key);
    if (!work) {
      work = new PartitionWork(topic, partition, {
        ...this.options,
        onFinished: (count) => this.finished(key, work!, count),
      });
      this.works.set(key, work);
    }
    return work;
  }

  private finished(key: string, work: PartitionWork, count: number): void {
    if (this.former.has(work)) {
      this.total -= count;
      if (work.tracker.size === 0) this.former.delete(work);
      return this.balancePaused();
    }
    if (this.works.get(key) !== work) return; // it was let go, and counted out, before
    const half = this.options.maxInFlight / 2;
    const wasMore = this.total >= half;
    this.total -= count;
    this.balance(work);
    if (wasMore && this.total < half) this.balancePaused();
  }

  /** There is room again for all: a partition may have been paused although its own records were few. */
  private balancePaused(): void {
    for (const work of this.paused) this.balance(work);
  }

  /** Pauses at the limit and resumes at half of it, so that it does not flutter. */
  private balance(work: PartitionWork): void {
    const { maxInFlight, maxInFlightPerPartition, pause, resume } = this.options;
    const { size } = work.tracker;
    const full = (share: number): boolean =>
      size >= maxInFlightPerPartition * share || (size > 0 && this.total >= maxInFlight * share);
    if (!this.paused.has(work)) {
      if (!full(1)) return;
      this.paused.add(work);
      pause(work.topic, work.partition);
    } else if (!this.stopping && !full(0.5)) {
      this.paused.delete(work);
      resume(work.topic, work.partition);
    }
  }
}
