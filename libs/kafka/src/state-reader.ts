import { UnreadableEvent } from '#libs/contracts';
import type { KafkaConnection } from './connection.js';
import type { ConsumerHealth } from './group-member.js';
import { KafkaUnavailable, isOutage, keepTrying } from './outage.js';
import type { InboundRecord } from './records.js';
import { TopicReader } from './topic-reader.js';

export interface StateReaderOptions {
  connection: KafkaConnection;
  /** A compacted topic. */
  topic: string;
  groupPrefix: string;
  /** Takes in one record; a value of null is a tombstone. May throw UnreadableEvent. */
  apply: (record: InboundRecord) => void;
  onUnreadable: (record: InboundRecord, error: UnreadableEvent) => Promise<void>;
  onFatal: (error: Error) => void;
}

interface Barrier {
  ends: Map<number, number>;
  resolve: () => void;
}

const CATCH_UP_WITHIN_MS = 5_000;

/** Keeps in memory what a compacted topic says, and can tell when it has seen all that was on it at a moment. */
export class StateReader {
  private readonly reader: TopicReader;
  private readonly position = new Map<number, number>();
  private readonly barriers = new Set<Barrier>();
  private asking: Promise<void> | undefined;
  private whole = false;
  private stopped = false;

  constructor(private readonly options: StateReaderOptions) {
    const { connection, topic, groupPrefix, onFatal } = options;
    this.reader = new TopicReader({
      connection,
      topic,
      groupPrefix,
      fromBeginning: true,
      onRecord: (record) => this.take(record),
      onRead: (partition, next) => this.advance(partition, next),
      onFatal,
    });
  }

  /** `ready` once the topic was read to its end. */
  get health(): ConsumerHealth {
    return this.whole ? this.reader.health : 'starting';
  }

  /** Resolves when everything that is on the topic now has been applied; waits as long as that takes. */
  async start(): Promise<void> {
    this.reader.start();
    const ends = await keepTrying(() => this.ends(), { signal: () => !this.stopped });
    await this.until(ends);
    this.whole = true;
  }

  stop(): Promise<void> {
    this.stopped = true;
    return this.reader.stop();
  }

  /**
   * The read barrier: resolves when everything that is on the topic at the time of the call has been applied.
   * Calls of the same moment ask the brokers once.
   * @throws KafkaUnavailable where that takes longer than `timeoutMs`
   */
  async catchUp(timeoutMs = CATCH_UP_WITHIN_MS): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new KafkaUnavailable(`${this.options.topic} could not be read to its end in time`)),
        timeoutMs,
      );
    });
    try {
      await Promise.race([this.ask(), late]);
    } catch (error) {
      throw error instanceof KafkaUnavailable || !isOutage(error)
        ? error
        : new KafkaUnavailable(`${this.options.topic} cannot be read right now`, { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }

  private ask(): Promise<void> {
    this.asking ??= Promise.resolve().then(async () => {
      this.asking = undefined; // who comes from here on needs ends that are newer than these
      if (!(await this.isAtEnd())) await this.until(await this.ends());
    });
    return this.asking;
  }

  /** Whether all was read that is on the topic now; where it was not, it takes another question to know what to wait for. */
  private async isAtEnd(): Promise<boolean> {
    const admin = await this.options.connection.admin();
    const read = new Map(this.position); // what is read while the answer is on its way may lie beyond it
    const ends = await admin.fetchTopicEnds(this.options.topic);
    return ends.every(({ partition, end }) => (read.get(partition) ?? 0) <= end && this.positionOf(partition) >= end);
  }

  private async ends(): Promise<Map<number, number>> {
    const admin = await this.options.connection.admin();
    const read = new Map(this.position);
    const offsets = await admin.fetchTopicOffsets(this.options.topic);
    if (offsets.some(({ partition, high }) => Number(high) < (read.get(partition) ?? 0)))
      this.options.onFatal(new Error(`${this.options.topic} was made anew: what was read of it no longer holds`));
    return new Map(
      offsets
        .filter(({ low, high }) => Number(high) > Number(low))
        .map(({ partition, high }) => [partition, Number(high)]),
    );
  }

  private until(ends: Map<number, number>): Promise<void> {
    if (this.reached(ends)) return Promise.resolve();
    return new Promise((resolve) => this.barriers.add({ ends, resolve }));
  }

  /** The last record of a topic is never compacted away, so the end of each partition is reached by reading it. */
  private reached(ends: Map<number, number>): boolean {
    for (const [partition, end] of ends) if (this.positionOf(partition) < end) return false;
    return true;
  }

  private positionOf(partition: number): number {
    return this.position.get(partition) ?? 0;
  }

  private advance(partition: number, next: number): void {
    this.position.set(partition, Math.max(next, this.positionOf(partition)));
    for (const barrier of this.barriers) {
      if (!this.reached(barrier.ends)) continue;
      this.barriers.delete(barrier);
      barrier.resolve();
    }
  }

  /** After a rejoin the topic is read from its beginning again: what was taken in before would undo what is newer. */
  private take(record: InboundRecord): void {
    if (Number(record.offset) < this.positionOf(record.partition)) return;
    try {
      this.options.apply(record);
    } catch (error) {
      if (!(error instanceof UnreadableEvent)) throw error;
      const { topic, partition, offset } = record;
      this.options.connection.logger.error({ topic, partition, offset, reason: error.message }, 'state.unreadable');
      this.options.onUnreadable(record, error).catch((failure: unknown) => {
        this.options.connection.logger.error(
          { topic, partition, offset, reason: String(failure) },
          'state.not-dead-lettered',
        );
      });
    }
  }
}
