import { UnreadableEvent } from '#libs/contracts';
import { within } from '#libs/deadline';
import type { KafkaConnection } from './connection.js';
import type { ConsumerHealth } from './group-member.js';
import { KafkaUnavailable, isOutage, keepTrying } from './outage.js';
import { partitionFor } from './partitioner.js';
import { ReadBarrier } from './read-barrier.js';
import type { InboundRecord } from './records.js';
import { TopicReader } from './topic-reader.js';
import { Wholeness } from './wholeness.js';

export interface StateReaderOptions {
  connection: KafkaConnection;
  /** A compacted topic. */
  topic: string;
  groupPrefix: string;
  /** Takes in one record; a value of null is a tombstone. May throw UnreadableEvent. */
  apply: (record: InboundRecord) => void;
  /** The topic was created again: what is known stays in use, and every state comes once more, perhaps an older one. */
  onRecreated?: () => void;
  /** The owner says that the topic holds all states, and they have been applied. */
  onWhole?: () => void;
  onUnreadable: (record: InboundRecord, error: UnreadableEvent) => Promise<void>;
  onFatal: (error: Error) => void;
  /**
   * The key of the record by which the topic's owner says that all states are on it. With it, nothing counts as read
   * before that record was; where it is left out, the topic's end is enough.
   */
  completeKey?: string;
  /** How long a topic that holds states waits for that record, which owners of an earlier version do not send; 60 s. */
  assumeWholeAfterMs?: number;
}

const CATCH_UP_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 5_000;

/** Keeps in memory what a compacted topic says, and can tell when it has seen all that was on it at a moment. */
export class StateReader {
  private readonly reader: TopicReader;
  private readonly barrier: ReadBarrier;
  private readonly wholeness: Wholeness;
  /** Keys that were read on the partition where they belong. */
  private readonly atHome = new Set<string>();
  private leaveTopic: (() => void) | undefined;
  private timer: NodeJS.Timeout | undefined;
  private behind = false;
  private stopped = false;

  constructor(private readonly options: StateReaderOptions) {
    const { connection, topic, groupPrefix, onFatal } = options;
    this.barrier = new ReadBarrier({
      ends: async () => (await connection.admin()).fetchTopicEnds(topic),
      onWentBack: () => void connection.topics.check(), // which tells whether it is another topic by now
    });
    this.wholeness = new Wholeness({
      ...options,
      logger: connection.logger,
      toEnd: () => keepTrying(() => this.barrier.toEnd(), { signal: () => !this.stopped }),
    });
    this.reader = new TopicReader({
      connection,
      topic,
      groupPrefix,
      fromBeginning: true,
      onRecord: (record) => this.take(record),
      onUndecodable: (record, error) => this.setAside(record, error),
      onRead: (partition, next) => this.barrier.advance(partition, next),
      onForget: (partitions, recreated) => this.forget(partitions, recreated),
      onFatal,
    });
  }

  /** `ready` while the topic has been read whole and each look finds it read to its end. */
  get health(): ConsumerHealth {
    if (!this.wholeness.whole) return 'starting';
    return this.behind ? 'down' : this.reader.health;
  }

  /** Resolves when everything that is on the topic has been applied; waits as long as that takes. */
  async start(): Promise<void> {
    const { connection, topic } = this.options;
    this.leaveTopic = connection.topics.watch(topic, ({ kind }) => {
      if (kind === 'resized') this.atHome.clear();
    });
    this.reader.start();
    await this.wholeness.begin();
    this.timer ??= setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
  }

  stop(): Promise<void> {
    this.stopped = true;
    this.leaveTopic?.();
    clearInterval(this.timer);
    this.wholeness.stop();
    return this.reader.stop();
  }

  /**
   * The read barrier: resolves when everything that is on the topic at the time of the call has been applied.
   * Calls of the same moment ask the brokers once.
   * @throws KafkaUnavailable where that takes longer than `timeoutMs`, or the topic does not yet hold all states
   */
  async catchUp(timeoutMs = CATCH_UP_WITHIN_MS): Promise<void> {
    const late = (): never => {
      throw new KafkaUnavailable(this.whyLate());
    };
    try {
      await within(
        timeoutMs,
        this.wholeness.done().then(() => this.barrier.toEnd()),
        late,
      );
      this.behind = false;
    } catch (error) {
      this.behind ||= timeoutMs >= CATCH_UP_WITHIN_MS;
      throw error instanceof KafkaUnavailable || !isOutage(error)
        ? error
        : new KafkaUnavailable(`${this.options.topic} cannot be read right now`, { cause: error });
    }
  }

  private whyLate(): string {
    const { topic } = this.options;
    return this.wholeness.whole
      ? `${topic} could not be read to its end in time`
      : `${topic} does not hold all states yet, as far as it was read`;
  }

  /** Also while nobody asks: a reader that cannot catch up says so before the first record has to wait for it. */
  private async look(): Promise<void> {
    try {
      await this.catchUp();
    } catch (error) {
      this.options.connection.logger.debug({ topic: this.options.topic, reason: String(error) }, 'state.behind');
    }
  }

  /** What is in memory stays: the owner publishes it again, and says when that is done. */
  private forget(partitions: ReadonlySet<number>, recreated: boolean): void {
    this.barrier.forget(partitions);
    if (!recreated) return;
    this.atHome.clear();
    this.options.onRecreated?.();
    this.wholeness.restart();
  }

  /** After a rejoin the topic is read from its beginning again: what was taken in before would undo what is newer. */
  private take(record: InboundRecord): void {
    if (Number(record.offset) < this.barrier.positionOf(record.partition)) return;
    const isMarker = this.options.completeKey !== undefined && record.key === this.options.completeKey;
    this.wholeness.saw(isMarker);
    if (isMarker || this.isOutdated(record)) return;
    try {
      this.options.apply(record);
    } catch (error) {
      if (!(error instanceof UnreadableEvent)) throw error;
      this.setAside(record, error);
    }
  }

  private setAside(record: InboundRecord, error: UnreadableEvent): void {
    const { topic, partition, offset } = record;
    const { logger } = this.options.connection;
    logger.error({ topic, partition, offset, reason: error.message }, 'state.unreadable');
    this.options.onUnreadable(record, error).catch((failure: unknown) => {
      logger.error({ topic, partition, offset, reason: String(failure) }, 'state.not-dead-lettered');
    });
  }

  /**
   * A topic that was given more partitions holds a key twice: as it was before where the key belonged then, as it is
   * where it belongs now. Partitions come in any order, so the place decides.
   */
  private isOutdated({ key, partition }: InboundRecord): boolean {
    const partitions = this.options.connection.topics.stateOf(this.options.topic)?.partitions ?? 0;
    if (key === null || partitions === 0) return false;
    const home = partitionFor(key, partitions) === partition;
    if (home) this.atHome.add(key);
    return !home && this.atHome.has(key);
  }
}
