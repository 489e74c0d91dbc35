import type { ResetEvent } from './patches/consumer-internals.js';
import type { Assignment } from './assignment.js';
import type { KafkaLogger } from './logger.js';
import type { TopicChange, TopicWatch } from './topic-watch.js';

export interface PositionLossOptions {
  topics: readonly string[];
  watch: Pick<TopicWatch, 'watch'>;
  logger: KafkaLogger;
  groupId: string;
  onForget: (topic: string, partitions: ReadonlySet<number>, recreated: boolean) => void;
  seekToBeginning: (topic: string, partitions: ReadonlySet<number>) => void;
}

/** A client's reset is often the first sign of a topic that was created again, which says more: it gets so long to show. */
const CAUSE_SHOWS_WITHIN_MS = 3_000;

/**
 * Notices that positions no longer hold: the topic was created again, or the brokers refused the position as out of
 * range. Everybody who remembers something beside the client's position forgets it, the topic is read from its
 * beginning, and one line says so. What comes twice by that is dropped further on.
 */
export class PositionLoss {
  private readonly ids = new Map<string, string | null>();
  private readonly resets = new Map<string, { partitions: Set<number>; timer: NodeJS.Timeout }>();
  private assignment: Assignment = new Map();
  private leave: (() => void)[] = [];

  constructor(private readonly options: PositionLossOptions) {}

  start(): void {
    this.leave = this.options.topics.map((topic) => this.options.watch.watch(topic, (change) => this.changed(change)));
  }

  stop(): void {
    for (const leave of this.leave) leave();
    for (const { timer } of this.resets.values()) clearTimeout(timer);
    this.resets.clear();
  }

  assign(assignment: Assignment): void {
    this.assignment = assignment;
  }

  /** Which topic of that name the remembered positions are of; undefined where that is not known. */
  topicId(topic: string): string | null | undefined {
    return this.ids.get(topic);
  }

  /** The client has gone back to the beginning of a partition by itself. */
  reset({ topic, partition }: ResetEvent): void {
    this.options.onForget(topic, new Set([partition]), false);
    const reset = this.resets.get(topic) ?? { partitions: new Set(), timer: this.reportLater(topic) };
    this.resets.set(topic, reset);
    reset.partitions.add(partition);
  }

  private reportLater(topic: string): NodeJS.Timeout {
    return setTimeout(() => {
      const { groupId, logger } = this.options;
      const partitions = [...this.resets.get(topic)!.partitions];
      this.resets.delete(topic);
      logger.warn({ groupId, topic, partitions }, 'kafka.positions-out-of-range');
    }, CAUSE_SHOWS_WITHIN_MS).unref();
  }

  private changed({ topic, kind, id, before }: TopicChange): void {
    const known = this.ids.get(topic);
    if (kind !== 'vanished') this.ids.set(topic, id);
    const another = kind === 'recreated' || (kind === 'seen' && known !== undefined && known !== id);
    if (!another) return;
    const { groupId, logger, onForget, seekToBeginning } = this.options;
    clearTimeout(this.resets.get(topic)?.timer);
    this.resets.delete(topic);
    const partitions = this.assignment.get(topic) ?? new Set<number>();
    logger.warn({ groupId, topic, topicId: id, before: before?.id ?? known }, 'kafka.topic-recreated');
    onForget(topic, partitions, true);
    seekToBeginning(topic, partitions);
  }
}
